import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.numerals import format_numeral
from qa_service.text.quantities import quantities


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
    ],
)
def test_figures_are_read_as_values(text: str, found: set[str]) -> None:
    assert {str(q) for q in quantities(text)} == found


@given(st.integers(1, 9999))
def test_both_ways_of_writing_a_figure_are_one(value: int) -> None:
    assert quantities(f"{format_numeral(value)}元") == quantities(f"{value}元")
