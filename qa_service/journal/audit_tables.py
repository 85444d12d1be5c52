"""The table of the audit trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.journal.database import Moment, Table

LONGEST_ACTOR = 100
LONGEST_ACTION = 64
LONGEST_SUBJECT = 200


class AuditRow(Table):
    """Who did what to what, and when. Rows are added, never changed."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    action: Mapped[str] = mapped_column(String(LONGEST_ACTION))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    comment: Mapped[str] = mapped_column(Text)
