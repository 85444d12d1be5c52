"""Who is signed in, for how long, and how that ends."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from qa_service.access.seal import digest, new_token
from qa_service.access.staff import Role, Staff
from qa_service.clock import Clock
from qa_service.errors import JournalError
from qa_service.journal.account_tables import LONGEST_AGENT, StaffAccountRow, StaffSessionRow
from qa_service.journal.database import Journal

SEEN_EVERY = timedelta(minutes=1)
"""How often it is noted at most that a session is in use."""
KNOWN_FOR = timedelta(days=30)
"""How long an address is one from which somebody has signed in; what is over is kept for so long."""
_ID = 16
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is signed in."""

    staff: Staff
    account_id: int
    token: str = field(repr=False)
    must_change_password: bool
    expires_at: datetime

    @property
    def session_id(self) -> str:
        """What the session is called where people choose among theirs; it opens nothing."""
        return session_id(digest(self.token))


@dataclass(frozen=True, slots=True)
class StaffSession:
    """A session as its owner is shown it."""

    id: str
    account: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    """A short pseudonym: the same for the same address."""
    agent: str


def session_id(token_hash: str) -> str:
    """Return what a session is called: the beginning of its token's hash, of which nothing can be made."""
    return token_hash[:_ID]


class StaffSessions:
    """Sessions in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock, *, lifetime: timedelta, idle: timedelta) -> None:
        """Set how long sessions last.

        Args:
            journal: where they are kept.
            clock: what time it is.
            lifetime: how long one lasts at most, however busy.
            idle: how long one lasts in which nothing is done.
        """
        self._journal = journal
        self._clock = clock
        self._lifetime = lifetime
        self._idle = idle

    def open_in(self, session: Session, account: StaffAccountRow, address: str | None, agent: str) -> str:
        """Let an account in, in the transaction that found it right; returns the new session's token.

        Args:
            session: the transaction.
            account: whose session it is.
            address: the pseudonym of the network address.
            agent: what the browser calls itself; it is cut.
        """
        now, token = self._clock(), new_token()
        session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at < now - KNOWN_FOR))
        session.add(
            StaffSessionRow(
                token_hash=digest(token),
                account_id=account.id,
                created_at=now,
                seen_at=now,
                expires_at=now + self._lifetime,
                address=address,
                agent=agent[:LONGEST_AGENT],
                revoked_at=None,
            )
        )
        return token

    def visit(self, token: str) -> Visit | None:
        """Return who makes a request with a session's token; None where that session is none, or none any more."""
        now = self._clock()
        with self._journal.reading() as session:
            row = session.scalar(
                select(StaffSessionRow).where(
                    StaffSessionRow.token_hash == digest(token),
                    *self._live(now),
                    StaffSessionRow.account.has(StaffAccountRow.disabled.is_(False)),
                )
            )
        if row is None:
            return None
        if now - row.seen_at >= SEEN_EVERY:
            self._note_seen(row.token_hash, now)
        staff = Staff(row.account.name, Role(row.account.role), account_id=row.account.id)
        return Visit(staff, row.account.id, token, row.account.must_change_password, row.expires_at)

    def of(self, account_id: int) -> tuple[StaffSession, ...]:
        """Return the sessions that an account has open, the one used last first."""
        with self._journal.reading() as session:
            rows = session.scalars(
                select(StaffSessionRow)
                .where(StaffSessionRow.account_id == account_id, *self._live(self._clock()))
                .order_by(StaffSessionRow.seen_at.desc(), StaffSessionRow.token_hash)
            )
            return tuple(
                StaffSession(
                    session_id(row.token_hash),
                    row.account.name,
                    row.created_at,
                    row.seen_at,
                    row.expires_at,
                    (row.address or "")[:8],
                    row.agent,
                )
                for row in rows
            )

    def end(self, token: str) -> None:
        """End the session of a token: its owner signs out."""
        with self._journal.writing() as session:
            self._revoke(session, StaffSessionRow.token_hash == digest(token))

    def revoke_in(
        self, session: Session, account_id: int, *, only: str | None = None, besides: str | None = None
    ) -> int:
        """End sessions of an account, in the transaction that notes it; returns how many.

        Args:
            session: the transaction.
            account_id: whose.
            only: the id of the one that is ended; None is all of them.
            besides: the id of one that is kept.
        """
        wanted = StaffSessionRow.account_id == account_id
        if only is not None:
            wanted &= StaffSessionRow.token_hash.startswith(only, autoescape=True)
        if besides is not None:
            wanted &= ~StaffSessionRow.token_hash.startswith(besides, autoescape=True)
        return self._revoke(session, wanted)

    def knows(self, name: str, address: str | None) -> bool:
        """Whether an account has signed in from an address of late."""
        if address is None:
            return False
        with self._journal.reading() as session:
            found = session.scalar(
                select(StaffSessionRow.token_hash)
                .join(StaffAccountRow)
                .where(
                    StaffAccountRow.name == name,
                    StaffSessionRow.address == address,
                    StaffSessionRow.created_at > self._clock() - KNOWN_FOR,
                )
                .limit(1)
            )
            return found is not None

    def _live(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        return (
            StaffSessionRow.revoked_at.is_(None),
            StaffSessionRow.expires_at > now,
            StaffSessionRow.seen_at > now - self._idle,
        )

    def _revoke(self, session: Session, which: ColumnElement[bool]) -> int:
        ended = (
            update(StaffSessionRow)
            .where(which, StaffSessionRow.revoked_at.is_(None))
            .values(revoked_at=self._clock())
            .returning(StaffSessionRow.token_hash)
        )
        return len(session.scalars(ended).all())

    def _note_seen(self, token_hash: str, now: datetime) -> None:
        seen = update(StaffSessionRow).where(
            StaffSessionRow.token_hash == token_hash, StaffSessionRow.seen_at <= now - SEEN_EVERY
        )
        try:
            with self._journal.writing() as session:
                session.execute(seen.values(seen_at=now))
        except JournalError as error:  # who can be read of is let in; the idle time is then reckoned from earlier
            _log.warning("a session's use was not noted: %s", error)
