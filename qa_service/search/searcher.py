"""Ranked passages for a question: routes joined, weighed, and a named clause put first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from heapq import nsmallest
from operator import itemgetter
from types import MappingProxyType

from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, EverydayQuestion, Form, Passage, ValidityState
from qa_service.index.embedder import Embedder, Vectors
from qa_service.index.engine import Candidate, Engine, Signals
from qa_service.search.expected import Expected
from qa_service.search.giving import kinds_given
from qa_service.search.question import Question, QuestionReader
from qa_service.search.ranking import NOTHING, Features, RankingWeights, relative
from qa_service.search.subject_matter import SubjectMatter
from qa_service.text.segmenter import Segmenter

_CANDIDATES = 30
"""Passages a route contributes: the hundredth best of a route has never been the answer."""
_TOLD_BY = 5
"""Passages that must hold a word before a slip is taken to mean it."""
_REMEMBERED_VECTORS = 256
_REMEMBERED_DAYS = 32
_REMEMBERED_PASSAGES = 16_384
_LOOKED_FOR = frozenset(k for k in Expected if not k.is_open) - {Expected.NAMES}
"""Kinds of answer that a text plainly holds or not."""
_OTHER_VERSIONS = frozenset({ValidityState.NOT_YET, ValidityState.AMENDED, ValidityState.REPEALED})
_DOCUMENT_NAMED = 3.0
"""About a third of what the signals can reach together: who names a document mostly means it."""
_NOTES_ON_A_CLAUSE = 0.7
_PERIOD_OVER = 0.7
_CLAUSE_NAMED = 100.0
"""More than all signals together: who names a clause wants that clause."""
_SPOKEN_OF_THERE = 0.8
"""About a twentieth of a good score: of two passages that answer about as well, the one in the same document."""
_SPOKEN_OF = 2.0
"""Less than a document that is named: of what was just spoken of, a little less evidence will do."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to look; an empty part does not restrict."""

    document_ids: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    in_force: bool = False
    forms: tuple[Form, ...] = ()
    near: tuple[str, ...] = ()
    """Ids of the passages that the conversation is about: they are preferred, and nothing else is left out."""
    without: tuple[str, ...] = ()
    """Ids of passages that are not wanted, having been said before."""
    beside: tuple[str, ...] = ()
    """Ids of the documents that the conversation is about: their passages are preferred a little."""


