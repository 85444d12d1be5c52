"""How well questions that were not answered are put together: held against everyday questions, whose place is known."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from measures.same_question import Asked as Read
from measures.same_question import Place
from qa_service.answer.curated.likeness import asked_form
from qa_service.answer.gaps.grouping import Asked, grouped

_FEWEST = 3
"""Questions that a place must have to be one of those that are asked of."""


class Together(NamedTuple):
    """What became of the questions of one period, counted in pairs."""

    precision: float
    """Of the pairs put together, the share of one place. Pairs of two questions that the corpus does not answer are left
    out: nobody knows whether they ask the same."""
    recall: float
    """Of the pairs of one place, the share put together."""
    groups: int
    largest: int


def period(read: Sequence[Read], places: int, strangers: int, seed: int) -> list[Read]:
    """Return all questions of so many places, and so many that the corpus does not answer, in no order."""
    chance = random.Random(seed)
    of_place: defaultdict[Place, list[Read]] = defaultdict(list)
    for question in read:
        if question.place:
            of_place[question.place].append(question)
    chosen = chance.sample(sorted(p for p, group in of_place.items() if len(group) >= _FEWEST), places)
    others = chance.sample([question for question in read if question.place is None], strangers)
    asked = [*(question for place in chosen for question in of_place[place]), *others]
    chance.shuffle(asked)
    return list({asked_form(question.text): question for question in asked}.values())


def put_together(questions: Sequence[Read], threshold: float) -> Together:
    """Put questions together and count how many pairs stand where they should."""
    led = grouped([Asked(asked_form(q.text), q.reading, q.vector) for q in questions], threshold)
    groups: defaultdict[int, list[Place | None]] = defaultdict(list)
    for question, leader in zip(questions, led, strict=True):
        groups[leader].append(question.place)
    together = right = 0
    for places in groups.values():
        together += _pairs(len(places))
        for place, count in Counter(places).items():
            if place is None:
                together -= _pairs(count)
            else:
                right += _pairs(count)
    all_pairs = sum(_pairs(n) for place, n in Counter(q.place for q in questions).items() if place is not None)
    return Together(right / max(1, together), right / all_pairs, len(groups), max(map(len, groups.values())))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
