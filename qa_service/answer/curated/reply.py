"""The answer that staff approved, where a question has one."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from qa_service.answer.curated.answers import Condition, CuratedAnswer, CuratedAnswers, CuratedHit, Ground
from qa_service.answer.curated.likeness import Reading, asked_form, reading_of
from qa_service.answer.models import Answer, Citation, Origin, Reason, Status
from qa_service.answer.notices import notices_of
from qa_service.answer.suggestions import suggestions_from
from qa_service.corpus.models import Passage
from qa_service.errors import NotFoundError
from qa_service.index.embedder import Vectors
from qa_service.search.question import Question
from qa_service.search.searcher import Filters, Searcher

_REMEMBERED_DAYS = 8
_REMEMBERED_WORDINGS = 8192
_ENOUGH_FOR_SUGGESTIONS = 5

_Read = Callable[[str, date], Reading]


class CuratedReply:
    """Gives the curated answer of a question. Safe to share between threads."""

    def __init__(self, kept: CuratedAnswers, searcher: Searcher, threshold: float | None) -> None:
        """Answer from what is kept.

        Args:
            kept: the curated answers.
            searcher: what reads questions and finds the passages they cite.
            threshold: the cosine from which two questions ask the same that no rule tells apart; None where that was
                not measured for the embedding model, and only exact matches count.
        """
        self._kept = kept
        self._searcher = searcher
        self._threshold = threshold
        self.ground = Ground(searcher.library, self._passage)
        """The corpus that is answered from."""
        self._shelf: _Shelf | None = None
        self._read: _Read = lru_cache(_REMEMBERED_WORDINGS)(
            lambda wording, day: reading_of(searcher.understand(wording, day), searcher.library.lexicon)
        )

    def prepare(self, day: date) -> None:
        """Read the answers there are, so that no question has to wait for it."""
        if answers := self._kept.active():
            self._shelf_of(answers).prepare(day)

    def to(self, question: Question, day: date, filters: Filters | None, *, counted: bool = True) -> Answer | None:
        """Return the curated answer to a question; None where it has none that may be given.

        It may be given from the day it was approved to the day it expires, as long as what it cites reads and stands as
        it did then, and where all of that is among what is looked in.

        Args:
            question: what is asked.
            day: the day on which all this is judged.
            filters: where to look.
            counted: whether it counts as given.
        """
        answers = self._kept.active()
        if not answers:
            return None
        for answer, hit in self._matches(question, day, answers):
            if self._may_be_given(answer, day, filters):
                if counted:
                    self._kept.count(hit)
                return self._given(answer, question, day, filters)
        return None

    def _matches(
        self, question: Question, day: date, answers: Sequence[CuratedAnswer]
    ) -> list[tuple[CuratedAnswer, CuratedHit]]:
        """Return the answers to the same question, as it is typed or put right first, then the nearest in meaning."""
        shelf = self._shelf_of(answers)
        found = {
            answer.id: (answer, CuratedHit(answer.id, 1.0, exact=True))
            for text in (question.text, question.normal)
            for answer in shelf.asked_so(asked_form(text))
        }
        near = [] if self._threshold is None else shelf.asked_like(question, day, self._threshold)
        for answer, cosine in near:
            found.setdefault(answer.id, (answer, CuratedHit(answer.id, round(cosine, 4), exact=False)))
        return list(found.values())

    def _shelf_of(self, answers: Sequence[CuratedAnswer]) -> "_Shelf":
        shelf = self._shelf
        if shelf is None or shelf.answers is not answers:
            shelf = self._shelf = _Shelf(answers, self._searcher, self._read, shelf)
        return shelf

    def _may_be_given(self, answer: CuratedAnswer, day: date, filters: Filters | None) -> bool:
        if day < answer.approved_on or self.ground.condition(answer, day) is not Condition.IN_USE:
            return False
        documents = {self._searcher.engine.passage(clause.passage_id).document_id for clause in answer.clauses}
        return filters is None or all(self._searcher.admits(document, day, filters) for document in documents)

    def _given(self, answer: CuratedAnswer, question: Question, day: date, filters: Filters | None) -> Answer:
        library = self._searcher.library
        passages = [self._searcher.engine.passage(clause.passage_id) for clause in answer.clauses]
        citations = tuple(
            Citation(
                n=n,
                passage=passage,
                document=library[passage.document_id],
                validity=library.validity(passage.document_id, day),
                upcoming=library.upcoming(passage.document_id, day),
                highlights=(),
                score=1.0,
            )
            for n, passage in enumerate(passages, 1)
        )
        hits = self._searcher.search(question, day, _ENOUGH_FOR_SUGGESTIONS, filters)
        return Answer(
            question.text,
            Status.ANSWERED,
            Reason.COMPLETE,
            answer.text,
            citations,
            notices_of(citations),
            suggestions_from(hits, question.text),
            origin=Origin.CURATED,
        )

    def _passage(self, passage_id: str) -> Passage | None:
        try:
            return self._searcher.engine.passage(passage_id)
        except NotFoundError:
            return None


class _Shelf:
    """Curated answers by how they are asked for, made once for as long as none changes."""

    def __init__(
        self, answers: Sequence[CuratedAnswer], searcher: Searcher, read: _Read, before: "_Shelf | None" = None
    ) -> None:
        """Set answers up.

        Args:
            answers: the answers.
            searcher: what compares by meaning.
            read: reads a wording on a day.
            before: what was set up before: whatever has not changed is taken from there.
        """
        self.answers = answers
        self._searcher = searcher
        self._wordings = [(wording, answer) for answer in answers for wording in answer.questions]
        self._by_form: dict[str, list[CuratedAnswer]] = {}
        for wording, answer in self._wordings:
            if form := asked_form(wording):
                self._by_form.setdefault(form, []).append(answer)
        known = before.vectors if before else {}
        self.vectors: dict[str, Vectors] = {
            wording: known[wording] for wording, _ in self._wordings if wording in known
        }
        new = [wording for wording, _ in self._wordings if wording not in self.vectors]
        if new:
            self.vectors.update(zip(new, self._encode(new), strict=True))
        self._matrix = np.stack([self.vectors[wording] for wording, _ in self._wordings])
        # Which text of a law a wording means depends on the day.
        self._readings = lru_cache(_REMEMBERED_DAYS)(lambda day: [read(wording, day) for wording, _ in self._wordings])

    def prepare(self, day: date) -> None:
        """Read all wordings, so that no question has to wait for it."""
        self._readings(day)

    def asked_so(self, form: str) -> Sequence[CuratedAnswer]:
        """Return the answers to a question of this form."""
        return self._by_form.get(form, ())

    def asked_like(self, question: Question, day: date, threshold: float) -> list[tuple[CuratedAnswer, float]]:
        """Return the answers to questions that ask the same, the nearest first, each with its cosine."""
        cosines = self._matrix @ self._searcher.vector_of(question)
        near = np.flatnonzero(cosines >= threshold)
        if not near.size:
            return []
        readings = self._readings(day)
        asked = reading_of(question, self._searcher.library.lexicon)
        return [
            (self._wordings[row][1], float(cosines[row]))
            for row in near[np.argsort(-cosines[near], kind="stable")].tolist()
            if not asked.is_apart_from(readings[row])
        ]

    def _encode(self, wordings: Sequence[str]) -> Vectors:
        # What is looked for is the same on every day.
        spoken = [self._searcher.understand(wording, date.max).spoken for wording in wordings]
        return self._searcher.embedder.encode_queries(spoken)
