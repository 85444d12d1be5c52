import pytest

from qa_service.text.width import aligned, display_width


@pytest.mark.parametrize(("text", "width"), [("办法", 4), ("ab1", 3), ("第3条。", 7), ("", 0)])
def test_a_chinese_character_takes_two_columns(text: str, width: int) -> None:
    assert display_width(text) == width


def test_columns_line_up_by_the_width_they_are_printed_in() -> None:
    assert aligned([("检索", "9"), ("a", "10.0")]) == ["检索     9", "a     10.0"]
