"""Staff accounts as administrators keep them; every change is noted in the transaction that makes it."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from qa_service.access.passwords import Passwords, generated_password, refuse_weak
from qa_service.access.sessions import StaffSession, StaffSessions
from qa_service.access.staff import Role
from qa_service.access.throttle import Throttle
from qa_service.clock import Clock
from qa_service.errors import AccessError, NotFoundError
from qa_service.journal.account_tables import LONGEST_ACCOUNT, ApiTokenRow, StaffAccountRow
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal

_NAME = re.compile(rf"\w[\w.-]{{0,{LONGEST_ACCOUNT - 1}}}")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, unless disabled."""

    name: str
    role: Role
    disabled: bool
    must_change_password: bool
    created_at: datetime
    password_changed_at: datetime


def account_name(text: str) -> str:
    """Return a name as accounts have it, the same for every way to type it.

    Raises:
        AccessError: no account can be called so.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name):
        raise AccessError(
            f"账号名 {text[:LONGEST_ACCOUNT]!r} 不可用。请用 1—{LONGEST_ACCOUNT} 个汉字、字母、数字，中间可有点、横线、下划线。"
        )
    return name


class Accounts:
    """Accounts in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        passwords: Passwords,
        sessions: StaffSessions,
        throttle: Throttle,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        self._throttle = throttle
        self._trail = AuditTrail(journal, clock)

    def list(self) -> tuple[Account, ...]:
        """Return all of them by their names."""
        with self._journal.reading() as session:
            return tuple(
                _account(row) for row in session.scalars(select(StaffAccountRow).order_by(StaffAccountRow.name))
            )

    def find(self, name: str) -> Account:
        """Return one.

        Raises:
            NotFoundError: there is none of this name.
        """
        with self._journal.reading() as session:
            return _account(_row(session, name))

    def add(self, name: str, role: Role, by: str, *, password: str | None = None, comment: str = "") -> str:
        """Make an account; returns its password.

        Args:
            name: what it is called.
            role: what its owner may do.
            by: who makes it.
            password: None has one made, which its owner must change before anything else.
            comment: why.

        Raises:
            AccessError: the name is taken or cannot be used, or the password is too weak.
        """
        name = account_name(name)
        secret, kept = self._new_password(name, password)
        now = self._clock()
        with self._journal.writing() as session:
            if session.scalar(select(StaffAccountRow.id).where(StaffAccountRow.name == name)):
                raise AccessError(f"账号 {name} 已有。请另取一个名字，或用重设密码、启用来恢复它。")
            session.add(
                StaffAccountRow(
                    name=name,
                    password_hash=kept,
                    role=role.value,
                    disabled=False,
                    created_at=now,
                    password_changed_at=now,
                    must_change_password=password is None,
                )
            )
            self._trail.note_in(session, by, "account.add", name, _said(f"角色 {role.label}", comment))
        return secret

    def disable(self, name: str, by: str, comment: str = "") -> None:
        """Let nobody in by an account any more: its sessions and its tokens end at once.

        Raises:
            NotFoundError: there is none of this name.
            AccessError: it is disabled already, or the last administrator's.
        """
        with self._changing(name) as (session, row):
            if row.disabled:
                raise AccessError(f"账号 {row.name} 已经停用。")
            _refuse_last_admin(session, row)
            row.disabled = True
            ended = self._sessions.revoke_in(session, row.id)
            tokens = update(ApiTokenRow).where(ApiTokenRow.account_id == row.id, ApiTokenRow.revoked_at.is_(None))
            revoked = session.scalars(tokens.values(revoked_at=self._clock()).returning(ApiTokenRow.id)).all()
            what = f"结束登录 {ended} 处，吊销令牌 {len(revoked)} 个"
            self._trail.note_in(session, by, "account.disable", row.name, _said(what, comment))

    def enable(self, name: str, by: str, comment: str = "") -> None:
        """Let an account be signed in to again; its tokens stay revoked.

        Raises:
            NotFoundError: there is none of this name.
            AccessError: it is not disabled.
        """
        with self._changing(name) as (session, row):
            if not row.disabled:
                raise AccessError(f"账号 {row.name} 没有停用。")
            row.disabled = False
            self._trail.note_in(session, by, "account.enable", row.name, comment)

    def change_role(self, name: str, role: Role, by: str, comment: str = "") -> None:
        """Let the owner of an account do more or less; what is open goes on with the new role at once.

        Raises:
            NotFoundError: there is none of this name.
            AccessError: it is the last administrator's.
        """
        with self._changing(name) as (session, row):
            old = Role(row.role)
            if old is Role.ADMIN and role is not Role.ADMIN:
                _refuse_last_admin(session, row)
            row.role = role.value
            self._trail.note_in(session, by, "account.role", row.name, _said(f"{old.label}→{role.label}", comment))

    def reset_password(self, name: str, by: str, *, password: str | None = None, comment: str = "") -> str:
        """Give an account a new password, and end its sessions; returns the password.

        Args:
            name: the account's.
            by: who does it.
            password: None has one made, which its owner must change before anything else.
            comment: why.

        Raises:
            NotFoundError: there is none of this name.
            AccessError: the password is too weak.
        """
        secret, kept = self._new_password(self.find(name).name, password)
        with self._changing(name) as (session, row):
            row.password_hash, row.password_changed_at = kept, self._clock()
            row.must_change_password = password is None
            ended = self._sessions.revoke_in(session, row.id)
            self._throttle.forgive_in(session, row.name)
            self._trail.note_in(session, by, "account.reset", row.name, _said(f"结束登录 {ended} 处", comment))
        return secret

    def sessions(self, name: str) -> tuple[StaffSession, ...]:
        """Return the sessions that an account has open.

        Raises:
            NotFoundError: there is no account of this name.
        """
        with self._journal.reading() as session:
            account_id = _row(session, name).id
        return self._sessions.of(account_id)

    def revoke(
        self, name: str, by: str, *, only: str | None = None, besides: str | None = None, comment: str = ""
    ) -> int:
        """End sessions of an account; returns how many.

        Args:
            name: the account's.
            by: who does it.
            only: the id of the one that is ended; None is all of them.
            besides: the id of one that is kept.
            comment: why.

        Raises:
            NotFoundError: there is no such account, or no such session of it.
        """
        with self._changing(name) as (session, row):
            ended = self._sessions.revoke_in(session, row.id, only=only, besides=besides)
            if only is not None and not ended:
                raise NotFoundError(f"{row.name} 没有编号为 {only!r} 的登录，或已经结束。")
            what = f"登录 {only}" if only else f"登录 {ended} 处"
            self._trail.note_in(session, by, "session.revoke", row.name, _said(what, comment))
        return ended

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[Session, StaffAccountRow]]:
        with self._journal.writing() as session:
            # Administrators are locked first and in one order: of two that disable each other, one waits and is refused.
            admins = select(StaffAccountRow.id).where(StaffAccountRow.role == Role.ADMIN.value)
            session.scalars(admins.order_by(StaffAccountRow.id).with_for_update()).all()
            yield session, _row(session, name)

    def _new_password(self, name: str, given: str | None) -> tuple[str, str]:
        if given is not None:
            refuse_weak(given, name)
        password = given if given is not None else generated_password()
        return password, self._passwords.hashed(password)


