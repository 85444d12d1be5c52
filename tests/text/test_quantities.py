import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.normal import normalise
from qa_service.text.numerals import format_numeral
from qa_service.text.quantities import figure_terms, quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("五百万元以下", {"5000000元"}),
        ("500万元", {"5000000元"}),
        ("15亿元", {"1500000000元"}),
        ("三个月内", {"3月"}),
        ("3个月", {"3月"}),
        ("十五日", {"15日"}),
        ("15天", {"15日"}),
        ("百分之二十", {"20%"}),
        ("20%", {"20%"}),
        ("三分之一", {"1/3"}),
        ("一倍以上五倍以下", {"1倍", "5倍"}),
        ("20.33件", {"20.33件"}),
        ("1,000元", {"1000元"}),
        ("第三条和第二十件", set()),
        ("一致同意，进一步", set()),
        ("同一天提交", set()),
        ("上万元", set()),
        ("三个小时", {"3小时"}),
        ("形成一批成果", {"1批"}),
        ("百分之三十五点五", {"35.5%"}),
        ("两成", {"20%"}),
        ("三成五的利润", {"35%"}),
        ("分一半给他", {"50%"}),
        ("半年之内", {"6月"}),
        ("上半年", set()),
        ("三成套设备和十成交易", set()),
        ("一成不变", set()),
        ("达成一致、完成两项", {"2项"}),
        ("两年", {"2年"}),
        ("三万元", {"30000元"}),
        ("百分之点五", set()),
    ],
)
def test_figures_are_read_as_values(text: str, found: set[str]) -> None:
    assert {str(q) for q in quantities(text)} == found


@given(st.integers(1, 9999))
def test_both_ways_of_writing_a_figure_are_one(value: int) -> None:
    assert quantities(f"{format_numeral(value)}元") == quantities(f"{value}元")


@given(st.integers(1, 9999), st.sampled_from(["元", "年", "件", "个月", "个工作日"]))
def test_a_figure_is_one_term_however_it_is_written(value: int, unit: str) -> None:
    assert figure_terms(f"共{format_numeral(value)}{unit}") == figure_terms(f"共{value}{unit}")


@given(st.integers(1, 99), st.integers(0, 9))
def test_a_percentage_is_one_term_however_it_is_written(whole: int, tenth: int) -> None:
    spelled = f"百分之{format_numeral(whole)}" + (f"点{format_numeral(tenth)}" if tenth else "")
    assert figure_terms(spelled) == figure_terms(f"{whole}.{tenth}%") != ()


@given(st.integers(1, 1500))
def test_an_article_is_one_term_however_it_is_written(number: int) -> None:
    assert figure_terms(f"第{format_numeral(number)}条") == figure_terms(f"第{number}条") == (f"第{number}条",)


@given(st.text())
def test_any_text_has_figures_or_none(text: str) -> None:
    assert all(figure_terms(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三万元", "3万元"),
        ("三万元", "30000元"),
        ("30,000元", "3万元"),
        ("十五亿", "15亿"),
        ("15亿元", "十五亿"),
        ("两成", "20%"),
        ("百分之二十", "20%"),
        ("一半", "百分之五十"),
        ("两年", "2年"),
        ("半年", "六个月"),
        ("三个月", "3个月"),
        ("第65条", "第六十五条"),
        ("第25类", "第二十五类"),
        ("１０天", "十日"),
    ],
)
def test_two_ways_of_saying_a_figure_share_a_term(one: str, other: str) -> None:
    assert set(figure_terms(normalise(one))) & set(figure_terms(normalise(other)))


@pytest.mark.parametrize("text", ["千万别签", "一致三方", "万一", "亿万富翁", "一种办法", "十四五规划"])
def test_what_is_no_figure_makes_no_term(text: str) -> None:
    assert figure_terms(text) == ()
