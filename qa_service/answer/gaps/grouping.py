"""Questions put together that ask the same, so that each is looked at, and answered, once.

What tells questions apart are the rules by which a curated answer is given or not: what stands in one group is what one
answer would be given to. Where no rule tells them apart, the cosine of their vectors must reach a threshold, which
``scripts/calibrate_gaps`` measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa_service.answer.curated.likeness import Reading
from qa_service.index.embedder import Vectors

_LOOKED_AT = 64
"""Leaders that one question is held against at most, the nearest first: a flood of likenesses costs no more than that."""
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is compared."""

    form: str
    """By :func:`~qa_service.answer.curated.likeness.asked_form`: questions of one form are one."""
    reading: Reading
    vector: Vectors
    """Of unit length, float32 of shape (d,)."""


def grouped(asked: Sequence[Asked], threshold: float | None, known: Sequence[Asked] = ()) -> list[int]:
    """Return, for each question, who leads its group.

    Each joins the nearest leader that asks the same, else it leads a group of its own, to which later ones may come. So
    each is in exactly one group, with its leader it has been compared itself (groups do not creep from one likeness to
    the next), and questions added at the end change nothing of those before them.

    Args:
        asked: the questions in the order in which they came, of different forms.
        threshold: the cosine from which two questions ask the same that no rule tells apart; None where that is not
            known of the embedding model: then only those of one form do.
        known: leaders that are there from the start.

    Returns:
        The place of each question's leader in ``[*known, *asked]``.
    """
    pool = [*known, *asked]
    forms = {question.form: place for place, question in reversed(list(enumerate(known)))}
    if threshold is None:
        return [forms.get(question.form, len(known) + n) for n, question in enumerate(asked)]
    if not pool:
        return []
    vectors = np.stack([question.vector for question in pool])
    leaders = list(range(len(known)))
    led: list[int] = []
    for start in range(len(known), len(pool), _AT_ONCE):
        block = vectors[start : start + _AT_ONCE]
        before = list(leaders)
        # One product of matrices costs a fraction of as many products with a vector.
        to_leaders, among_themselves = block @ vectors[before].T, block @ block.T
        for row, place in enumerate(range(start, start + len(block))):
            since = leaders[len(before) :]
            cosines = np.concatenate((to_leaders[row], among_themselves[row, [leader - start for leader in since]]))
            leader = forms.get(pool[place].form)
            if leader is None:
                leader = _nearest(pool, place, leaders, cosines, threshold)
            if leader == place:
                leaders.append(place)
            led.append(leader)
    return led


def _nearest(pool: Sequence[Asked], place: int, leaders: Sequence[int], cosines: Vectors, threshold: float) -> int:
    """Return the nearest leader that asks the same as the question at ``place``; that place itself where none does."""
    near = np.flatnonzero(cosines >= threshold)
    rows: list[int] = near[np.argsort(-cosines[near], kind="stable")][:_LOOKED_AT].tolist()
    for row in rows:
        if not pool[place].reading.is_apart_from(pool[leaders[row]].reading):
            return leaders[row]
    return place


def most_central(vectors: Sequence[Vectors], counts: Sequence[int]) -> int:
    """Return which question of a group is nearest to all of it, those counting more that were asked more often.

    Args:
        vectors: of unit length, at least one.
        counts: how often each was asked, of the same length.
    """
    stacked = np.stack(vectors)
    middle = np.asarray(counts, np.float32) @ stacked
    # What was asked equally often and stands equally near: the first.
    return int(np.argmax(np.round(stacked @ middle, 5)))
