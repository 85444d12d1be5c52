from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from qa_service.answer.curated.answers import ApprovedClause, CuratedAnswer
from qa_service.clock import Clock
from qa_service.corpus.models import ValidityState
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import Journal
from tests.databases import on_database

MakeCurated = Callable[..., CuratedAnswer]


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """A journal without anything in it, on each database that it may be kept in."""
    with on_database(request.param, tmp_path / "var") as journal:
        yield journal


@pytest.fixture
def journal_file(tmp_path: Path) -> Journal:
    """A journal in an SQLite file."""
    return Journal(None, tmp_path / "var")


@pytest.fixture
def store(journal: Journal, fixed_clock: Clock) -> CuratedStore:
    return CuratedStore(journal, fixed_clock)


@pytest.fixture
def make_curated() -> MakeCurated:
    """Make a curated answer."""

    def make(answer_id: str = "c-1", question: str = "专利年费多少", **fields: object) -> CuratedAnswer:
        made: dict[str, object] = {
            "id": answer_id,
            "question": question,
            "wordings": (f"{question}钱", f"请教{question}呢"),
            "text": "每年600元[1]。",
            "clauses": (ApprovedClause("test-law#第三条", "a" * 64, ValidityState.IN_FORCE),),
            "approved_by": "张三",
            "approved_on": date(2026, 6, 1),
            "expires": date(2026, 12, 31),
        }
        return CuratedAnswer(**{**made, **fields})  # type: ignore[arg-type]

    return make
