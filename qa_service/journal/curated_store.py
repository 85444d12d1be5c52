"""Curated answers as staff keep them: approved, renewed, withdrawn, each change with who made it and when."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qa_service.answer.curated.answers import ApprovedClause, CuratedAnswer
from qa_service.answer.curated.likeness import asked_form
from qa_service.clock import Clock
from qa_service.corpus.models import ValidityState
from qa_service.errors import CuratedAnswerError
from qa_service.journal.curated_tables import (
    CuratedAnswerRow,
    CuratedChangeRow,
    CuratedClauseRow,
    CuratedHitRow,
    CuratedWordingRow,
)
from qa_service.journal.database import Journal

ADDED, RENEWED, WITHDRAWN, IMPORTED = "added", "renewed", "withdrawn", "imported"
ACTIONS = {ADDED: "录入", RENEWED: "重新审核", WITHDRAWN: "停用", IMPORTED: "导入"}
"""What can be done to an answer, in Chinese."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what to an answer, and when."""

    at: datetime
    by: str
    action: str


class DayOfHits(NamedTuple):
    """How often an answer was given on a day in China."""

    day: date
    exact: int
    by_meaning: int


class Version(NamedTuple):
    """Tells whether any curated answer has changed."""

    changes: int
    last: datetime | None


class CuratedStore:
    """Curated answers in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock

    def version(self) -> Version:
        """Return what is another as soon as any answer has changed."""
        with self._journal.reading() as session:
            count, last = session.execute(select(func.count(CuratedChangeRow.id), func.max(CuratedChangeRow.at))).one()
            return Version(count, last)

    def answers(self) -> tuple[CuratedAnswer, ...]:
        """Return all of them, the one approved last first; of one day by their ids."""
        with self._journal.reading() as session:
            ordered = select(CuratedAnswerRow).order_by(CuratedAnswerRow.approved_on.desc(), CuratedAnswerRow.id)
            return tuple(_answer(row) for row in session.scalars(ordered))

    def answer(self, answer_id: str) -> CuratedAnswer:
        """Return one.

        Raises:
            CuratedAnswerError: there is none of this id.
        """
        with self._journal.reading() as session:
            return _answer(_row(session, answer_id))

    def add(self, answer: CuratedAnswer, by: str, action: str = ADDED) -> None:
        """Keep an answer.

        Raises:
            CuratedAnswerError: its id is taken, or another answer that is not withdrawn is to one of its questions.
        """
        with self._journal.writing() as session:
            if session.get(CuratedAnswerRow, answer.id):
                raise CuratedAnswerError(
                    f"编号 {answer.id} 已有。请另给编号，或先 qa-service curated show {answer.id}。"
                )
            if not answer.withdrawn:
                _refuse_double(session, answer)
            session.add(_new_row(answer))
            session.flush()
            self._note(session, answer, by, action)

    def renew(
        self, answer_id: str, expires: date, clauses: Sequence[ApprovedClause], approved_on: date, by: str
    ) -> CuratedAnswer:
        """Approve an answer anew, on the ground of its clauses as they are now; returns it as it then is.

        Raises:
            CuratedAnswerError: there is none of this id, or another one is meanwhile to one of its questions.
        """

        def renewed(answer: CuratedAnswer) -> CuratedAnswer:
            return replace(
                answer,
                expires=expires,
                clauses=tuple(clauses),
                approved_on=approved_on,
                approved_by=by,
                withdrawn=False,
            )

        return self._change(answer_id, renewed, by, RENEWED)

    def withdraw(self, answer_id: str, by: str) -> CuratedAnswer:
        """Let an answer be given no more; returns it as it then is.

        Raises:
            CuratedAnswerError: there is none of this id, or it is withdrawn already.
        """
        return self._change(answer_id, _withdrawn, by, WITHDRAWN)

    def changes(self, answer_id: str) -> tuple[Change, ...]:
        """Return what was done to an answer, the earliest first."""
        with self._journal.reading() as session:
            mine = select(CuratedChangeRow).where(CuratedChangeRow.answer_id == answer_id).order_by(CuratedChangeRow.id)
            return tuple(Change(row.at, row.by, row.action) for row in session.scalars(mine))

    def hits(self) -> Mapping[str, int]:
        """Return how often each answer was given; those never given are left out."""
        with self._journal.reading() as session:
            rows = session.execute(select(CuratedHitRow.answer_id, func.count()).group_by(CuratedHitRow.answer_id))
            return {answer_id: count for answer_id, count in rows}  # noqa: C416

    def hits_by_day(self, answer_id: str) -> tuple[DayOfHits, ...]:
        """Return the days on which an answer was given, the earliest first."""
        with self._journal.reading() as session:
            counted = (
                select(CuratedHitRow.day, CuratedHitRow.exact, func.count())
                .where(CuratedHitRow.answer_id == answer_id)
                .group_by(CuratedHitRow.day, CuratedHitRow.exact)
                .order_by(CuratedHitRow.day)
            )
            found: dict[date, list[int]] = {}
            for day, exact, count in session.execute(counted):
                found.setdefault(day, [0, 0])[0 if exact else 1] += count
            return tuple(DayOfHits(day, *counts) for day, counts in found.items())

    def _change(
        self, answer_id: str, change: Callable[[CuratedAnswer], CuratedAnswer], by: str, action: str
    ) -> CuratedAnswer:
        with self._journal.writing() as session:
            row = _row(session, answer_id)
            answer = change(_answer(row))
            if not answer.withdrawn:
                _refuse_double(session, answer)
            row.expires, row.approved_on, row.approved_by = answer.expires, answer.approved_on, answer.approved_by
            row.withdrawn = answer.withdrawn
            for clause, now in zip(row.clauses, answer.clauses, strict=True):
                clause.digest, clause.state = now.digest, now.state.value
            self._note(session, answer, by, action)
            return answer

    def _note(self, session: Session, answer: CuratedAnswer, by: str, action: str) -> None:
        what = json.dumps(asdict(answer), ensure_ascii=False, default=str)
        session.add(CuratedChangeRow(answer_id=answer.id, at=self._clock(), by=by, action=action, what=what))


def _refuse_double(session: Session, answer: CuratedAnswer) -> None:
    forms = {asked_form(question) for question in answer.questions}
    others = select(CuratedAnswerRow).where(CuratedAnswerRow.withdrawn.is_(False), CuratedAnswerRow.id != answer.id)
    for other in map(_answer, session.scalars(others)):
        for question in other.questions:
            if asked_form(question) in forms:
                taken = f"“{question}”已有人工审核的答案 {other.id}"
                raise CuratedAnswerError(
                    f"{taken}。请先停用它：qa-service curated withdraw {other.id} --by 姓名。",
                    [("question", f"{taken}。请先停用它，或改问法。")],
                )


def _withdrawn(answer: CuratedAnswer) -> CuratedAnswer:
    if answer.withdrawn:
        raise CuratedAnswerError(f"{answer.id} 已经停用。要重新启用：qa-service curated renew {answer.id}。")
    return replace(answer, withdrawn=True)


def _row(session: Session, answer_id: str) -> CuratedAnswerRow:
    row = session.get(CuratedAnswerRow, answer_id)
    if row is None:
        raise CuratedAnswerError(f"没有编号为 {answer_id!r} 的人工审核答案。编号见 qa-service curated list。")
    return row


def _answer(row: CuratedAnswerRow) -> CuratedAnswer:
    return CuratedAnswer(
        id=row.id,
        question=row.question,
        wordings=tuple(wording.text for wording in row.wordings),
        text=row.text,
        clauses=tuple(ApprovedClause(c.passage_id, c.digest, ValidityState(c.state)) for c in row.clauses),
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        expires=row.expires,
        withdrawn=row.withdrawn,
        note=row.note,
    )


def _new_row(answer: CuratedAnswer) -> CuratedAnswerRow:
    return CuratedAnswerRow(
        id=answer.id,
        question=answer.question,
        text=answer.text,
        note=answer.note,
        approved_by=answer.approved_by,
        approved_on=answer.approved_on,
        expires=answer.expires,
        withdrawn=answer.withdrawn,
        wordings=[CuratedWordingRow(position=n, text=text) for n, text in enumerate(answer.wordings)],
        clauses=[
            CuratedClauseRow(n=n, passage_id=clause.passage_id, digest=clause.digest, state=clause.state.value)
            for n, clause in enumerate(answer.clauses, 1)
        ],
    )
