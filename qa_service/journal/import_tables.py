"""The table of imports into the corpus."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.journal.database import Moment, Table


class ImportRow(Table):
    """One batch of documents that was taken into the corpus."""

    __tablename__ = "import_batch"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """As the corpus knows the batch."""
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(100))
    documents: Mapped[str] = mapped_column(Text)
    """Their ids, a line each."""
    sources: Mapped[str] = mapped_column(Text)
    """Where they came from, a line each."""
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
