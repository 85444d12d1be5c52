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
    leaders = list(range(len(known)))
    matrix = np.empty((len(pool), pool[0].vector.shape[0]), np.float32) if pool else np.empty((0, 0), np.float32)
    for place in leaders:
        matrix[place] = pool[place].vector
    led = []
    for place, question in enumerate(asked, len(known)):
        leader = forms.get(question.form)
        if leader is None:
            leader = _nearest(question, pool, leaders, matrix[: len(leaders)], threshold)
        if leader is None:
            leader = place
            matrix[len(leaders)] = question.vector
            leaders.append(place)
        led.append(leader)
    return led


def _nearest(
    question: Asked, pool: Sequence[Asked], leaders: Sequence[int], vectors: Vectors, threshold: float
) -> int | None:
    cosines = vectors @ question.vector
    near = np.flatnonzero(cosines >= threshold)
    rows: list[int] = near[np.argsort(-cosines[near], kind="stable")][:_LOOKED_AT].tolist()
    for row in rows:
        if not question.reading.is_apart_from(pool[leaders[row]].reading):
            return leaders[row]
    return None


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
