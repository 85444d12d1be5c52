"""From raw signals to one order, by weights a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import NamedTuple

import numpy as np

from qa_service.index.engine import Signals


class Features(NamedTuple):
    """What speaks for a passage, each in [0, 1] unless said otherwise."""

    words: float
    """The engine's signals, each as a share of the best candidate's: how high one can reach depends on how a question
    is put, a long spoken one shares few words with any text."""
    expanded: float
    vector: float
    question_vector: float
    sentence: float
    subject: float
    """The share of the kinds of right asked about that the passage speaks of; -1 in a document on other kinds."""
    topic: float
    """1 where the passage's document is on a topic of the question: 资助, 保护 …"""
    gives: float
    """1 where a figure, time or contact is asked for and the passage gives one of that kind."""
    standing: float
    """How near the passage is to official wording: a clause of a full text 1, notes on a clause less, what is put
    together from several sources 0. Asked how a thing is done, a guide stands as high as any."""


@dataclass(frozen=True)
class RankingWeights:
    """One weight a feature, learned by ``scripts/calibrate`` from held-out everyday questions.

    ``subject`` and ``standing`` are chosen there by hand: what those questions cannot tell.

    A conditional logit: the weights maximise the likelihood that the passage which answers comes first among the
    candidates. The score orders passages for one question; it is not comparable between questions.
    """

    words: float
    expanded: float
    vector: float
    question_vector: float
    sentence: float
    subject: float
    topic: float
    gives: float
    standing: float

    def score(self, features: Features) -> float:
        """Return what all features together add to the score."""
        return float(sum(map(mul, self._in_order, features)))

    def contributions(self, features: Features) -> Mapping[str, float]:
        """Return what each feature adds to the score."""
        return dict(zip(Features._fields, map(mul, self._in_order, features), strict=True))

    @cached_property
    def _in_order(self) -> tuple[float, ...]:
        """The weights in the order of the features."""
        return tuple(getattr(self, name) for name in Features._fields)


def best_of(candidates: Iterable[Signals]) -> Signals:
    """Return the highest value of each signal; zeros where there are no candidates."""
    return Signals(*(max(values) for values in zip(NOTHING, *candidates, strict=True)))


def relative(candidates: Sequence[Signals]) -> list[Signals]:
    """Return each signal of each candidate as a share of the best candidate's, in [0, 1]; 0 where none has any."""
    if not candidates:
        return []
    signals = np.maximum(np.array(candidates, np.float64), 0.0)
    best = signals.max(axis=0)
    return [Signals(*shares) for shares in (signals / np.where(best > 0, best, 1.0)).tolist()]


NOTHING = Signals(*[0.0] * len(Signals._fields))
