"""How many attempts to sign in are looked at.

Guessing is bounded from three sides, in the journal, so that it holds for all processes and over restarts:

- one account from one address: after 5 failures it is locked there, 15 minutes, then twice as long each time, to 4 hours;
- one address, whatever the accounts: after 30 failures it is locked, likewise;
- one account from wherever: after 10 failures every further attempt waits, 2 seconds, then twice as long each time, to
  60. It is never locked, for then strangers could keep its owner out; and an address from which its owner has signed in
  of late does not wait at all (the device cookies of OWASP's Slow Down Online Guessing Attacks, with addresses).

Names that no account has are counted just the same: who is refused cannot tell. An attempt counts as failed before its
password is looked at, and is taken back when it was right: of a hundred at the same moment no more are looked at than
of a hundred one after the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qa_service.clock import Clock
from qa_service.errors import ThrottledError
from qa_service.journal.account_tables import SignInAttemptsRow
from qa_service.journal.database import Journal
from qa_service.secret_key import SecretKey

WINDOW = timedelta(minutes=15)
"""A failure is forgotten when none has followed it for so long."""
_REMEMBERED = timedelta(days=1)
"""How long a row is kept: a lock that is over still makes the next one longer."""
_SHARED = 32
"""How many digits of a key tell of which account it is."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """How many failures are borne, and how long is waited then."""

    most: int
    first: timedelta
    longest: timedelta
    memory: timedelta

    def wait(self, failures: int) -> timedelta | None:
        """Return how long nothing is looked at after so many failures; None is not at all."""
        beyond = failures - self.most
        if beyond < 0:
            return None
        return min(self.longest, self.first * (1 << min(beyond, 20)))


_PAIR = _Bound(5, timedelta(minutes=15), timedelta(hours=4), timedelta(hours=8))
_ADDRESS = _Bound(30, timedelta(minutes=15), timedelta(hours=4), timedelta(hours=8))
_ACCOUNT = _Bound(10, timedelta(seconds=2), timedelta(seconds=60), WINDOW)


class Throttle:
    """Counts attempts to sign in. Every method raises ``JournalError`` where they cannot be counted: nobody is let in."""

    def __init__(self, journal: Journal, key: SecretKey, clock: Clock) -> None:
        self._journal = journal
        self._key = key
        self._clock = clock

    def begin(self, name: str, address: str | None, *, known: bool) -> None:
        """Count an attempt as failed, before it is looked at.

        Args:
            name: the account's, as it was typed and made the same for all ways to type it.
            address: the pseudonym of where it comes from; None where that is unknown.
            known: whether the account's owner has signed in from there of late.

        Raises:
            ThrottledError: it must not be looked at; it says how long not. It is not counted.
        """
        bounds = list(self._bounds(name, address, known=known))
        now = self._clock()
        with self._journal.reading() as session:  # who is kept off costs no write
            for key, bound in bounds:
                self._refuse_blocked(session.get(SignInAttemptsRow, key), bound, now)
        with self._journal.writing() as session:
            rows = [(_locked(session, key, now), bound) for key, bound in bounds]
            for row, bound in rows:
                self._refuse_blocked(row, bound, now)
            for row, bound in rows:
                if now - row.last_at > (bound.memory if row.failures >= bound.most else WINDOW):
                    row.failures = 0
                row.failures += 1
                row.last_at = now
                wait = bound.wait(row.failures)
                row.blocked_until = now + wait if wait else None
            session.execute(delete(SignInAttemptsRow).where(SignInAttemptsRow.last_at < now - _REMEMBERED))

    def failures_in(self, session: Session, name: str, address: str | None) -> int:
        """Return how many attempts on an account failed from an address of late."""
        row = session.get(SignInAttemptsRow, self._pair(name, address))
        return row.failures if row else 0

    def succeeded_in(self, session: Session, name: str, address: str | None) -> None:
        """Take an attempt back that was right, in the transaction that lets it in.

        What is counted of the address goes down by this one alone: an account of one's own is no means to try others.
        """
        session.execute(
            delete(SignInAttemptsRow).where(
                SignInAttemptsRow.key.in_([self._pair(name, address), self._of("account", name)])
            )
        )
        if address and (row := session.get(SignInAttemptsRow, self._of("address", address), with_for_update=True)):
            row.failures = max(0, row.failures - 1)
            row.blocked_until = None if row.failures < _ADDRESS.most else row.blocked_until

    def forgive_in(self, session: Session, name: str) -> None:
        """Let an account be signed in to without waiting, from wherever: its password is a new one."""
        mine = SignInAttemptsRow.key.startswith(self._of("account", name)[:_SHARED], autoescape=True)
        session.execute(delete(SignInAttemptsRow).where(mine))

    def _bounds(self, name: str, address: str | None, *, known: bool) -> Iterator[tuple[str, _Bound]]:
        # Always in the same order: two transactions that lock rows must not wait for each other.
        if address:
            yield self._of("address", address), _ADDRESS
        if not known:
            yield self._of("account", name), _ACCOUNT
        yield self._pair(name, address), _PAIR

    def _refuse_blocked(self, row: SignInAttemptsRow | None, bound: _Bound, now: datetime) -> None:
        if row is None or row.blocked_until is None or row.blocked_until <= now:
            return
        wait_s = max(1, ceil((row.blocked_until - now).total_seconds()))
        told = f"{ceil(wait_s / 60)} 分钟" if wait_s > 60 else f"{wait_s} 秒"
        raise ThrottledError(f"登录尝试过多，请在 {told}后再试。忘了密码请联系管理员重设。", wait_s)

    def _pair(self, name: str, address: str | None) -> str:
        # It begins as the account's key does: what is counted of an account can be told from the rest.
        pair = self._of("pair", f"{name}\n{address or ''}")
        return self._of("account", name)[:_SHARED] + pair[_SHARED:]

    def _of(self, kind: str, value: str) -> str:
        return self._key.pseudonym(f"sign-in-{kind}", value, characters=64)


def _locked(session: Session, key: str, now: datetime) -> SignInAttemptsRow:
    """Return the row of a key, made where there is none, which no other transaction changes meanwhile."""
    row = session.get(SignInAttemptsRow, key, with_for_update=True)
    if row is not None:
        return row
    try:
        with session.begin_nested():
            row = SignInAttemptsRow(key=key, failures=0, last_at=now, blocked_until=None)
            session.add(row)
    except IntegrityError:  # another process was quicker
        return session.get_one(SignInAttemptsRow, key, with_for_update=True)
    return row
