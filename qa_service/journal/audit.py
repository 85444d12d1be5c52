"""The audit trail: every change that staff make, who made it, when and why."""

import getpass
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qa_service.clock import Clock
from qa_service.journal.audit_tables import LONGEST_ACTOR, LONGEST_SUBJECT, AuditRow
from qa_service.journal.database import Journal


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change."""

    id: int
    """Higher for what was noted later."""
    at: datetime
    actor: str
    """The staff account's name; from a command line ``cli:`` and the system's user."""
    action: str
    """What was done, a noun of the domain and a verb: ``switch.off``, ``account.add``."""
    subject: str
    """What it was done to."""
    comment: str
    """Why, or what else there is to know, in words."""


def command_line_actor() -> str:
    """Return who uses this command line."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user may have no name
        return f"cli:{os.getuid() if hasattr(os, 'getuid') else 'unknown'}"


class AuditTrail:
    """Notes changes in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock

    def note_in(self, session: Session, actor: str, action: str, subject: str, comment: str = "") -> None:
        """Note a change in the transaction that makes it: there is never one without the other."""
        session.add(
            AuditRow(
                at=self._clock(),
                actor=actor[:LONGEST_ACTOR],
                action=action,
                subject=subject[:LONGEST_SUBJECT],
                comment=comment,
            )
        )

    def note(self, actor: str, action: str, subject: str, comment: str = "") -> None:
        """Note a change that was made outside of the journal."""
        with self._journal.writing() as session:
            self.note_in(session, actor, action, subject, comment)

    def about_in(self, session: Session, subjects: Collection[str], actions: Collection[str]) -> tuple[AuditEntry, ...]:
        """Return what was noted of these subjects, the earliest first."""
        wanted = select(AuditRow).where(AuditRow.subject.in_(subjects), AuditRow.action.in_(actions))
        return tuple(_entry(row) for row in session.scalars(wanted.order_by(AuditRow.id)))

    def entries(self, *, most: int = 100, before: int | None = None) -> tuple[AuditEntry, ...]:
        """Return what was noted, the latest first.

        Args:
            most: how many at most, at least 1.
            before: only those whose id is lower: for the next page.
        """
        wanted = select(AuditRow).order_by(AuditRow.id.desc()).limit(most)
        if before is not None:
            wanted = wanted.where(AuditRow.id < before)
        with self._journal.reading() as session:
            return tuple(_entry(row) for row in session.scalars(wanted))


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.actor, row.action, row.subject, row.comment)
