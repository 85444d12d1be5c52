"""From raw signals to one order, by weights a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa_service.index.engine import Signals


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """One weight a signal, learned by ``scripts/calibrate`` from held-out everyday questions.

    A conditional logit: the weights maximise the likelihood that the passage which answers comes first among the
    candidates. A signal counts by its share of the best candidate's, because how high a signal can reach depends on
    how a question is put: a long spoken one shares few words with any text. The score orders passages for one
    question; it is not comparable between questions.
    """

    words: float
    expanded: float
    vector: float
    question_vector: float

    def contributions(self, signals: Signals, best: Signals) -> Mapping[str, float]:
        """Return what each signal adds to the score, ``best`` being the highest of each among the candidates."""
        shares = relative(signals, best)
        return {name: getattr(self, name) * share for name, share in shares._asdict().items()}


def best_of(candidates: Iterable[Signals]) -> Signals:
    """Return the highest value of each signal; zeros where there are no candidates."""
    return Signals(*(max(values) for values in zip(_NONE, *candidates, strict=True)))


def relative(signals: Signals, best: Signals) -> Signals:
    """Return each signal as a share of the best, in [0, 1]; 0 where no candidate has any."""
    return Signals(*(max(s, 0.0) / b if b > 0 else 0.0 for s, b in zip(signals, best, strict=True)))


_NONE = Signals(0.0, 0.0, 0.0, 0.0)
