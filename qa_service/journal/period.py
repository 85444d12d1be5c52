"""A run of days in China that figures are of, and the one it is held against."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qa_service.errors import PeriodError

LONGEST_DAYS = 400
_EARLIEST = date(2000, 1, 1)
_LATEST = date(2999, 12, 31)


class PeriodName(StrEnum):
    """A period that goes with the calendar."""

    TODAY = "today"
    WEEK = "7d"
    THIRTY = "30d"
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The period in Chinese."""
        return _LABELS[self][0]

    @property
    def before_label(self) -> str:
        """The period it is held against, in Chinese."""
        return _LABELS[self][1]


_LABELS = {
    PeriodName.TODAY: ("今天", "昨天全天"),
    PeriodName.WEEK: ("近7天", "此前7天"),
    PeriodName.THIRTY: ("近30天", "此前30天"),
    PeriodName.MONTH: ("本月", "上月同期"),
    PeriodName.LAST_MONTH: ("上月", "再上一个月"),
    PeriodName.YEAR: ("本年", "上年同期"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not _EARLIEST <= self.first <= self.last <= _LATEST:
            raise PeriodError(
                f"{self.first} 至 {self.last} 不可用：开始日期不能晚于结束日期，年份在 2000 至 2999 之间。"
            )
        if self.length > LONGEST_DAYS:
            raise PeriodError(
                f"{self.first} 至 {self.last} 有 {self.length} 天，一次最多统计 {LONGEST_DAYS} 天，请缩短。"
            )

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> Iterator[date]:
        """Its days, the earliest first."""
        return (self.first + timedelta(n) for n in range(self.length))

    @property
    def label(self) -> str:
        """The days as they are written in Chinese: 2026年11月1日至30日."""
        first, last = self.first, self.last
        begins = f"{first.year}年{first.month}月{first.day}日"
        if first == last:
            return begins
        if first.year != last.year:
            return f"{begins}至{last.year}年{last.month}月{last.day}日"
        return f"{begins}至{last.day}日" if first.month == last.month else f"{begins}至{last.month}月{last.day}日"


@dataclass(frozen=True, slots=True)
class Compared:
    """A period, what it is called, and the period it is held against."""

    name: str
    period: Period
    before_name: str
    before: Period


def named_period(name: PeriodName, today: date) -> Compared:
    """Return what a period's name means on a day.

    A month or a year that still goes on is held against as many days of the one before: what is half over is not less
    than what was whole.
    """
    month = today.replace(day=1)
    previous = _months_before(month, 1)
    periods = {
        PeriodName.TODAY: (Period(today, today), _just_before(today, 1)),
        PeriodName.WEEK: (_until(today, 7), _just_before(today - timedelta(6), 7)),
        PeriodName.THIRTY: (_until(today, 30), _just_before(today - timedelta(29), 30)),
        PeriodName.MONTH: (Period(month, today), Period(previous, _months_before(today, 1))),
        PeriodName.LAST_MONTH: (
            Period(previous, month - timedelta(1)),
            Period(_months_before(month, 2), previous - timedelta(1)),
        ),
        PeriodName.YEAR: (
            Period(date(today.year, 1, 1), today),
            Period(date(today.year - 1, 1, 1), _months_before(today, 12)),
        ),
    }
    period, before = periods[name]
    return Compared(name.label, period, name.before_label, before)


def own_period(first: date, last: date) -> Compared:
    """Return a period that somebody chose, held against as many days just before it.

    Raises:
        PeriodError: it ends before it begins, or is longer than ``LONGEST_DAYS``.
    """
    period = Period(first, last)
    return Compared(period.label, period, f"此前{period.length}天", _just_before(first, period.length))


def chosen_period(today: date, name: str | None, since: date | None, until: date | None) -> Compared:
    """Return the period that somebody asks for: by its name, or by its first and last day; 30 days where by neither.

    Raises:
        PeriodError: there is none of this name, one day alone is named, or a name and days, or too many days.
    """
    if since is None and until is None:
        try:
            return named_period(PeriodName(name or PeriodName.THIRTY), today)
        except ValueError as wrong:
            raise PeriodError(f"没有“{name}”这样一段日子。可以是 {'、'.join(PeriodName)}。") from wrong
    if name or since is None or until is None:
        raise PeriodError("请只写一段日子的名字，或同时写开始和结束日期。")
    return own_period(since, until)


def _until(last: date, days: int) -> Period:
    return Period(last - timedelta(days - 1), last)


def _just_before(day: date, days: int) -> Period:
    return _until(day - timedelta(1), days)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
