"""What staff decided on questions that were not answered, as it is kept: who, when, why, and how to undo it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from qa_service.clock import Clock
from qa_service.errors import GapError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.curated_tables import CuratedAnswerRow
from qa_service.journal.database import Journal
from qa_service.journal.gap_tables import GapDecisionRow, GapWordingRow

MOST_WORDINGS = 50
"""Wordings that a decision keeps: enough to know by what else is asked so."""


class Outcome(StrEnum):
    """What became of a gap."""

    ANSWERED = "answered"
    """A curated answer was written."""
    OUT_OF_SCOPE = "out_of_scope"
    """It is not for this service to answer."""
    NEEDS_DOCUMENT = "needs_document"
    """No text of the corpus answers it; the comment says which is missing."""
    NOISE = "noise"
    """Nobody asks anything."""

    @property
    def label(self) -> str:
        """The outcome in Chinese."""
        return _LABELS[self]


_LABELS = {
    Outcome.ANSWERED: "已有人工审核的答案",
    Outcome.OUT_OF_SCOPE: "不在服务范围",
    Outcome.NEEDS_DOCUMENT: "缺文件",
    Outcome.NOISE: "不是问题",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on a gap."""

    id: int
    """Higher for what was decided later."""
    gap: str
    question: str
    wordings: tuple[str, ...]
    """All ways in which it was asked until then, the question among them."""
    outcome: Outcome
    comment: str
    curated_id: str | None
    at: datetime
    by: str
    undone_at: datetime | None
    undone_by: str | None


class GapStore:
    """Decisions in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock, audit: AuditTrail) -> None:
        self._journal = journal
        self._clock = clock
        self._audit = audit

    def standing(self) -> tuple[Decision, ...]:
        """Return the decisions that stand, the latest first."""
        query = select(GapDecisionRow).where(GapDecisionRow.undone_at.is_(None)).order_by(GapDecisionRow.id.desc())
        with self._journal.reading() as session:
            return tuple(_decision(row) for row in session.scalars(query))

    def history(self, gaps: Collection[str]) -> tuple[Decision, ...]:
        """Return all that was ever decided on gaps, the earliest first."""
        query = select(GapDecisionRow).where(GapDecisionRow.gap.in_(gaps)).order_by(GapDecisionRow.id)
        with self._journal.reading() as session:
            return tuple(_decision(row) for row in session.scalars(query))

    def decide(
        self,
        gap: str,
        question: str,
        wordings: Sequence[str],
        outcome: Outcome,
        by: str,
        comment: str = "",
        curated_id: str | None = None,
    ) -> Decision:
        """Decide on a gap; what was decided on it before is undone by that.

        Args:
            gap: its id.
            question: how it is mostly asked.
            wordings: every way in which it was asked, the most frequent first.
            outcome: what becomes of it.
            by: who decides.
            comment: why; of a missing document, which.
            curated_id: the curated answer that answers it.

        Raises:
            GapError: the outcome lacks what belongs to it.
        """
        comment = comment.strip()
        if outcome is Outcome.NEEDS_DOCUMENT and not comment:
            raise GapError("请写明缺哪份文件（名称或文号），好让资料管理员去找。")
        if (outcome is Outcome.ANSWERED) != (curated_id is not None):
            raise GapError("“已有人工审核的答案”要写明是哪一条答案（curated_id），其他处理不写。")
        with self._journal.writing() as session:
            if curated_id is not None and session.get(CuratedAnswerRow, curated_id) is None:
                raise GapError(f"没有编号为 {curated_id!r} 的人工审核的答案。请先录入答案，再处理这个问题。")
            self._undo(session, gap, by)
            kept = list(dict.fromkeys([question, *wordings]))[:MOST_WORDINGS]
            row = GapDecisionRow(
                gap=gap,
                question=question,
                outcome=outcome.value,
                comment=comment,
                curated_id=curated_id,
                at=self._clock(),
                by=by,
                wordings=[GapWordingRow(position=n, text=text) for n, text in enumerate(kept)],
            )
            session.add(row)
            session.flush()
            self._audit.note_in(session, by, f"gap.{outcome.value}", gap, _noted(question, curated_id, comment))
            return _decision(row)

    def undo(self, gap: str, by: str, comment: str = "") -> Decision:
        """Take back what was decided on a gap; returns that.

        Raises:
            GapError: nothing is decided on it.
        """
        with self._journal.writing() as session:
            row = self._undo(session, gap, by)
            if row is None:
                raise GapError(f"问题 {gap} 现在没有处理意见，不用撤销。请刷新页面看最新情况。")
            self._audit.note_in(session, by, "gap.undo", gap, _noted(row.question, None, comment.strip()))
            return _decision(row)

    def _undo(self, session: Session, gap: str, by: str) -> GapDecisionRow | None:
        standing = select(GapDecisionRow).where(GapDecisionRow.gap == gap, GapDecisionRow.undone_at.is_(None))
        row = session.scalars(standing.with_for_update()).first()
        if row is not None:
            row.undone_at, row.undone_by = self._clock(), by
        return row


def _noted(question: str, curated_id: str | None, comment: str) -> str:
    return "；".join(part for part in (question, curated_id, comment) if part)


def _decision(row: GapDecisionRow) -> Decision:
    return Decision(
        row.id,
        row.gap,
        row.question,
        tuple(wording.text for wording in row.wordings),
        Outcome(row.outcome),
        row.comment,
        row.curated_id,
        row.at,
        row.by,
        row.undone_at,
        row.undone_by,
    )
