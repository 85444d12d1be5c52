"""Figures in words: how a number is said honestly."""

from datetime import date

from qa_service.journal.proportion import Share

FEW = 20
"""Below so many a percentage says more than was counted."""
_MANY_TIMES = 5
"""From so many times on, a percentage is harder to read than how many times."""


def counted(number: int) -> str:
    """Return a count with its thousands apart: 12,345."""
    return f"{number:,}"


def percent(part: int, whole: int) -> str:
    """Return a share in whole per cent; what is little is not called none, nor what is nearly all called all."""
    if not whole:
        return "—"
    if 0 < part / whole < 0.005:
        return "不到1%"
    if part < whole and part / whole >= 0.995:
        return "99%以上"
    return f"{100 * part / whole:.0f}%"


def exact_percent(part: int, whole: int) -> str:
    """Return a share with one decimal, for a table that is calculated with."""
    return f"{100 * part / whole:.1f}%" if whole else ""


def milliseconds(value: float | None) -> str:
    """Return how long something took, in the unit that it is read in."""
    if value is None:
        return "—"
    if value < 1:
        return "不到1毫秒"
    return f"{value:.0f}毫秒" if value < 1000 else f"{value / 1000:.1f}秒"


def in_chinese(day: date) -> str:
    """Return a day as it is written: 2026年11月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def interval(share: Share) -> str:
    """Return between what a share lies, as surely as so many counted allow."""
    bounds = share.interval
    return f"{100 * bounds[0]:.0f}%至{100 * bounds[1]:.0f}%" if bounds else "—"


def change_of_count(now: int, before: int, name: str) -> str:
    """Say how a count changed against the period called ``name``; of few, only the counts are said."""
    if before == 0:
        return f"{name}没有提问" if now else f"与{name}一样没有提问"
    said = f"{name}{counted(before)}"
    if before < FEW:
        return f"{said}，数目小，不算百分比"
    if now >= _MANY_TIMES * before:
        return f"是{name}的{now / before:.0f}倍（{said}）"
    if now == before:
        return f"与{name}持平（{said}）"
    change = percent(abs(now - before), before)
    return f"比{name}{'多' if now > before else '少'}{change}（{counted(before)}）"


def change_of_share(now: Share, before: Share, name: str) -> str:
    """Say how a share changed against the period called ``name``: only what is more than chance is called a change."""
    if min(now.whole, before.whole) < FEW:
        return f"次数太少（{name}{counted(before.whole)}次），不作比较"
    said = f"{name}{percent(before.part, before.whole)}"
    points = round(100 * (now.part / now.whole)) - round(100 * (before.part / before.whole))
    if points == 0 or not now.differs_from(before):
        return f"与{name}相差不大（{percent(before.part, before.whole)}）"
    return f"比{name}{'高' if points > 0 else '低'}{abs(points)}个百分点（{said}）"
