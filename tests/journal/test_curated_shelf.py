import logging
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qa_service.answer.curated.answers import CuratedAnswer, CuratedHit
from qa_service.clock import Clock
from qa_service.journal.curated_shelf import CuratedShelf
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import Journal
from qa_service.journal.hit_writer import HitWriter
from tests.clocks import Seconds
from tests.databases import in_a_file

MakeCurated = Callable[..., CuratedAnswer]


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def shelf(journal: Journal, store: CuratedStore, fixed_clock: Clock, seconds: Seconds) -> CuratedShelf:
    return CuratedShelf(journal, store, HitWriter(journal, fixed_clock), seconds)


@in_a_file
def test_without_a_journal_there_are_no_answers_and_none_is_made(shelf: CuratedShelf, journal: Journal) -> None:
    assert shelf.active() == ()
    assert not journal.exists()


def test_a_change_is_seen_after_a_few_seconds_and_not_looked_for_sooner(
    shelf: CuratedShelf, store: CuratedStore, seconds: Seconds, make_curated: MakeCurated
) -> None:
    assert shelf.active() == ()
    store.add(make_curated(), "甲")
    assert shelf.active() == ()
    seconds.now += 3
    (answer,) = shelf.active()
    assert answer == make_curated()
    seconds.now += 3
    assert shelf.active() is shelf.active()
    store.withdraw("c-1", "甲")
    seconds.now += 3
    assert shelf.active() == ()


def test_the_same_object_is_returned_as_long_as_nothing_changes(
    shelf: CuratedShelf, store: CuratedStore, seconds: Seconds, make_curated: MakeCurated
) -> None:
    store.add(make_curated(), "甲")
    before = shelf.active()
    seconds.now += 60
    assert shelf.active() is before


def test_hits_are_counted(shelf: CuratedShelf, store: CuratedStore, make_curated: MakeCurated) -> None:
    store.add(make_curated(), "甲")
    shelf.count(CuratedHit("c-1", 1.0, exact=True))
    shelf.writer.close()
    assert store.hits() == {"c-1": 1}


@in_a_file
def test_a_journal_that_goes_bad_leaves_the_answers_read_last_and_is_said_once(
    shelf: CuratedShelf,
    store: CuratedStore,
    seconds: Seconds,
    tmp_path: Path,
    make_curated: MakeCurated,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store.add(make_curated(), "甲")
    before = shelf.active()
    assert len(before) == 1
    for name in ("journal.db-wal", "journal.db-shm"):
        (tmp_path / "var" / name).unlink(missing_ok=True)
    (tmp_path / "var" / "journal.db").write_bytes(b"no database" * 1000)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            seconds.now += 60
            assert shelf.active() is before
    assert len(caplog.records) == 1
    assert "journal.db" in caplog.text


def test_a_locked_journal_holds_up_one_answer_a_little_and_the_next_not_at_all(
    store: CuratedStore, tmp_path: Path, fixed_clock: Clock, make_curated: MakeCurated
) -> None:
    store.add(make_curated(), "甲")
    holder = sqlite3.connect(tmp_path / "var" / "journal.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")  # without the log, who writes keeps out who reads
    holder.execute("BEGIN EXCLUSIVE")
    journal = Journal(None, tmp_path / "var", patience_s=0.1)
    shelf = CuratedShelf(journal, CuratedStore(journal, fixed_clock), HitWriter(journal, fixed_clock))
    began = time.perf_counter()
    assert [shelf.active() for _ in range(100)] == [()] * 100
    assert time.perf_counter() - began < 2
    holder.execute("ROLLBACK")
    holder.close()


@in_a_file
def test_another_process_sees_what_this_one_adds(
    store: CuratedStore, tmp_path: Path, make_curated: MakeCurated
) -> None:
    code = """
import sys, time
from pathlib import Path
from qa_service.clock import china_clock
from qa_service.journal.curated_shelf import CuratedShelf
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import Journal
from qa_service.journal.hit_writer import HitWriter

journal = Journal(None, Path(sys.argv[1]))
shelf = CuratedShelf(journal, CuratedStore(journal, china_clock), HitWriter(journal, china_clock))
print(len(shelf.active()), flush=True)
for _ in range(100):
    if shelf.active():
        break
    time.sleep(0.1)
print(shelf.active()[0].text, flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", code, str(tmp_path / "var")],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "0\n"
        store.add(make_curated(), "甲")
        assert process.stdout.readline() == f"{make_curated().text}\n"
        assert process.wait(20) == 0
