"""Curated answers: what staff have approved as the answer to a question, word for word, until a day.

A curated answer rests on the clauses it cites as they read when it was approved. Once one of them reads otherwise, is
gone, or no longer stands as it stood then, nobody has approved the answer on that ground: it is not given any more until
staff approve it anew. To extract an answer from the changed text is safer than to repeat what was said of the old one.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage, ValidityState
from qa_service.text.book_marks import in_book_marks

CITABLE_STATES = frozenset({ValidityState.IN_FORCE, ValidityState.PERIOD_OVER, ValidityState.UNKNOWN})
"""Of a document that an answer may rest on; a plan whose period is over is still the plan there was."""


class Condition(StrEnum):
    """Whether a curated answer is given, and if not, why."""

    IN_USE = "in_use"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    """A clause it cites has changed: it waits for staff."""

    @property
    def label(self) -> str:
        """The condition in Chinese."""
        return _LABELS[self]


_LABELS = {
    Condition.IN_USE: "在用",
    Condition.EXPIRED: "过期",
    Condition.WITHDRAWN: "停用",
    Condition.CHANGED: "条款有变化",
}


@dataclass(frozen=True, slots=True)
class ApprovedClause:
    """A passage that a curated answer cites, as it was when the answer was approved."""

    passage_id: str
    digest: str
    """Of its text, by :func:`digest_of`."""
    state: ValidityState
    """Of its document, on that day."""


@dataclass(frozen=True, slots=True)
class CuratedAnswer:
    """A question and the answer that staff approved."""

    id: str
    question: str
    wordings: tuple[str, ...]
    """Other ways to ask it."""
    text: str
    """With [n] for the clauses."""
    clauses: tuple[ApprovedClause, ...]
    """The n-th is what [n] stands for."""
    approved_by: str
    approved_on: date
    expires: date
    """The last day on which it is given."""
    withdrawn: bool = False
    note: str = ""
    """For staff; the public does not see it."""

    @property
    def questions(self) -> tuple[str, ...]:
        """Every wording, the question itself first."""
        return (self.question, *self.wordings)


@dataclass(frozen=True, slots=True)
class CuratedHit:
    """A question that got a curated answer. What was asked is not kept."""

    answer_id: str
    similarity: float
    """Cosine of the question and the wording it matched, 1 where it matched exactly."""
    exact: bool


class CuratedAnswers(Protocol):
    """Where curated answers are kept."""

    def active(self) -> Sequence[CuratedAnswer]:
        """Return those not withdrawn, the one approved last first; the same object as long as none has changed.

        Never fails: where they cannot be read, it returns what was last read, or none.
        """

    def count(self, hit: CuratedHit) -> None:
        """Note that an answer was given; never waits and never fails."""


def digest_of(text: str) -> str:
    """Return what tells whether a passage's text is still the same: SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Ground:
    """The corpus as it is now, which curated answers are held against."""

    def __init__(self, library: Library, passage: Callable[[str], Passage | None]) -> None:
        """Know a corpus.

        Args:
            library: its documents.
            passage: returns the passage of an id, None where there is none.
        """
        self.library = library
        self.passage = passage

    def clause(self, passage: Passage, day: date) -> ApprovedClause:
        """Return a passage as it stands on the day it is approved."""
        state = self.library.validity(passage.document_id, day).state
        return ApprovedClause(passage.id, digest_of(passage.text), state)

    def condition(self, answer: CuratedAnswer, day: date) -> Condition:
        """Return whether an answer is given on ``day``, and if not, why."""
        if answer.withdrawn:
            return Condition.WITHDRAWN
        if day > answer.expires:
            return Condition.EXPIRED
        return Condition.CHANGED if self.changes(answer, day) else Condition.IN_USE

    def changes(self, answer: CuratedAnswer, day: date) -> tuple[str, ...]:
        """Return what has changed in the clauses that an answer cites, a Chinese clause each; none where nothing has."""
        changes = (self._change(n, clause, day) for n, clause in enumerate(answer.clauses, 1))
        return tuple(change for change in changes if change)

    def _change(self, n: int, clause: ApprovedClause, day: date) -> str | None:
        passage = self.passage(clause.passage_id)
        if passage is None or passage.document_id not in self.library.documents:
            return f"[{n}] {clause.passage_id} 已不在语料里"
        name = f"[{n}] {in_book_marks(self.library[passage.document_id].title)}{passage.location}"
        if digest_of(passage.text) != clause.digest:
            return f"{name}的文字有变化"
        validity = self.library.validity(passage.document_id, day)
        if validity.state is not clause.state or validity.state not in CITABLE_STATES:
            return f"{name}所在文件的效力有变化：{validity.state.label}（{validity.note}）"
        return None
