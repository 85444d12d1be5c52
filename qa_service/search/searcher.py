"""Ranked passages for a question: routes joined, weighed, and a named clause put first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qa_service.corpus.library import Library
from qa_service.corpus.models import EverydayQuestion, Form, Passage, ValidityState
from qa_service.index.embedder import Embedder, Vectors
from qa_service.index.engine import Candidate, Engine, Signals
from qa_service.search.expected import Expected
from qa_service.search.giving import gives
from qa_service.search.question import Question, QuestionReader
from qa_service.search.ranking import Features, RankingWeights, best_of, relative
from qa_service.search.subject_matter import SubjectMatter
from qa_service.text.segmenter import Segmenter

_CANDIDATES = 30
"""Passages a route contributes: the hundredth best of a route has never been the answer."""
_TOLD_BY = 5
"""Passages that must hold a word before a slip is taken to mean it."""
_REMEMBERED_VECTORS = 256
_REMEMBERED_DAYS = 32
_REMEMBERED_KINDS = 16_384
_LOOKED_FOR = frozenset(k for k in Expected if not k.is_open) - {Expected.NAMES}
"""Kinds of answer that a text plainly holds or not."""
_OTHER_VERSIONS = frozenset({ValidityState.NOT_YET, ValidityState.AMENDED, ValidityState.REPEALED})
_DOCUMENT_NAMED = 3.0
"""About a third of what the signals can reach together: who names a document mostly means it."""
_NOTES_ON_A_CLAUSE = 0.7
_PERIOD_OVER = 0.5
_CLAUSE_NAMED = 100.0
"""More than all signals together: who names a clause wants that clause."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to look; an empty part does not restrict."""

    document_ids: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    in_force: bool = False


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
        self._gives = lru_cache(_REMEMBERED_KINDS)(lambda text, kind: gives(text, kind))
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
        within = self._documents(filters or Filters(), question, day)
        if not question.terms or not within:
            return []
        candidates = self.engine.candidates(question.terms, self.vector_of(question), max(_CANDIDATES, k), within)
        candidates += self._named(question, candidates, within)
        best = best_of(candidate.signals for candidate in candidates)
        subjects = self._subjects.of(question)
        hits = [self._hit(candidate, question, day, subjects, best) for candidate in candidates]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.document_id, hit.passage.start))[:k]

    def _documents(self, filters: Filters, question: Question, day: date) -> frozenset[str]:
        """Where to look: in what passes the filters and was not, on that day, another version than the one in force.

        Who names a version, in the question or the filters, gets that version.
        """
        return frozenset(
            d.id
            for d in self.library.documents.values()
            if (not filters.document_ids or d.id in filters.document_ids)
            and (not filters.levels or d.level in filters.levels)
            and (not filters.topics or set(filters.topics) & set(d.topics))
            and self._is_version_wanted(d.id, filters, question, day)
        )

    def _is_version_wanted(self, document_id: str, filters: Filters, question: Question, day: date) -> bool:
        state = self._states(day)[document_id]
        if filters.in_force:
            return state is ValidityState.IN_FORCE
        if document_id in question.documents or document_id in filters.document_ids:
            return True
        # What a notice amends is answered from the amended text, not from the notice's before and after.
        return state not in _OTHER_VERSIONS and document_id not in self.library.merged_notices

    def _named(self, question: Question, found: Sequence[Candidate], within: Collection[str]) -> list[Candidate]:
        """The passages the question names by their clause that no route has found."""
        known = {candidate.passage.id for candidate in found}
        silent = Signals(0.0, 0.0, 0.0, 0.0)
        return [
            Candidate(passage, silent)
            for passage in (self.engine.passages if question.clauses else ())
            if passage.id not in known and self.is_named(passage, question) and passage.document_id in within
        ]

    @staticmethod
    def is_named(passage: Passage, question: Question) -> bool:
        """Whether the question names this passage's clause, in this passage's document if it names one."""
        return (not question.documents or passage.document_id in question.documents) and any(
            clause.names(passage) for clause in question.clauses
        )

    def _standing(self, passage: Passage, question: Question, day: date) -> float:
        document = self.library[passage.document_id]
        if document.form is Form.GUIDE:
            return float(question.how)
        if document.form is Form.NOTES:
            return _NOTES_ON_A_CLAUSE if passage.location.startswith("第") else 0.0
        over = self._states(day)[document.id] is ValidityState.PERIOD_OVER
        return _PERIOD_OVER if over else 1.0

    def _hit(self, candidate: Candidate, question: Question, day: date, subjects: frozenset[str], best: Signals) -> Hit:
        passage = candidate.passage
        looked_for = question.expected in _LOOKED_FOR
        features = Features(
            *relative(candidate.signals, best),
            subject=self._subjects.fit(passage, subjects),
            gives=float(looked_for and self._gives(passage.text, question.expected)),
            standing=self._standing(passage, question, day),
        )
        contributions = dict(self._weights.contributions(features))
        if self.is_named(passage, question):
            contributions["clause"] = _CLAUSE_NAMED
        if passage.document_id in question.documents | question.family:
            contributions["document"] = _DOCUMENT_NAMED
        return Hit(passage, sum(contributions.values()), candidate.signals, features, contributions, candidate.asked)
