from datetime import date

import pytest

from qa_service.text.dates import dates_in, parse_date

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026年9月1日",
        "2026 年 9 月 1 日",
        "２０２６年９月１日",
        "二〇二六年九月一日",
        "二○二六年九月一日",
        "2026-09-01",
        "2026.9.1",
        "（2026/9/1）",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["2026年9月", "2026年13月1日", "2026年2月30日", "年　月　日", "9月1日", "2026年9月1日起"]
)
def test_what_is_no_whole_day_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_the_days_of_a_text_come_in_its_order() -> None:
    assert list(dates_in("2026-10-01公布，自2026年9月1日起，2026年2月30日不算")) == [date(2026, 10, 1), DAY]
