import sqlite3
import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from qa_service.clock import CHINA, Clock
from qa_service.errors import JournalError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.backup import back_up, examine, put_back
from qa_service.journal.database import Journal
from tests.databases import own_database

NOW = datetime(2026, 7, 1, 12, tzinfo=CHINA)


def subjects(journal: Journal, clock: Clock) -> list[str]:
    return [entry.subject for entry in AuditTrail(journal, clock).entries()]


@pytest.fixture
def trail(journal_file: Journal, fixed_clock: Clock) -> AuditTrail:
    trail = AuditTrail(journal_file, fixed_clock)
    trail.note("王", "account.add", "一")
    return trail


def test_a_journal_is_what_it_was_when_it_was_backed_up(
    trail: AuditTrail, journal_file: Journal, fixed_clock: Clock, tmp_path: Path
) -> None:
    copy = back_up(journal_file, tmp_path / "backup" / "j.bak")
    assert copy.revision
    trail.note("王", "account.add", "二")
    running = Journal(None, tmp_path / "var")
    assert subjects(running, fixed_clock) == ["二", "一"]
    aside = put_back(tmp_path / "backup" / "j.bak", journal_file, NOW)
    assert subjects(running, fixed_clock) == ["一"]
    assert aside
    put_back(aside, journal_file, NOW + timedelta(seconds=1))
    assert subjects(running, fixed_clock) == ["二", "一"]
    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["j.bak"]


@pytest.mark.skipif(sys.platform == "win32", reason="no POSIX permissions")
def test_only_its_owner_reads_a_backup(trail: AuditTrail, journal_file: Journal, tmp_path: Path) -> None:
    back_up(journal_file, tmp_path / "j.bak")
    assert (tmp_path / "j.bak").stat().st_mode & 0o077 == 0


def test_a_backup_under_writes_is_of_one_moment(
    trail: AuditTrail, journal_file: Journal, fixed_clock: Clock, tmp_path: Path
) -> None:
    over = Event()

    def write() -> None:
        number = 0
        while not over.is_set():
            trail.note("王", "a.b", str(number := number + 1))

    writer = Thread(target=write)
    writer.start()
    for number in range(5):
        back_up(journal_file, tmp_path / f"{number}.bak")
    over.set()
    writer.join()
    for number in range(5):
        connection = sqlite3.connect(tmp_path / f"{number}.bak")
        noted = [
            int(row[0]) for row in connection.execute("SELECT subject FROM audit WHERE action = 'a.b' ORDER BY id")
        ]
        connection.close()
        assert noted == list(range(1, len(noted) + 1))


def test_a_damaged_journal_is_replaced_and_kept_aside(
    trail: AuditTrail, journal_file: Journal, fixed_clock: Clock, tmp_path: Path
) -> None:
    back_up(journal_file, tmp_path / "j.bak")
    assert journal_file.file
    damaged = b"damaged " * 4000
    for path in journal_file.file.parent.glob("journal.db-*"):
        path.unlink()
    journal_file.file.write_bytes(damaged)
    with pytest.raises(JournalError):
        examine(journal_file.file)
    aside = put_back(tmp_path / "j.bak", journal_file, NOW)
    assert aside
    assert aside.read_bytes() == damaged
    assert subjects(Journal(None, tmp_path / "var"), fixed_clock) == ["一"]


@pytest.mark.parametrize("wrong", ["damaged", "no journal", "newer", "missing"])
def test_what_is_no_intact_backup_is_refused_and_changes_nothing(
    wrong: str, trail: AuditTrail, journal_file: Journal, fixed_clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "j.bak"
    back_up(journal_file, path)
    if wrong == "damaged":
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xff" * 8192 + whole[16384:])
    elif wrong == "missing":
        path.unlink()
    else:
        if wrong == "no journal":
            path.unlink()
        connection = sqlite3.connect(path)
        connection.execute(
            "UPDATE alembic_version SET version_num = '9999'" if wrong == "newer" else "CREATE TABLE t (x)"
        )
        connection.commit()
        connection.close()
    with pytest.raises(JournalError, match=r"j\.bak"):
        put_back(path, journal_file, NOW)
    assert subjects(journal_file, fixed_clock) == ["一"]
    assert not list((tmp_path / "var").glob("*.before-*"))


def test_a_backup_that_cannot_be_written_leaves_the_one_before(
    trail: AuditTrail, journal_file: Journal, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(JournalError, match="没有备份成"):
        back_up(journal_file, tmp_path / "file" / "j.bak")
    with pytest.raises(JournalError, match="没有可备份"):
        back_up(Journal(None, tmp_path / "elsewhere"), tmp_path / "j.bak")


def test_a_server_s_journal_is_backed_up_by_its_own_tools(tmp_path: Path) -> None:
    with own_database() as url:
        journal = Journal(url, tmp_path)
        with pytest.raises(JournalError, match="pg_dump"):
            back_up(journal, tmp_path / "j.bak")
        with pytest.raises(JournalError, match="pg_restore"):
            put_back(tmp_path / "j.bak", journal, NOW)
        journal.close()
