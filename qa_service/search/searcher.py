"""Ranked passages for a question: routes joined, weighed, and a named clause put first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qa_service.corpus.library import Library
from qa_service.corpus.models import EverydayQuestion, Passage, ValidityState
from qa_service.index.embedder import Embedder, Vectors
from qa_service.index.engine import Candidate, Engine, Signals
from qa_service.search.question import Question, understand
from qa_service.search.ranking import RankingWeights, best_of
from qa_service.text.segmenter import Segmenter

_CANDIDATES = 30
"""Passages a route contributes: the hundredth best of a route has never been the answer."""
_REMEMBERED_VECTORS = 256
_OTHER_VERSIONS = frozenset({ValidityState.NOT_YET, ValidityState.AMENDED, ValidityState.REPEALED})
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
    contributions: Mapping[str, float]
    """What each signal, and a named clause, adds to the score."""
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
        self._remembered_vector = lru_cache(_REMEMBERED_VECTORS)(lambda text: embedder.encode_queries([text])[0])

    def understand(self, text: str) -> Question:
        """Read a question."""
        documents = tuple(self.library.documents.values())
        return understand(text, self.segmenter, self.library.lexicon, documents, self.engine.passages)

    def vector_of(self, question: Question) -> Vectors:
        """Return the question's unit vector, float32 of shape (d,)."""
        vector: Vectors = self._remembered_vector(question.spoken_to_model)
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
        candidates = self.engine.candidates(
            question.search_terms, self.vector_of(question), max(_CANDIDATES, k), within
        )
        candidates += self._named(question, candidates, within)
        best = best_of(candidate.signals for candidate in candidates)
        hits = [self._hit(candidate, question, best) for candidate in candidates]
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
        state = self.library.validity(document_id, day).state
        if filters.in_force:
            return state is ValidityState.IN_FORCE
        named = document_id in question.documents or document_id in filters.document_ids
        return named or state not in _OTHER_VERSIONS

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

    def _hit(self, candidate: Candidate, question: Question, best: Signals) -> Hit:
        contributions = dict(self._weights.contributions(candidate.signals, best))
        if self.is_named(candidate.passage, question):
            contributions["clause"] = _CLAUSE_NAMED
        return Hit(candidate.passage, sum(contributions.values()), candidate.signals, contributions, candidate.asked)