_EVERYWHERE = Filters()
_NOT_NAMED: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, where it ranks, and why it is there."""

    passage: Passage
    score: float
    signals: Signals
    features: Features
    contributions: Mapping[str, float]
    """What each feature, and a named clause, adds to the score."""
    asked: tuple[tuple[EverydayQuestion, float], ...]
    """Its everyday questions near to what was asked, with their cosines, best first."""


class Searcher:
    """Searches one build. Stateless between calls, and safe to share between threads."""

    def __init__(
        self, library: Library, engine: Engine, embedder: Embedder, segmenter: Segmenter, weights: RankingWeights
    ) -> None:
        self.library = library
        self.engine = engine
        self.embedder = embedder
        self.segmenter = segmenter
        self._weights = weights
        self._subjects = SubjectMatter(library)
        self._reader = QuestionReader(library, segmenter, engine.passages, engine.shares(_TOLD_BY))
        self._states = lru_cache(_REMEMBERED_DAYS)(
            lambda day: {d: library.validity(d, day).state for d in library.documents}
        )
        # What a notice amends is answered from the amended text, not from the notice's before and after.
        self._answering = lru_cache(_REMEMBERED_DAYS)(
            lambda day: (
                frozenset(d for d, state in self._states(day).items() if state not in _OTHER_VERSIONS)
                - library.merged_notices
            )
        )
        self._kinds_given = lru_cache(_REMEMBERED_PASSAGES)(lambda text: kinds_given(text))
        self._remembered_vector = lru_cache(_REMEMBERED_VECTORS)(lambda text: embedder.encode_queries([text])[0])

    def understand(self, text: str, day: date) -> Question:
        """Read a question asked on ``day``."""
        return self._reader.read(text, day)

    def vector_of(self, question: Question) -> Vectors:
        """Return the question's unit vector, float32 of shape (d,)."""
        vector: Vectors = self._remembered_vector(question.spoken)
        return vector

    def search(self, question: Question, day: date, k: int, filters: Filters | None = None) -> list[Hit]:
        """Return the ``k`` best passages (fewer where fewer speak of it), best first; ties in reading order.

        Args:
            question: what is asked.
            day: the day on which ``filters.in_force`` is judged.
            k: how many, at least 1.
            filters: where to look.
        """
        where = filters or _EVERYWHERE
        within = self._documents(where, question, day)
        if not question.terms or not within:
            return []
        candidates = self.engine.candidates(question.terms, self.vector_of(question), max(_CANDIDATES, k), within)
        candidates += self._named(question, candidates, within)
        candidates = [candidate for candidate in candidates if candidate.passage.id not in where.without]
        scored = []
        for candidate, features in zip(candidates, self._features(candidates, question, day), strict=True):
            passage = candidate.passage
            naming = self._naming(passage, question, where)
            score = self._weights.score(features) + sum(naming.values())
            scored.append((-score, passage.document_id, passage.start, candidate, features, naming))
        return [
            self._hit(candidate, -score, features, naming)
            for score, _, _, candidate, features, naming in nsmallest(k, scored, key=itemgetter(0, 1, 2))
        ]

    def _documents(self, filters: Filters, question: Question, day: date) -> frozenset[str]:
        """Where to look: in what passes the filters and was not, on that day, another version than the one in force.

        Who names a version, in the question or the filters, gets that version.
        """
        if filters.in_force:
            states = self._states(day)
            wanted = frozenset(d for d, state in states.items() if state is ValidityState.IN_FORCE)
        else:
            wanted = self._answering(day) | question.documents | frozenset(filters.document_ids)
        return wanted if filters == _EVERYWHERE else frozenset(filter(partial(self._passes, filters), wanted))

    def admits(self, document_id: str, day: date, filters: Filters) -> bool:
        """Whether the filters let a document be looked in on ``day``."""
        in_force = not filters.in_force or self._states(day).get(document_id) is ValidityState.IN_FORCE
        return in_force and self._passes(filters, document_id)

    def _passes(self, filters: Filters, document_id: str) -> bool:
        document = self.library.documents.get(document_id)
        return (
            document is not None
            and (not filters.document_ids or document_id in filters.document_ids)
            and (not filters.levels or document.level in filters.levels)
            and (not filters.topics or not set(filters.topics).isdisjoint(document.topics))
            and (not filters.forms or document.form in filters.forms)
        )

    def _named(self, question: Question, found: Sequence[Candidate], within: Collection[str]) -> list[Candidate]:
        """The passages the question names by their clause that no route has found."""
        known = {candidate.passage.id for candidate in found}
        return [
            Candidate(passage, NOTHING)
            for passage in (self.engine.passages if question.clauses else ())
            if passage.id not in known and self.is_named(passage, question) and passage.document_id in within
        ]

    @staticmethod
    def is_named(passage: Passage, question: Question) -> bool:
        """Whether the question names this passage's clause, in this passage's document if it names one."""
        if not question.clauses or (question.documents and passage.document_id not in question.documents):
            return False
        return any(clause.names(passage) for clause in question.clauses)

    def _standing(self, passage: Passage, document: Document, question: Question, day: date) -> float:
        if document.form is Form.GUIDE:
            return float(question.how)
        if document.form is Form.NOTES:
            return _NOTES_ON_A_CLAUSE if passage.location.startswith("第") else 0.0
        over = self._states(day)[document.id] is ValidityState.PERIOD_OVER
        return _PERIOD_OVER if over else 1.0

    def _features(self, candidates: Sequence[Candidate], question: Question, day: date) -> Iterator[Features]:
        """Yield what speaks for each candidate, beside the others."""
        subjects = self._subjects.of(question)
        looked_for = question.expected in _LOOKED_FOR
        shares = relative([candidate.signals for candidate in candidates])
        for candidate, share in zip(candidates, shares, strict=True):
            passage = candidate.passage
            document = self.library[passage.document_id]
            yield Features(
                *share,
                subject=self._subjects.fit(passage, subjects),
                topic=float(not question.topics.isdisjoint(document.topics)),
                gives=float(looked_for and question.expected in self._kinds_given(passage.text)),
                standing=self._standing(passage, document, question, day),
            )

    def _naming(self, passage: Passage, question: Question, where: Filters) -> Mapping[str, float]:
        """What it adds to a passage's score that its clause or its document is named, or was just spoken of."""
        if not (question.clauses or question.documents or question.family or where.near or where.beside):
            return _NOT_NAMED
        naming = {}
        if self.is_named(passage, question):
            naming["clause"] = _CLAUSE_NAMED
        if passage.document_id in question.documents or passage.document_id in question.family:
            naming["document"] = _DOCUMENT_NAMED
        if passage.id in where.near:
            naming["conversation"] = _SPOKEN_OF
        elif passage.document_id in where.beside:
            naming["conversation"] = _SPOKEN_OF_THERE
        return naming

    def _hit(self, candidate: Candidate, score: float, features: Features, naming: Mapping[str, float]) -> Hit:
        contributions = {**self._weights.contributions(features), **naming}
        return Hit(candidate.passage, score, candidate.signals, features, contributions, candidate.asked)
