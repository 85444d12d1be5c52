"""The tables of what staff decided on questions that were not answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qa_service.journal.database import Moment, Table

LONGEST_GAP = 16


class GapDecisionRow(Table):
    """A decision. Rows are undone, never deleted: who decided what stays to be seen."""

    __tablename__ = "gap_decision"
    __table_args__ = (Index("ix_gap_decision_gap", "gap"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    gap: Mapped[str] = mapped_column(String(LONGEST_GAP))
    question: Mapped[str] = mapped_column(Text)
    """With personal data masked, as it was asked."""
    outcome: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text)
    curated_id: Mapped[str | None] = mapped_column(ForeignKey("curated_answer.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(100))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str | None] = mapped_column(String(100))
    wordings: Mapped[list[GapWordingRow]] = relationship(
        order_by="GapWordingRow.position", cascade="all, delete-orphan", lazy="selectin"
    )


class GapWordingRow(Table):
    """A way in which a gap's question was asked when it was decided on: whoever asks so again asks the same."""

    __tablename__ = "gap_wording"

    decision_id: Mapped[int] = mapped_column(ForeignKey("gap_decision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
