"""How sure we are, from raw signals and never from a rank.

A calibrated probability that the corpus speaks of what is asked: a logistic model fitted by ``scripts/calibrate`` on
held-out everyday questions against questions that the corpus does not answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa_service.answer.extract import Sentence, probabilities
from qa_service.corpus.unanswered import NEAR_MISSES, OFF_TOPIC
from qa_service.index.engine import Engine
from qa_service.search.question import Question
from qa_service.search.ranking import best_of
from qa_service.search.searcher import Hit

_LESS = 0.4
"""Who names a document of the corpus hardly asks of another field."""


class Evidence(NamedTuple):
    """What speaks for an answer: the best of each signal over the passages and sentences found."""

    words: float
    expanded: float
    vector: float
    question_vector: float
    sentence: float
    overlap: float
    """Share of what the question tells that the best sentence has, in [0, 1]."""
    certainty: float
    """Probability of the best sentence among those found."""
    familiarity: float
    """Share of what the question tells that stands anywhere in the corpus, in [0, 1]."""
    astray: float
    """Cosine of the nearest question that is known to be about something else, 0 where none is known."""


def evidence_of(
    question: Question,
    hits: Sequence[Hit],
    sentences: Sequence[Sentence],
    unanswered: Mapping[str, float],
    engine: Engine,
) -> Evidence:
    """Gather the evidence; all 0 where nothing was found.

    Args:
        question: what is asked.
        hits: the passages found.
        sentences: theirs, the likeliest to answer first.
        unanswered: for each reason the cosine of the nearest question that is known not to be answered for it.
        engine: what found them.
    """
    if not hits or not sentences:
        return Evidence(*[0.0] * len(Evidence._fields))
    return Evidence(
        **best_of(hit.signals for hit in hits)._asdict(),
        overlap=max(s.signals.overlap for s in sentences),
        certainty=probabilities([s.score for s in sentences])[0],
        familiarity=engine.familiarity(frozenset(question.words)),
        astray=max((unanswered[reason] for reason in OFF_TOPIC & unanswered.keys()), default=0.0),
    )


def nearest_miss(unanswered: Mapping[str, float]) -> str | None:
    """Return the reason of the near miss that is nearest, None where none is known."""
    return max(NEAR_MISSES & unanswered.keys(), key=lambda reason: unanswered[reason], default=None)


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model over ``Evidence`` with its operating point."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float
    """Below this probability nothing is answered."""
    margin: float
    """By how much a near miss must be nearer than every question that is answered."""

    def probability(self, evidence: Evidence) -> float:
        """Return the probability that the corpus speaks of what is asked, in (0, 1)."""
        logit = self.intercept + sum(self.weights[name] * value for name, value in evidence._asdict().items())
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))

    def on_topic(self, evidence: Evidence, *, named: bool) -> bool:
        """Whether the corpus speaks of what is asked; of a document that is named, less evidence will do."""
        return self.probability(evidence) >= self.threshold * (_LESS if named else 1.0)

    def missed(self, evidence: Evidence, unanswered: Mapping[str, float]) -> str | None:
        """Return why the corpus speaks of the matter and yet does not say what is asked, if that is known.

        It is where the question is nearer to one that is known to be a near miss than to any that is answered.
        """
        reason = nearest_miss(unanswered)
        return reason if reason and unanswered[reason] - evidence.question_vector > self.margin else None
