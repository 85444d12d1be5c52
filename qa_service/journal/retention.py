"""How long things are kept, and that they are then deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from qa_service.clock import Clock
from qa_service.journal.audit_tables import AuditRow
from qa_service.journal.curated_tables import CuratedHitRow
from qa_service.journal.database import Journal
from qa_service.journal.exchange_store import erase
from qa_service.journal.exchange_tables import ExchangeRow

_AT_ONCE = 500
"""Rows deleted in one transaction: whoever wants to write meanwhile waits for no more than that."""


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days what is kept; 0 is for ever."""

    exchanges: int
    """Questions, answers and feedback."""
    hits: int
    """That curated answers were given."""
    audit: int


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows of each kind were older than they may be."""

    exchanges: int
    hits: int
    audit: int

    def __bool__(self) -> bool:
        return bool(self.exchanges or self.hits or self.audit)


_NOTHING = Purged(0, 0, 0)


class Purge:
    """Deletes what is older than it may be. Every method raises ``JournalError`` where the journal cannot be used."""

    def __init__(self, journal: Journal, retention: Retention, clock: Clock) -> None:
        self._journal = journal
        self._retention = retention
        self._clock = clock

    def due(self) -> Purged:
        """Return how much a purge would delete now."""
        if not self._journal.exists():
            return _NOTHING
        kinds = self._kinds()
        with self._journal.reading() as session:
            counts = [
                0 if old is None else int(session.scalar(select(func.count()).where(old)) or 0) for old, _ in kinds
            ]
        return Purged(*counts)

    def run(self) -> Purged:
        """Delete it, a little at a time; returns how much was deleted."""
        if not self._journal.exists():
            return _NOTHING
        return Purged(*(0 if old is None else self._delete(delete_of) for old, delete_of in self._kinds()))

    def _delete(self, some: Callable[[Session], int]) -> int:
        deleted = 0
        while True:
            with self._journal.writing() as session:
                count = some(session)
            deleted += count
            if count < _AT_ONCE:
                return deleted

    def _kinds(self) -> tuple[tuple[ColumnElement[bool] | None, Callable[[Session], int]], ...]:
        keep = self._retention
        return (
            self._kind(ExchangeRow, keep.exchanges, lambda session, ids: erase(session, ExchangeRow.id.in_(ids))),
            self._kind(CuratedHitRow, keep.hits, _deleting(CuratedHitRow)),
            self._kind(AuditRow, keep.audit, _deleting(AuditRow)),
        )

    def _kind(
        self, table: type[Any], days: int, delete_these: Callable[[Session, list[Any]], int]
    ) -> tuple[ColumnElement[bool] | None, Callable[[Session], int]]:
        if not days:
            return None, lambda session: 0
        old: ColumnElement[bool] = table.at < self._before(days)

        def some(session: Session) -> int:
            ids = list(session.scalars(select(table.id).where(old).limit(_AT_ONCE)))
            return delete_these(session, ids) if ids else 0

        return old, some

    def _before(self, days: int) -> datetime:
        return self._clock() - timedelta(days=days)


def _deleting(table: type[Any]) -> Callable[[Session, list[Any]], int]:
    def these(session: Session, ids: list[Any]) -> int:
        deleted: Any = session.execute(delete(table).where(table.id.in_(ids)))
        return int(deleted.rowcount)

    return these
