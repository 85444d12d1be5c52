"""Signing in with a name and a password."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qa_service.access.accounts import account_name, row_of
from qa_service.access.passwords import LONGEST, Passwords, refuse_weak
from qa_service.access.seal import digest
from qa_service.access.sessions import StaffSessions, session_id
from qa_service.access.throttle import Throttle
from qa_service.clock import Clock
from qa_service.errors import AccessError, SignInError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.audit_tables import AuditRow
from qa_service.journal.database import Journal

SIGNED_IN, SIGNED_OUT, FAILED = "session.open", "session.close", "session.refused"
MOST_FAILURES_NOTED = 200
"""How many failures are noted in an hour: an attacker must not be able to fill the disk, or bury what matters."""
_NOBODY = "（没有这个账号）"
"""What is noted instead of a name that no account has: people type their password there."""
_REFUSED = "账号或密码不对，或账号已停用。"


@dataclass(frozen=True, slots=True)
class From:
    """Where an attempt comes from."""

    address: str | None = None
    """The network address' pseudonym."""
    agent: str = field(default="", repr=False)
    """What the browser calls itself."""


class SignIn:
    """Lets people in. Every method raises ``JournalError`` where the journal cannot be used: nobody is let in then."""

    def __init__(
        self, journal: Journal, clock: Clock, passwords: Passwords, sessions: StaffSessions, throttle: Throttle
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        self._throttle = throttle
        self._trail = AuditTrail(journal, clock)

    def sign_in(self, name: str, password: str, where: From, *, instead_of: str | None = None) -> str:
        """Let somebody in; returns the token of a new session. It takes some 20 milliseconds and 19 MiB.

        Args:
            name: the account's, as typed.
            password: as typed.
            where: where the attempt comes from.
            instead_of: the token of a session that the same browser had; it ends.

        Raises:
            SignInError: there is no such account, it is disabled, or the password is another; it looks and costs the same.
            ThrottledError: there were too many attempts.
        """
        name = _typed_name(name)
        known = self._sessions.knows(name, where.address)
        self._throttle.begin(name, where.address, known=known)
        kept = self._kept(name)
        if not self._passwords.matches(kept, password[: LONGEST * 2]):
            self._note_failure(name, where)
            raise SignInError(_REFUSED)
        anew = self._passwords.hashed(password) if kept and self._passwords.outdated(kept) else None
        with self._journal.writing() as session:
            row = row_of(session, name, locked=True)
            if row is None or row.disabled or row.password_hash != kept:
                raise SignInError(_REFUSED)  # changed since it was looked at
            if anew:
                row.password_hash = anew
            self._throttle.succeeded_in(session, name, where.address)
            if instead_of:
                self._sessions.revoke_in(session, row.id, only=session_id(digest(instead_of)))
            token = self._sessions.open_in(session, row, where.address, where.agent)
            self._trail.note_in(session, name, SIGNED_IN, name, _place(where))
            return token

    def change_password(self, name: str, old: str, new: str, where: From) -> str:
        """Give one's own account a new password; every session of it ends. Returns the token of a new one.

        Raises:
            SignInError: the old password is another.
            ThrottledError: it was wrong too often.
            AccessError: the new one is too weak, or the old one.
        """
        refuse_weak(new, name)
        if new == old:
            raise AccessError("新密码与旧密码相同。请另想一个。")
        self._throttle.begin(name, where.address, known=True)
        kept = self._kept(name)
        if not self._passwords.matches(kept, old[: LONGEST * 2]):
            self._note_failure(name, where)
            raise SignInError("旧密码不对。")
        hashed = self._passwords.hashed(new)
        with self._journal.writing() as session:
            row = row_of(session, name, locked=True)
            if row is None or row.disabled or row.password_hash != kept:
                raise SignInError("旧密码不对。")
            row.password_hash, row.password_changed_at, row.must_change_password = hashed, self._clock(), False
            self._throttle.succeeded_in(session, name, where.address)
            ended = self._sessions.revoke_in(session, row.id)
            token = self._sessions.open_in(session, row, where.address, where.agent)
            self._trail.note_in(session, name, "account.password", name, f"结束登录 {ended} 处")
            return token

    def sign_out(self, name: str, token: str) -> None:
        """End one's own session."""
        self._sessions.end(token)
        self._trail.note(name, SIGNED_OUT, name)

    def _kept(self, name: str) -> str | None:
        with self._journal.reading() as session:
            row = row_of(session, name)
            return None if row is None or row.disabled else row.password_hash

    def _note_failure(self, name: str, where: From) -> None:
        with self._journal.writing() as session:
            noted = self._noted_of_late(session)
            if noted > MOST_FAILURES_NOTED:
                return
            if noted == MOST_FAILURES_NOTED:
                self._trail.note_in(session, "-", FAILED, "-", f"一小时内已记 {noted} 次，此后一小时内的不再逐次记")
                return
            exists = row_of(session, name) is not None
            count = self._throttle.failures_in(session, name, where.address)
            self._trail.note_in(session, "-", FAILED, name if exists else _NOBODY, f"第 {count} 次；{_place(where)}")

    def _noted_of_late(self, session: Session) -> int:
        since = self._clock() - timedelta(hours=1)
        noted = select(func.count(AuditRow.id)).where(AuditRow.at > since, AuditRow.action == FAILED)
        return session.scalar(noted) or 0


def _typed_name(text: str) -> str:
    """Return the name that was meant; what cannot be one is no account's, and is not refused before it is looked at."""
    try:
        return account_name(text)
    except AccessError:
        return ""


def _place(where: From) -> str:
    return f"地址代号 {(where.address or '未知')[:8]}"
