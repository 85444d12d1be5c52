"""Tokens for programs: what a script or another system of the office shows instead of a password."""

import hmac
import logging
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from qa_service.access.accounts import row_of
from qa_service.access.scope import Scope
from qa_service.access.seal import digest, new_token
from qa_service.access.staff import Role, Staff
from qa_service.clock import Clock
from qa_service.errors import AccessError, JournalError, NotFoundError
from qa_service.journal.account_tables import LONGEST_TOKEN_NAME, ApiTokenRow
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal

DEFAULT_DAYS, MOST_DAYS = 90, 365
USED_EVERY = timedelta(minutes=1)
"""How often it is noted at most that a token is in use."""
_FORM = re.compile(r"qas_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as people see it after it was made."""

    id: str
    name: str
    scopes: frozenset[Scope]
    role: Role
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def live(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and self.expires_at > now


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. Its text is shown once and kept nowhere."""

    token: ApiToken
    text: str = field(repr=False)


class ApiTokens:
    """Tokens in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._trail = AuditTrail(journal, clock)

    def add(
        self,
        name: str,
        scopes: Collection[Scope],
        by: str,
        *,
        role: Role = Role.READER,
        days: int = DEFAULT_DAYS,
        owner: Staff | None = None,
        comment: str = "",
    ) -> NewToken:
        """Make a token.

        Args:
            name: what it is for, in words.
            scopes: what it may be used for, at least one.
            by: who makes it.
            role: what its holder may do at most.
            days: how long it is valid, 1 to 365.
            owner: whose it is: it ends with that account, and never may more than its owner. None is the operator's.
            comment: why.

        Raises:
            AccessError: there is no name or scope, it would be valid too long, or be more than its owner.
        """
        name = name.strip()
        if not 1 <= len(name) <= LONGEST_TOKEN_NAME or not name.isprintable():
            raise AccessError(f"令牌要有名字，1—{LONGEST_TOKEN_NAME} 个字，说明给什么程序用。")
        if not scopes:
            raise AccessError(f"没有写令牌的用途。可用的有：{'、'.join(Scope)}。")
        if not 1 <= days <= MOST_DAYS:
            raise AccessError(f"有效期 {days} 天不可用，应为 1—{MOST_DAYS} 天。")
        if owner and not owner.role.covers(role):
            raise AccessError(f"{owner.name} 是“{owner.role.label}”，不能发“{role.label}”的令牌。")
        secret, now = new_token(), self._clock()
        with self._journal.writing() as session:
            account = row_of(session, owner.name) if owner else None
            if owner and (account is None or account.disabled):
                raise AccessError(f"账号 {owner.name} 不存在或已停用，不能发令牌。")
            row = ApiTokenRow(
                id=secrets.token_hex(6),
                name=name,
                secret_hash=digest(secret),
                scopes=" ".join(sorted(scopes)),
                role=role.value,
                account_id=account.id if account else None,
                created_by=by,
                created_at=now,
                expires_at=now + timedelta(days=days),
                used_at=None,
                revoked_at=None,
            )
            session.add(row)
            what = f"{name}：{role.label}，{row.scopes}，{days} 天"
            self._trail.note_in(session, by, "token.add", row.id, f"{what}；{comment}" if comment else what)
        return NewToken(_token(row), f"qas_{row.id}_{secret}")

    def list(self) -> tuple[ApiToken, ...]:
        """Return all of them, the newest first."""
        with self._journal.reading() as session:
            newest = select(ApiTokenRow).order_by(ApiTokenRow.created_at.desc(), ApiTokenRow.id)
            return tuple(_token(row) for row in session.scalars(newest))

    def revoke(self, token_id: str, by: str, comment: str = "") -> ApiToken:
        """Let a token open nothing any more; returns it as it then is.

        Raises:
            NotFoundError: there is none of this id.
            AccessError: it is revoked already.
        """
        with self._journal.writing() as session:
            row = session.get(ApiTokenRow, token_id)
            if row is None:
                raise NotFoundError(f"没有编号为 {token_id[:16]!r} 的令牌。编号见 qa-service staff token list。")
            if row.revoked_at is not None:
                raise AccessError(f"令牌 {row.id}（{row.name}）已经吊销。")
            row.revoked_at = self._clock()
            self._trail.note_in(session, by, "token.revoke", row.id, f"{row.name}；{comment}" if comment else row.name)
            return _token(row)

    def holder(self, text: str) -> Staff | None:
        """Return the program that shows a token; None where it is none, or none any more.

        It may never more than the account whose token it is: that one's role of today bounds it as well.
        """
        form = _FORM.fullmatch(text)
        if form is None:
            return None
        now = self._clock()
        with self._journal.reading() as session:
            row = session.get(ApiTokenRow, form[1])
        right = hmac.compare_digest(row.secret_hash if row else "", digest(form[2]))
        if row is None or not right or not _token(row).live(now):
            return None
        role = Role(row.role)
        if row.account is not None:
            owners = Role(row.account.role)
            if row.account.disabled or row.account.must_change_password:
                return None
            role = role if owners.covers(role) else owners
        if row.used_at is None or now - row.used_at >= USED_EVERY:
            self._note_used(row.id, now)
        return Staff(f"令牌 {row.name}（{row.id}）", role, _token(row).scopes, row.account_id)

    def _note_used(self, token_id: str, now: datetime) -> None:
        try:
            with self._journal.writing() as session:
                session.execute(update(ApiTokenRow).where(ApiTokenRow.id == token_id).values(used_at=now))
        except JournalError as error:  # the token is right all the same
            _log.warning("a token's use was not noted: %s", error)


def _token(row: ApiTokenRow) -> ApiToken:
    known = {scope.value for scope in Scope}
    return ApiToken(
        row.id,
        row.name,
        frozenset(Scope(scope) for scope in row.scopes.split() if scope in known),
        Role(row.role),
        row.created_by,
        row.created_at,
        row.expires_at,
        row.used_at,
        row.revoked_at,
    )
