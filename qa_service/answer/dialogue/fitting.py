"""How well a question fits the corpus, by which one reading of it is preferred to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from qa_service.answer.dialogue.follow_up import content_of
from qa_service.corpus.models import Passage
from qa_service.corpus.unanswered import OFF_TOPIC
from qa_service.search.searcher import Hit, Searcher
from qa_service.text.normal import normalise

_BEST = 8
"""Passages that are looked at."""
_FAMILIAR = 0.6
"""Share of what a follow-up tells that must stand in the corpus; else it is about something else."""
_ASTRAY = 0.05
"""By how much a question that is known to be off the field must be nearer than one that is answered."""
_FAVOUR = 0.14
"""By how much worse a question that names nothing of the field may fit in its context than alone."""
_FAVOUR_IN_FIELD = 0.02
"""The same of one that does."""
CLEARLY = 0.1
"""By how much another reading must fit better than the likeliest by its words."""
_REMEMBERED = 64


class Fit(NamedTuple):
    """How well a question fits the corpus."""

    nearness: float
    """Cosine of the nearest question that the corpus answers."""
    hits: Sequence[Hit]


class Fitting:
    """Holds readings against the corpus. Stateless between calls, and safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._lexicon = searcher.library.lexicon
        self._of = lru_cache(_REMEMBERED)(self._fit)

    def likeliest(self, readings: Sequence[str], day: date, *, by: float = CLEARLY) -> str:
        """Return the first reading, unless another fits better ``by`` so much."""
        if len(set(readings)) == 1:
            return readings[0]
        fits = [self._of(text, day).nearness - (by if number else 0) for number, text in enumerate(readings)]
        return readings[fits.index(max(fits))]

    def best(self, text: str, day: date, of: int = 1) -> Sequence[Passage]:
        """Return the ``of`` passages that answer a question best, best first; fewer where fewer are found."""
        return [hit.passage for hit in self._of(text, day).hits[:of]]

    def fits_in(self, context: str, alone: str, day: date) -> bool:
        """Whether a question fits in its context about as well as alone."""
        in_field = self._lexicon.speaks_of_the_field(normalise(alone))
        favour = _FAVOUR_IN_FIELD if in_field else _FAVOUR
        return self._of(context, day).nearness + favour >= self._of(alone, day).nearness

    def is_foreign(self, text: str, context: str, day: date, *, asks: bool = False) -> bool:
        """Whether a text speaks of what the corpus knows nothing of, so that it cannot be asked of its matters.

        Its words are not there, or not where its context leads; or it is nearer to a question that is known to be off
        the field than to any that is answered, alone and even in its context.

        Args:
            text: what is said.
            context: the same, asked of the matter that was spoken of.
            day: the day on which it is asked.
            asks: whether the text is a question, and no mere thing or case.
        """
        question = self._searcher.understand(text, day)
        engine = self._searcher.engine
        pairs = {run[at : at + 2] for run in content_of(question.normal) for at in range(len(run) - 1)}
        # The pairs of a case that is put (合作开发的) run over words; those of a question hardly do.
        told = (frozenset(question.words), frozenset(pairs if asks or not question.words else ()))
        if any(terms and engine.familiarity(terms) < _FAMILIAR for terms in told):
            return True
        own, within = self._of(text, day), self._of(context, day)
        words = (*(word for word in question.words if content_of(word)), *question.official)
        if asks and words and not any(word in said for said in map(_told_by, within.hits) for word in words):
            return not self._lexicon.speaks_of_the_field(question.normal)
        near = engine.unanswered(self._searcher.vector_of(question))
        astray = max((near[reason] for reason in OFF_TOPIC & near.keys()), default=0.0)
        return astray > own.nearness + _ASTRAY and astray > within.nearness - _ASTRAY

    def _fit(self, text: str, day: date) -> Fit:
        hits = self._searcher.search(self._searcher.understand(text, day), day, _BEST)
        return Fit(max((hit.signals.question_vector for hit in hits), default=0.0), hits)


def _told_by(hit: Hit) -> str:
    """What a passage says, and what is asked of it."""
    passage = hit.passage
    # Official texts and the questions on them are in simplified characters: the normal form would cost more than tells.
    return " ".join((*passage.heading_path, passage.text, *(question.text for question, _ in hit.asked))).lower()
