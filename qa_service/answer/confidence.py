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
from qa_service.index.engine import Engine
from qa_service.search.question import Question
from qa_service.search.ranking import best_of
from qa_service.search.searcher import Hit


class Evidence(NamedTuple):
    """What speaks for an answer: the best of each signal over the passages and sentences found."""

    words: float
    expanded: float
    vector: float
    question_vector: float
    overlap: float
    """Share of what the question tells that the best sentence has, in [0, 1]."""
    sentence_vector: float
    """Cosine of the nearest sentence, in [-1, 1]."""
    certainty: float
    """Probability of the best sentence among those found."""
    familiarity: float
    """Share of what the question tells that stands anywhere in the corpus, in [0, 1]."""


def evidence_of(question: Question, hits: Sequence[Hit], sentences: Sequence[Sentence], engine: Engine) -> Evidence:
    """Gather the evidence; all 0 where nothing was found."""
    if not hits or not sentences:
        return Evidence(*[0.0] * len(Evidence._fields))
    return Evidence(
        **best_of(hit.signals for hit in hits)._asdict(),
        overlap=max(s.signals.overlap for s in sentences),
        sentence_vector=max(s.signals.vector for s in sentences),
        certainty=probabilities([s.score for s in sentences])[0],
        familiarity=engine.familiarity(frozenset(question.words)),
    )


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model over ``Evidence`` with its operating point."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float
    """Below this probability nothing is answered."""

    def probability(self, evidence: Evidence) -> float:
        """Return the probability that the corpus speaks of what is asked, in (0, 1)."""
        logit = self.intercept + sum(self.weights[name] * value for name, value in evidence._asdict().items())
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))

    def on_topic(self, evidence: Evidence) -> bool:
        """Whether the corpus speaks of what is asked."""
        return self.probability(evidence) >= self.threshold
