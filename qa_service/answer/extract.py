"""The sentences that answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import NamedTuple

from qa_service.answer.subject import Subject
from qa_service.search.question import Question
from qa_service.search.searcher import Hit, Searcher
from qa_service.text.sentences import Span

_DEEP = 5
"""Sentences are taken from this many of the best passages."""
_SAME_QUESTION = 0.7
"""Cosine from which an everyday question asks the same as the one at hand."""


class SentenceSignals(NamedTuple):
    """The raw evidence that a sentence answers a question."""

    passage: float
    """The ranking score of its passage."""
    overlap: float
    """The share of what the question's terms tell that the sentence has, in [0, 1]."""
    vector: float
    """Cosine of question and sentence, in [-1, 1]."""
    asked: float
    """Cosine of the nearest everyday question that this sentence answers, 0 where there is none."""
    kind: float
    """1 where the sentence gives the expected kind of answer, of what is asked about, less where it gives it by a
    detour, as a sum by its share of another; else 0."""


@dataclass(frozen=True)
class SentenceWeights:
    """One weight a signal: a conditional logit learned by ``scripts/calibrate`` over the sentences found.

    ``passage`` is chosen there by hand.
    """

    passage: float
    overlap: float
    vector: float
    asked: float
    kind: float

    def score(self, signals: SentenceSignals) -> float:
        """Return the weighted sum of the signals."""
        return float(sum(map(mul, self._in_order, signals)))

    @cached_property
    def _in_order(self) -> tuple[float, ...]:
        """The weights in the order of the signals."""
        return tuple(getattr(self, name) for name in SentenceSignals._fields)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that was found."""

    hit: Hit
    span: Span
    signals: SentenceSignals
    score: float
    tells: Mapping[str, float]
    """The question's terms that stand in it, each with how much it tells."""

    @property
    def text(self) -> str:
        """The sentence as it stands in its source."""
        return self.span.of(self.hit.passage.text)


def rank_sentences(
    question: Question, hits: Sequence[Hit], searcher: Searcher, weights: SentenceWeights
) -> list[Sentence]:
    """Return the sentences of the best passages, the likeliest to answer first; ties in reading order."""
    overlap, subject = _Overlap(question, searcher), Subject(question, searcher)
    vector = searcher.vector_of(question)
    sentences = []
    for hit in hits[:_DEEP]:
        for span, cosine, terms in searcher.engine.sentences(hit.passage.id, question.terms, vector):
            said = span.of(hit.passage.text)
            tells = overlap.of(terms)
            asked = _nearest_asked(hit, said)
            given = subject.is_given_in(said, hit.passage.title, " ".join(hit.passage.heading_path)) or (
                question.expected.is_figure and asked >= _SAME_QUESTION and subject.gives(said)
            )
            signals = SentenceSignals(
                passage=hit.score,
                overlap=sum(tells.values()) / overlap.total,
                vector=cosine,
                asked=asked,
                kind=subject.plainness(said) * given,
            )
            sentences.append(Sentence(hit, span, signals, weights.score(signals), tells))
    return sorted(sentences, key=lambda s: -s.score)


class _Overlap:
    """How much of what a question tells a text has: terms weighed by how rare they are in the corpus."""

    def __init__(self, question: Question, searcher: Searcher) -> None:
        self._weight = {term: searcher.engine.idf(term) for term in question.terms}
        self.total = sum(self._weight.values()) or 1.0

    def of(self, terms: Sequence[str]) -> Mapping[str, float]:
        return {term: self._weight[term] for term in terms}


def _nearest_asked(hit: Hit, said: str) -> float:
    return max((score for question, score in hit.asked if question.starts and question.starts in said), default=0.0)


def probabilities(scores: Sequence[float]) -> list[float]:
    """Turn conditional-logit scores into probabilities that sum to 1."""
    if not scores:
        return []
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]
