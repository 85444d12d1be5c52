"""The tables of who may come in: staff accounts, their sessions, tokens for programs, attempts to sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qa_service.journal.database import Moment, Table

LONGEST_ACCOUNT = 32
LONGEST_AGENT = 200
LONGEST_TOKEN_NAME = 64
PSEUDONYM = 32
"""How long the pseudonym of an address is."""
_Id = BigInteger().with_variant(Integer, "sqlite")
_DIGEST = 64
_ROLE = 16


class StaffAccountRow(Table):
    """A person who may sign in. Rows are disabled, never deleted: what they did bears their name."""

    __tablename__ = "staff_account"
    __table_args__ = (Index("uq_staff_account_name", "name", unique=True),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_ACCOUNT))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(_ROLE))
    disabled: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    password_changed_at: Mapped[datetime] = mapped_column(Moment)
    must_change_password: Mapped[bool]


class StaffSessionRow(Table):
    """Somebody who is signed in. The token itself is in the browser alone; here is its SHA-256."""

    __tablename__ = "staff_session"
    __table_args__ = (
        Index("ix_staff_session_account_id", "account_id"),
        Index("ix_staff_session_expires_at", "expires_at"),
    )

    token_hash: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    address: Mapped[str | None] = mapped_column(String(PSEUDONYM))
    """A pseudonym of the network address."""
    agent: Mapped[str] = mapped_column(String(LONGEST_AGENT))
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    account: Mapped[StaffAccountRow] = relationship(lazy="joined", innerjoin=True)


class ApiTokenRow(Table):
    """What a program shows instead of a password. The secret was shown once; here is its SHA-256."""

    __tablename__ = "api_token"
    __table_args__ = (Index("ix_api_token_account_id", "account_id"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_TOKEN_NAME))
    secret_hash: Mapped[str] = mapped_column(String(_DIGEST))
    scopes: Mapped[str] = mapped_column(Text)
    """Separated by spaces."""
    role: Mapped[str] = mapped_column(String(_ROLE))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("staff_account.id"))
    """Whose it is; None of one that an operator made on the command line."""
    created_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    account: Mapped[StaffAccountRow | None] = relationship(lazy="joined")


class SignInAttemptsRow(Table):
    """How often signing in failed of late: for an account, an address, or the two together, under a pseudonym."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_last_at", "last_at"),)

    key: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment)
    blocked_until: Mapped[datetime | None] = mapped_column(Moment)
