import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.numerals import format_numeral, parse_numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("六十五", 65),
        ("十", 10),
        ("十五", 15),
        ("一百零三", 103),
        ("一千一百六十四", 1164),
        ("二〇二五", 2025),
        ("65", 65),
        ("６５", 65),
        ("两百", 200),
        ("一万二千", 12_000),
        ("三亿五千万", 350_000_000),
    ],
)
def test_a_numeral_is_read(text: str, value: int) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", "三方", "十三五规划", "1.5", "abc", "一二十"])
def test_what_is_not_a_numeral_is_not_read(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.integers(0, 9999))
def test_reading_undoes_writing(value: int) -> None:
    assert parse_numeral(format_numeral(value)) == value


def test_a_numeral_beyond_headings_is_refused_with_its_value() -> None:
    with pytest.raises(ValueError, match="10000"):
        format_numeral(10_000)
