"""A member of staff, and what the role allows."""

from dataclasses import dataclass
from enum import StrEnum

from qa_service.access.scope import Scope


class Role(StrEnum):
    """What a member of staff may do; each may also do what those before it may."""

    READER = "reader"
    """Look things up: the journal, the numbers, curated answers."""
    EDITOR = "editor"
    """Change what is answered: curated answers, imports, builds."""
    ADMIN = "admin"
    """Change who may do what and whether there are answers at all: accounts, tokens, switches, erasure."""

    @property
    def label(self) -> str:
        """What people call it."""
        return {"reader": "查阅", "editor": "编辑", "admin": "管理"}[self.value]

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what ``needed`` may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who makes a request of the staff's API: a person, or a program with a token."""

    name: str
    """As the audit trail has it."""
    role: Role
    scopes: frozenset[Scope] | None = None
    """What a program's token is for; None of a person, whom the role alone bounds."""
    account_id: int | None = None
    """Whose account it is; None of a token that an operator made."""

    def may(self, role: Role, scope: Scope | None) -> bool:
        """Whether this is one who may do what asks for a role, and of a program for a scope; without one no program may."""
        return self.role.covers(role) and (self.scopes is None or (scope is not None and scope in self.scopes))
