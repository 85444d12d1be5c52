"""How requests went: how long they took, and how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.benchmark.timings import percentile


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one request went."""

    planned: float
    """When it was to be sent, in seconds since the start."""
    took: float
    """Seconds from then to the end of its response: waiting for a connection counts."""
    ended: str
    """The status, or what happened instead: ``timeout``, ``closed``, ``refused``."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """Many requests summed up; times in milliseconds, None where there are none."""

    count: int
    per_second: float
    """How many were answered with 200 in a second."""
    p50_ms: float | None
    p90_ms: float | None
    p99_ms: float | None
    max_ms: float | None
    statuses: dict[str, int]
    """How many ended in what way."""


def summary(outcomes: Sequence[Outcome], seconds: float) -> Latencies:
    """Sum up what was sent in so many seconds; the rate counts until the last was answered, if that took longer."""
    seconds = max(seconds, *(outcome.planned + outcome.took for outcome in outcomes if outcome.ended == "200"), 0.0)
    times = [outcome.took * 1000 for outcome in outcomes]
    at = {percent: percentile(times, percent) if times else None for percent in (50, 90, 99, 100)}
    statuses = dict(sorted(Counter(outcome.ended for outcome in outcomes).items()))
    return Latencies(len(times), statuses.get("200", 0) / seconds, at[50], at[90], at[99], at[100], statuses)
