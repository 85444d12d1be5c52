"""How long answers took: percentiles and a distribution, from values that are read once and not kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, inf

EDGES_MS = (0.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, inf)
"""Where the bins of the distribution begin and end, in milliseconds: each holds its lower edge, not its upper."""
PERCENTILES = (50, 90, 99)


@dataclass(frozen=True, slots=True)
class Latency:
    """How long the answers of a period took, in milliseconds."""

    count: int
    p50: float | None
    """The least time within which at least this many of a hundred were answered; None where nothing was asked."""
    p90: float | None
    p99: float | None
    bins: tuple[int, ...]
    """How many fall between one of ``EDGES_MS`` and the next."""


def latency_of(counted: Iterable[tuple[float, int]], total: int) -> Latency:
    """Return how long answers took.

    Args:
        counted: times in milliseconds with how many answers took so long, in ascending order; each is looked at once.
        total: how many answers those are together.
    """
    ranks = [ceil(total * percentile / 100) for percentile in PERCENTILES]
    found: list[float | None] = [None] * len(ranks)
    bins, at, seen = [0] * (len(EDGES_MS) - 1), 0, 0
    for value, count in counted:
        while value >= EDGES_MS[at + 1]:
            at += 1
        bins[at] += count
        seen += count
        for place, rank in enumerate(ranks):
            if found[place] is None and seen >= rank > 0:
                found[place] = value
    return Latency(seen, found[0], found[1], found[2], tuple(bins))
