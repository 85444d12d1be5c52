"""Many durations of one kind, summed up."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timings:
    """How long something took, time after time; all durations in milliseconds of wall time."""

    count: int
    p50_ms: float
    p90_ms: float
    p99_ms: float
    mean_ms: float
    per_second: float
    """How many one process does in a second, one after another."""

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Timings:
        """Sum up durations in seconds, at least one.

        Raises:
            ValueError: there is none.
        """
        total = sum(seconds)
        return cls(
            count=len(seconds),
            p50_ms=1000 * percentile(seconds, 50),
            p90_ms=1000 * percentile(seconds, 90),
            p99_ms=1000 * percentile(seconds, 99),
            mean_ms=1000 * total / len(seconds),
            per_second=len(seconds) / total,
        )


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of ``values`` that at least ``percent`` of 100 of them do not exceed (nearest rank).

    Raises:
        ValueError: there are no values, or ``percent`` does not lie in (0, 100].
    """
    if not values:
        raise ValueError("no values to take a percentile of")
    if not 0 < percent <= 100:
        raise ValueError(f"a percentile lies above 0 and not above 100, got {percent}")
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def time_each(do: Callable[[T], object], items: Iterable[T]) -> list[float]:
    """Do something with one item after another; return how many seconds of wall time each took."""
    seconds = []
    for item in items:
        start = perf_counter()
        do(item)
        seconds.append(perf_counter() - start)
    return seconds
