"""The tables of curated answers: what they say and cite, how they were used, who changed them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qa_service.journal.database import Moment, Table

_Id = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows only in a column of just this type."""
_LONGEST_ID = 64
_LONGEST_NAME = 100


class CuratedAnswerRow(Table):
    """An answer that staff approved. Rows are withdrawn, never deleted: their history would be without an owner."""

    __tablename__ = "curated_answer"

    id: Mapped[str] = mapped_column(String(_LONGEST_ID), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str] = mapped_column(String(_LONGEST_NAME))
    approved_on: Mapped[date]
    expires: Mapped[date]
    withdrawn: Mapped[bool]
    wordings: Mapped[list[CuratedWordingRow]] = relationship(
        order_by="CuratedWordingRow.position", cascade="all, delete-orphan", lazy="selectin"
    )
    clauses: Mapped[list[CuratedClauseRow]] = relationship(
        order_by="CuratedClauseRow.n", cascade="all, delete-orphan", lazy="selectin"
    )


class CuratedWordingRow(Table):
    """Another way to ask the question of an answer."""

    __tablename__ = "curated_wording"

    answer_id: Mapped[str] = mapped_column(ForeignKey("curated_answer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class CuratedClauseRow(Table):
    """A passage that an answer cites, as it was when the answer was approved."""

    __tablename__ = "curated_clause"

    answer_id: Mapped[str] = mapped_column(ForeignKey("curated_answer.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(32))


class CuratedHitRow(Table):
    """That an answer was given. What was asked is not kept: it may hold what is nobody's business."""

    __tablename__ = "curated_hit"
    __table_args__ = (Index("ix_curated_hit_answer_id_day", "answer_id", "day"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("curated_answer.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date]
    """In China."""
    similarity: Mapped[float]
    exact: Mapped[bool]


class CuratedChangeRow(Table):
    """Who did what to an answer, and when."""

    __tablename__ = "curated_change"

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("curated_answer.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(_LONGEST_NAME))
    action: Mapped[str] = mapped_column(String(32))
    what: Mapped[str] = mapped_column(Text)
    """The answer as it was afterwards, JSON."""
