"""How good a ranking is, and one ranking made of several."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from math import log2
from typing import NamedTuple, TypeVar

RRF_K = 10
"""Small, so that the first places of a route count: a question has one or two right passages."""
Item = TypeVar("Item", bound=Hashable)


def fuse(rankings: Sequence[Sequence[Item]], k: int = RRF_K) -> list[Item]:
    """Join rankings, best first, by reciprocal rank fusion: an item scores 1 / (k + rank) in each, rank from 1.

    Of equal scores the item that was met first comes first.
    """
    scores: defaultdict[Item, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] += 1 / (k + rank)
    return sorted(scores, key=lambda item: -scores[item])


class Retrieved(NamedTuple):
    """How much of the gold a ranking has, each in [0, 1]."""

    ndcg10: float
    """Every gold item counts the same."""
    recall5: float
    recall10: float
    recall100: float
    mrr10: float


def retrieved(ranking: Sequence[Hashable], gold: Collection[Hashable]) -> Retrieved:
    """Judge a ranking, best first and without repeats, by its gold items, of which there is at least one."""
    ranks = [rank for rank, item in enumerate(ranking, 1) if item in gold]
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(gold), 10) + 1))

    def recall(k: int) -> float:
        return sum(rank <= k for rank in ranks) / len(gold)

    return Retrieved(
        ndcg10=sum(1 / log2(rank + 1) for rank in ranks if rank <= 10) / ideal,
        recall5=recall(5),
        recall10=recall(10),
        recall100=recall(100),
        mrr10=1 / ranks[0] if ranks and ranks[0] <= 10 else 0.0,
    )


def share_within(ranks: Sequence[int | None], k: int) -> float:
    """Return the share of ranks (from 1; None for not found) among the first ``k``."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def mean_reciprocal(ranks: Sequence[int | None]) -> float:
    """Return the mean of 1 / rank; 0 for not found."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks)
