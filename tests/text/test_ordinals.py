import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.numerals import format_numeral
from qa_service.text.ordinals import Ordinals, ordinals_in

FOREVER = 10_000


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("外观设计年费第三年多少", [("年", 3, 3)]),
        ("第1–3年每年600元，第4-5年每年900元", [("年", 1, 3), ("年", 4, 5)]),
        ("第一年到第三年", [("年", 1, 3)]),
        ("第七年起", [("年", 7, FOREVER)]),
        ("第10年度", [("年", 10, 10)]),
        ("第35类和第9类", [("类", 35, 35), ("类", 9, 9)]),
        ("第二次审查意见", [("次", 2, 2)]),
        ("第１—３年", [("年", 1, 3)]),
        ("第三条", []),
        ("三年没用", []),
        ("第9到3年", []),
    ],
)
def test_numbered_years_times_and_classes_are_read(text: str, ranges: list[tuple[str, int, int]]) -> None:
    assert [tuple(o) for o in ordinals_in(text)] == ranges


def test_a_range_holds_what_lies_in_it_and_of_the_same_alone() -> None:
    years = Ordinals("年", 4, 6)
    assert years.holds(Ordinals("年", 5, 5))
    assert years.holds(years)
    assert not years.holds(Ordinals("年", 6, 7))
    assert not years.holds(Ordinals("类", 5, 5))


@given(st.integers(1, 49), st.integers(0, 50))
def test_figures_and_numerals_name_the_same_years(first: int, more: int) -> None:
    last = first + more
    written = ordinals_in(f"第{format_numeral(first)}年至第{format_numeral(last)}年")
    assert written == ordinals_in(f"第{first}—{last}年") == (Ordinals("年", first, last),)
