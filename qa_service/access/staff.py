"""A member of staff, and what the role allows."""

from dataclasses import dataclass
from enum import StrEnum


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