def row_of(session: Session, name: str, *, locked: bool = False) -> StaffAccountRow | None:
    """Return the row of the account that is called just so, if there is one."""
    wanted = select(StaffAccountRow).where(StaffAccountRow.name == name)
    return session.scalar(wanted.with_for_update() if locked else wanted)


def _row(session: Session, name: str) -> StaffAccountRow:
    try:
        row = row_of(session, account_name(name))
    except AccessError:
        row = None
    if row is None:
        raise NotFoundError(f"没有账号 {name[:LONGEST_ACCOUNT]!r}。账号见 qa-service staff list。")
    return row


def _refuse_last_admin(session: Session, row: StaffAccountRow) -> None:
    if Role(row.role) is not Role.ADMIN:
        return
    others = select(func.count(StaffAccountRow.id)).where(
        StaffAccountRow.role == Role.ADMIN.value, StaffAccountRow.disabled.is_(False), StaffAccountRow.id != row.id
    )
    if not row.disabled and session.scalar(others) == 0:
        raise AccessError(f"{row.name} 是最后一个管理员，不能停用或降级。请先让另一个账号做管理员。")


def _said(what: str, comment: str) -> str:
    return f"{what}；{comment}" if comment else what


def _account(row: StaffAccountRow) -> Account:
    return Account(
        row.name, Role(row.role), row.disabled, row.must_change_password, row.created_at, row.password_changed_at
    )
