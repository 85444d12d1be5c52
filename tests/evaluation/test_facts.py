import re

import pytest

from qa_service.evaluation.facts import fact_pattern, states


@pytest.mark.parametrize(
    ("answer", "alternative"),
    [
        ("累计 1,500 万元", "1500万元"),
        ("拥有量４０件", "40件"),
        ("《专利法》“第十条”", "专利法第十条"),
        ("共计**20**件", "20"),
        ("達到四十件", "达到四十件"),
        ("應用大數據", "大數據"),
        ("IP pledge: 1.5 Billion", r"(?i)1\.5 billion"),
        ("建立企业知识产权联络员机制", "建立.{0,10}联络员"),
        ("按“一网通办”办理", "“一网通办”"),
    ],
)
def test_a_fact_is_found_however_it_is_set(answer: str, alternative: str) -> None:
    assert states(answer, [alternative])


@pytest.mark.parametrize(
    ("answer", "alternative"),
    [("140件", "40"), ("40.5件", "40"), ("3.40件", "40"), ("401件", "40"), ("pct途径", "PCT"), ("", "40")],
)
def test_a_figure_is_a_whole_number_and_case_counts(answer: str, alternative: str) -> None:
    assert not states(answer, [alternative])


def test_one_alternative_is_enough() -> None:
    assert states("十五日内", ["15日", "十五日"])
    assert not states("二十日内", ["15日", "十五日"])


def test_what_is_no_pattern_is_an_error() -> None:
    with pytest.raises(re.error):
        fact_pattern("（未完")
