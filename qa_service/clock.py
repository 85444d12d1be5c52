"""What day it is, as a value that is passed in: validity depends on it, and tests must be able to choose it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Returns the current moment, with its time zone."""

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Official texts take effect at midnight here, wherever the server stands. China keeps no summer time."""


def china_clock() -> datetime:
    """Return the current moment in China."""
    return datetime.now(CHINA)


def today(clock: Clock) -> date:
    """Return the calendar day in China at the clock's moment."""
    return clock().astimezone(CHINA).date()
