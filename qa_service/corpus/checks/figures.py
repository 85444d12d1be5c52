"""Which figures a text may hold that its source does not."""

from collections.abc import Collection
from datetime import timedelta

from qa_service.text.dates import dates_in
from qa_service.text.quantities import Quantity, quantities

_UNIT_FREE = {"条", "项", "类", "种", "款", "份", "名", "期", "个"}
"""Units that notes count by themselves: 两类, 三种."""
_MEASURED = {"年", "月", "日", "周", "工作日", "小时", "元", "%", "倍", "岁", "人", "件"}
"""Units that are never a note's own counting: 一家, 两次 may be, 两年 may not."""


def figures_of(source: str) -> frozenset[Quantity]:
    """Return the figures that ``source`` gives.

    A date counts in every spelling, and so does the last day before it: 2026年12月31日前 where a text begins to apply on
    2027-01-01.
    """
    days = {near for day in dates_in(source) for near in (day, day - timedelta(days=1))}
    spelled = "，".join(f"{day.year}年{day.month}月{day.day}日" for day in sorted(days))
    return frozenset(quantities(f"{source}\n{spelled}"))


def unfounded(text: str, known: Collection[Quantity]) -> tuple[str, ...]:
    """Return the figures of ``text`` that are not among ``known`` and are no counting of its own."""
    return tuple(sorted(str(q) for q in quantities(text) if q not in known and not _is_own_count(q)))


def _is_own_count(quantity: Quantity) -> bool:
    return quantity.unit in _UNIT_FREE or (quantity.value <= 2 and quantity.unit not in _MEASURED)
