"""The shapes of what the staff's API takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from qa_service.access.accounts import Account
from qa_service.access.scope import Scope
from qa_service.access.sessions import StaffSession
from qa_service.access.staff import Role
from qa_service.access.tokens import DEFAULT_DAYS, MOST_DAYS, ApiToken
from qa_service.journal.curated_file import CuratedEntry

Comment = Annotated[str, Field(max_length=500, description="缘由，记入审计")]
Name = Annotated[str, Field(min_length=1, max_length=100, description="账号名")]
Password = Annotated[SecretStr, Field(min_length=1, max_length=256)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignInIn(_In):
    """A name and a password."""

    name: Name
    password: Password


class PasswordIn(_In):
    """A change of one's own password."""

    old: Password
    new: Password


class WhoOut(BaseModel):
    """Who is signed in."""

    name: str
    role: Role
    role_label: str
    must_change_password: bool
    expires_at: datetime
    session_id: str
    csrf_token: str
    """What a request that changes anything carries as X-CSRF-Token."""


class SessionOut(BaseModel):
    """A session that is open."""

    id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    """地址的代号：同一地址代号相同，看不出是哪个地址。"""
    agent: str
    current: bool

    @classmethod
    def of(cls, session: StaffSession, current: str | None = None) -> SessionOut:
        """Present a session."""
        return cls(
            id=session.id,
            created_at=session.created_at,
            seen_at=session.seen_at,
            expires_at=session.expires_at,
            address=session.address,
            agent=session.agent,
            current=session.id == current,
        )


class SessionsOut(BaseModel):
    """Sessions that are open."""

    sessions: list[SessionOut]


class RevokedOut(BaseModel):
    """How many sessions were ended."""

    ended: int


class AccountIn(_In):
    """A new account."""

    name: Name
    role: Role
    comment: Comment = ""


class AccountChangeIn(_In):
    """What is changed of an account."""

    role: Role | None = None
    disabled: bool | None = None
    comment: Comment = ""


class CommentIn(_In):
    """Why something is done."""

    comment: Comment = ""


class AccountOut(BaseModel):
    """An account."""

    name: str
    role: Role
    role_label: str
    disabled: bool
    must_change_password: bool
    created_at: datetime
    password_changed_at: datetime

    @classmethod
    def of(cls, account: Account) -> AccountOut:
        """Present an account."""
        return cls(
            name=account.name,
            role=account.role,
            role_label=account.role.label,
            disabled=account.disabled,
            must_change_password=account.must_change_password,
            created_at=account.created_at,
            password_changed_at=account.password_changed_at,
        )


class AccountsOut(BaseModel):
    """All accounts."""

    accounts: list[AccountOut]


class NewPasswordOut(BaseModel):
    """A password that was made; it is shown this once."""

    name: str
    password: str


class TokenIn(_In):
    """A new token."""

    name: Annotated[str, Field(min_length=1, max_length=64, description="给什么程序用")]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    role: Role = Role.READER
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, description="有效多少天")] = DEFAULT_DAYS
    comment: Comment = ""


class TokenOut(BaseModel):
    """A token as it is seen after it was made."""

    id: str
    name: str
    scopes: list[Scope]
    role: Role
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> TokenOut:
        """Present a token."""
        return cls(
            id=token.id,
            name=token.name,
            scopes=sorted(token.scopes),
            role=token.role,
            created_by=token.created_by,
            created_at=token.created_at,
            expires_at=token.expires_at,
            used_at=token.used_at,
            revoked_at=token.revoked_at,
        )


class TokensOut(BaseModel):
    """All tokens."""

    tokens: list[TokenOut]


class NewTokenOut(BaseModel):
    """A token just made; its text is shown this once."""

    token: TokenOut
    text: str


class CuratedIn(_In):
    """A curated answer that is proposed."""

    entry: CuratedEntry
    force: bool = False
    """Whether figures that do not stand in what is cited have been looked at."""


class RenewIn(_In):
    """An approval anew."""

    expires: date
    force: bool = False


class CuratedChangeOut(BaseModel):
    """What was done to an answer."""

    at: datetime
    by: str
    action: str


class CuratedOut(BaseModel):
    """A curated answer and how it stands today."""

    id: str
    question: str
    wordings: list[str]
    answer: str
    cites: list[str]
    note: str
    approved_by: str
    approved_on: date
    expires: date
    condition: str
    condition_label: str
    hits: int
    changes: list[str]
    """What has changed in the clauses it cites."""


class CuratedShownOut(CuratedOut):
    """A curated answer with what the public sees of it and what was done to it."""

    shown: list[str]
    history: list[CuratedChangeOut]


class CuratedListOut(BaseModel):
    """All curated answers."""

    answers: list[CuratedOut]


class CuratedPreviewOut(BaseModel):
    """What the public would see."""

    shown: list[str]
