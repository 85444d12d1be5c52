import os
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from qa_service.access.gate import Gate, open_gate
from qa_service.access.passwords import Passwords
from qa_service.clock import CHINA
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.secret_key import SecretKey

KEY = SecretKey(b"k" * 32)
POSTGRESQL = "TEST_POSTGRESQL_URL"


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 7, 1, 12, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """A journal on each database; PostgreSQL where one is named, in a schema of its own."""
    if request.param == "sqlite":
        yield Journal(None, tmp_path / "var")
        return
    url = os.environ.get(POSTGRESQL)
    if not url:
        pytest.skip(f"{POSTGRESQL} is not set")
    schema = f"access_{uuid.uuid4().hex}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    made = Journal(f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}", tmp_path / "var")
    yield made
    made._engine.dispose()
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


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
