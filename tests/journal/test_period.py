from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import PeriodError
from qa_service.journal.period import LONGEST_DAYS, Period, PeriodName, chosen_period, named_period, own_period

DAYS = st.dates(date(2002, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("name", "first", "last", "before_first", "before_last"),
    [
        ("today", "2026-07-01", "2026-07-01", "2026-06-30", "2026-06-30"),
        ("7d", "2026-06-25", "2026-07-01", "2026-06-18", "2026-06-24"),
        ("30d", "2026-06-02", "2026-07-01", "2026-05-03", "2026-06-01"),
        ("month", "2026-07-01", "2026-07-01", "2026-06-01", "2026-06-01"),
        ("last_month", "2026-06-01", "2026-06-30", "2026-05-01", "2026-05-31"),
        ("year", "2026-01-01", "2026-07-01", "2025-01-01", "2025-07-01"),
    ],
)
def test_a_name_means_days_and_the_days_before(
    name: str, first: str, last: str, before_first: str, before_last: str
) -> None:
    compared = named_period(PeriodName(name), date(2026, 7, 1))
    assert (compared.period.first.isoformat(), compared.period.last.isoformat()) == (first, last)
    assert (compared.before.first.isoformat(), compared.before.last.isoformat()) == (before_first, before_last)


def test_a_month_is_held_against_as_much_of_a_shorter_one_as_there_is() -> None:
    assert named_period(PeriodName.MONTH, date(2026, 3, 31)).before == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert named_period(PeriodName.YEAR, date(2024, 2, 29)).before == Period(date(2023, 1, 1), date(2023, 2, 28))


@given(DAYS, st.sampled_from(PeriodName))
def test_every_name_is_of_days_up_to_today_that_do_not_meet_those_before(today: date, name: PeriodName) -> None:
    compared = named_period(name, today)
    assert compared.before.last < compared.period.first <= compared.period.last <= today
    assert compared.period.length <= LONGEST_DAYS
    assert len(list(compared.period.days)) == compared.period.length


@given(DAYS, st.integers(0, LONGEST_DAYS - 1))
def test_days_that_are_chosen_are_held_against_as_many_just_before(first: date, more: int) -> None:
    compared = own_period(first, first + timedelta(more))
    assert compared.before.length == compared.period.length
    assert compared.before.last + timedelta(1) == first


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (date(2026, 7, 2), date(2026, 7, 1), "不能晚于"),
        (date(2025, 1, 1), date(2026, 7, 1), "最多统计 400 天"),
        (date(1, 1, 1), date(1, 1, 2), "2000"),
        (date(2000, 1, 1), date(2000, 1, 2), "2000"),  # the days before it would not do
        (date(9999, 12, 1), date(9999, 12, 31), "2999"),
    ],
)
def test_days_that_cannot_be_are_refused(first: date, last: date, fault: str) -> None:
    with pytest.raises(PeriodError, match=fault):
        own_period(first, last)


def test_either_a_name_or_both_days_are_asked_for() -> None:
    day = date(2026, 7, 1)
    assert chosen_period(day, None, None, None).name == "近30天"
    with pytest.raises(PeriodError, match="没有“week”"):
        chosen_period(day, "week", None, None)
    for name, since, until in ((None, day, None), (None, None, day), ("7d", day, day)):
        with pytest.raises(PeriodError, match="同时写"):
            chosen_period(day, name, since, until)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2026, 7, 1), date(2026, 7, 1), "2026年7月1日"),
        (date(2026, 7, 1), date(2026, 7, 9), "2026年7月1日至9日"),
        (date(2026, 6, 2), date(2026, 7, 1), "2026年6月2日至7月1日"),
        (date(2025, 12, 2), date(2026, 1, 1), "2025年12月2日至2026年1月1日"),
    ],
)
def test_days_are_written_as_in_chinese(first: date, last: date, label: str) -> None:
    assert Period(first, last).label == label
