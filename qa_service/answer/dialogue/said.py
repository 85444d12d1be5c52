"""What was said, named so that a question finds it again: by its clause, or by its place among several points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa_service.answer.dialogue.conversation import Point, Turn
from qa_service.corpus.models import Passage
from qa_service.errors import NotFoundError
from qa_service.search.clause import read_clauses
from qa_service.search.searcher import Searcher


class Said:
    """Names what was said. Stateless between calls, and safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def first_passage(self, turn: Turn) -> Passage | None:
        """Return the passage that an answer said above all."""
        return self._passage(turn.said[0]) if turn.said else None

    def neighbour(self, turn: Turn, by: int) -> Passage | None:
        """Return the passage ``by`` clauses after the one that an answer said above all; None where none is there."""
        passage = self.first_passage(turn)
        if passage is None:
            return None
        around = self._searcher.engine.passages_of(passage.document_id)
        places = list(dict.fromkeys(p.location for p in around))
        at = places.index(passage.location) + by
        return next((p for p in around if p.location == places[at]), None) if 0 <= at < len(places) else None

    def document_of(self, turn: Turn) -> str | None:
        """Return the name of the document that an answer said above all."""
        passage = self.first_passage(turn)
        return self._searcher.library[passage.document_id].name if passage else None

    def documents_of(self, turn: Turn) -> tuple[str, ...]:
        """Return the ids of the documents that an answer said."""
        said = (passage.document_id for passage in map(self._passage, turn.said) if passage)
        return tuple(dict.fromkeys(said))

    def passage_on(self, turn: Turn, runs: Sequence[str]) -> Passage | None:
        """Return the passage of an answer that speaks of one of ``runs``, else the one that it said above all."""
        said = [passage for passage in map(self._passage, turn.said) if passage]
        return next((passage for passage in said if _speaks_of(passage, runs)), said[0] if said else None)

    def says_more_on(self, turn: Turn, runs: Sequence[str]) -> bool:
        """Return whether what was said above all has more on it: all of ``runs``, of which there is one."""
        passage = self.first_passage(turn)
        return bool(runs) and passage is not None and all(_speaks_of(passage, [run]) for run in runs)

    def speaks_of(self, turn: Turn, words: Sequence[str]) -> bool:
        """Return whether the passage that was said above all has one of ``words``."""
        passage = self.first_passage(turn)
        return passage is not None and any(word in passage.text for word in words)

    def clause_of(self, passage: Passage, day: date) -> str | None:
        """Return what a passage is called, so that a question that says it names it alone; None where nothing does."""
        name = self._searcher.library[passage.document_id].name
        place, bracket, title = passage.location.rpartition("）")
        numbered = f"{place}{bracket}第{self._ordinal(passage, place + bracket)}点" if bracket and title else ""
        called = (f"《{name}》{location}" for location in (passage.location, numbered) if read_clauses(location))
        return next((clause for clause in called if self._names_alone(clause, passage, day)), None)

    def ask_for_point(self, point: Point, points: Sequence[Point], rest: str, day: date) -> str:
        """Return a question for a point: for its clause, where it is the only one of it, else for what it says."""
        alone = sum(other.passage_id == point.passage_id for other in points) == 1
        passage = self._passage(point.passage_id) if point.passage_id else None
        clause = self.clause_of(passage, day) if passage and alone and not rest else None
        return clause or f"{point.text.rstrip('。；;')}{'，' if rest else ''}{rest}"

    def _passage(self, passage_id: str) -> Passage | None:
        try:
            return self._searcher.engine.passage(passage_id)
        except NotFoundError:
            return None  # a session may outlive the build that it was begun on

    def _ordinal(self, passage: Passage, section: str) -> int:
        """Which of the items of its section a passage stands in, from 1: titled ones are called by their number too."""
        below = (p for p in self._searcher.engine.passages if p.document_id == passage.document_id)
        items = list(dict.fromkeys(p.location for p in below if p.location.startswith(section)))
        return items.index(passage.location) + 1

    def _names_alone(self, clause: str, passage: Passage, day: date) -> bool:
        question = self._searcher.understand(clause, day)
        if passage.document_id not in question.documents:
            return False
        named = {p.location for p in self._searcher.engine.passages if self._searcher.is_named(p, question)}
        return named == {passage.location}


def _speaks_of(passage: Passage, runs: Sequence[str]) -> bool:
    """Whether a passage has any two characters of one of ``runs``."""
    return any(run[at : at + 2] in passage.text for run in runs for at in range(len(run) - 1))
