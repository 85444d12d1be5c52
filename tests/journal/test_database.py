import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from qa_service.errors import JournalError
from qa_service.journal import database
from qa_service.journal.database import REVISION, Journal
from qa_service.journal.tables import METADATA


def test_a_journal_is_made_when_it_is_first_used_and_not_before(tmp_path: Path) -> None:
    journal = Journal(None, tmp_path / "var")
    assert not journal.exists()
    assert not (tmp_path / "var").exists()
    with journal.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM curated_answer")) == 0
    assert journal.exists()
    assert journal.name == str(tmp_path / "var" / "journal.db")


def test_the_migrations_make_just_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    with Journal(None, tmp_path).writing():
        pass
    engine = create_engine(f"sqlite:///{tmp_path / 'journal.db'}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []


def test_the_code_knows_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    with Journal(None, tmp_path).reading() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_what_fails_is_rolled_back(tmp_path: Path) -> None:
    journal = Journal(None, tmp_path)
    insert = "INSERT INTO curated_answer VALUES ('a', 'q', 't', '', 'b', '2026-01-01', '2026-01-01', 0)"

    def write_twice() -> None:
        with journal.writing() as session:
            session.execute(text(insert))
            session.execute(text(insert))

    with pytest.raises(JournalError):
        write_twice()
    with journal.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM curated_answer")) == 0


def test_several_processes_that_start_at_once_make_it_together(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa_service.journal.database import Journal\n"
        "with Journal(None, Path(sys.argv[1])).writing() as session: pass"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outcomes = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert outcomes == [("", 0)] * 4
    with Journal(None, tmp_path).reading() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == [REVISION]


def test_a_journal_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    with Journal(None, tmp_path).writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(JournalError, match="更新的版本"), Journal(None, tmp_path).reading():
        pass


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_an_error_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "journal.db").write_bytes(content)
    with pytest.raises(JournalError, match=r"journal\.db 无法使用.*备份"), Journal(None, tmp_path).reading():
        pass


def test_a_folder_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(JournalError, match="无法使用"), Journal(None, tmp_path / "var").writing():
        pass


def test_a_lock_is_waited_for_and_then_is_an_error(tmp_path: Path) -> None:
    with Journal(None, tmp_path).writing():
        pass
    holder = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = Journal(None, tmp_path, patience_s=0.05)
    with pytest.raises(JournalError, match="locked"), impatient.writing() as session:
        session.execute(text("DELETE FROM curated_hit"))
    with impatient.reading() as session:  # who reads does not wait for who writes
        assert session.scalar(text("SELECT count(*) FROM curated_answer")) == 0
    holder.execute("ROLLBACK")
    holder.close()


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "nosuch://host/name", "sqlite://", "sqlite:///:memory:", "postgresql+nodriver://a:geheim@h/d"],
)
def test_an_address_that_cannot_be_used_is_an_error_without_its_password(tmp_path: Path, url: str) -> None:
    if not url:
        assert Journal(url, tmp_path).name.endswith("journal.db")
        return
    with pytest.raises(JournalError, match="QA_JOURNAL_URL") as caught:
        Journal(url, tmp_path)
    assert "geheim" not in str(caught.value)


def test_another_file_may_be_named(tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path / 'far' / 'away.db'}", tmp_path / "var")
    with journal.writing():
        pass
    assert (tmp_path / "far" / "away.db").is_file()
