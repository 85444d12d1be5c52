"""The table of what is switched off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.journal.database import Moment, Table


class SwitchRow(Table):
    """Something that is switched off; what has no row is on."""

    __tablename__ = "switch"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(100))
    comment: Mapped[str] = mapped_column(Text)
    """Why, for staff."""
    message: Mapped[str] = mapped_column(Text)
    """What the public is told beside that it is off; may be empty."""
