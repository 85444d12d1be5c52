from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa_service.access.gate import Gate, open_gate
from qa_service.access.passwords import Passwords
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.secret_key import SecretKey
from tests.clocks import Hands
from tests.databases import on_database

KEY = SecretKey(b"k" * 32)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """A journal on each database; PostgreSQL where one is named."""
    with on_database(request.param, tmp_path / "var") as journal:
        yield journal


@pytest.fixture(scope="session")
def cheap() -> Passwords:
    """Passwords whose hashes cost next to nothing."""
    return Passwords(memory_kib=8, passes=1)


@pytest.fixture
def gate(journal: Journal, hands: Hands, cheap: Passwords) -> Gate:
    return open_gate(journal, KEY, hands, passwords=cheap)


@pytest.fixture
def noted(journal: Journal, hands: Hands) -> Callable[[], list[tuple[str, str, str]]]:
    """What the audit trail says was done, the earliest first: who, what, to whom."""
    return lambda: [(e.actor, e.action, e.subject) for e in reversed(AuditTrail(journal, hands).entries(most=1000))]
