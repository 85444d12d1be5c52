"""The tables of what was asked and answered, and of what people thought of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.journal.database import Moment, Table

PSEUDONYM = 32
ADDRESS_PSEUDONYM = 12


class ExchangeRow(Table):
    """A question and its answer. What people type is here only with personal data masked."""

    __tablename__ = "exchange"
    __table_args__ = (
        Index("ix_exchange_day_channel", "day", "channel"),
        Index("ix_exchange_at", "at"),
        Index("ix_exchange_status_at", "status", "at"),
        Index("ix_exchange_session", "session"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date]
    """In China."""
    channel: Mapped[str] = mapped_column(String(16))
    session: Mapped[str | None] = mapped_column(String(PSEUDONYM))
    """The pseudonym of the session."""
    address: Mapped[str | None] = mapped_column(String(ADDRESS_PSEUDONYM))
    """The truncated pseudonym of the network that the question came from."""
    question: Mapped[str] = mapped_column(Text)
    read_as: Mapped[str | None] = mapped_column(Text)
    """The question as it was understood, where that is not how it was typed."""
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(Text)
    elapsed_ms: Mapped[float]


class ExchangeCitationRow(Table):
    """A passage that an answer cites."""

    __tablename__ = "exchange_citation"

    exchange_id: Mapped[str] = mapped_column(ForeignKey("exchange.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(Text)
    passage_id: Mapped[str] = mapped_column(Text)


class FeedbackRow(Table):
    """What somebody thought of an answer; of several, the last."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_at", "at"),)

    exchange_id: Mapped[str] = mapped_column(ForeignKey("exchange.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text)
    """With personal data masked."""
