import logging
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from qa_service.answer.curated.answers import CuratedAnswer, CuratedHit
from qa_service.clock import Clock
from qa_service.journal.curated_store import CuratedStore, DayOfHits
from qa_service.journal.curated_tables import CuratedHitRow
from qa_service.journal.database import Journal
from qa_service.journal.hit_writer import HitWriter
from tests.databases import in_a_file

MakeCurated = Callable[..., CuratedAnswer]

HIT = CuratedHit("c-1", 0.8, exact=False)


@pytest.fixture
def kept(store: CuratedStore, make_curated: MakeCurated) -> CuratedStore:
    """A store with the answer that is given."""
    store.add(make_curated(), "甲")
    return store


def test_hits_are_written_with_their_day_in_china_and_nothing_of_what_was_asked(
    kept: CuratedStore, journal: Journal
) -> None:
    moments = iter([datetime(2026, 7, 1, 15, 59, tzinfo=UTC)] * 2 + [datetime(2026, 7, 1, 16, 1, tzinfo=UTC)] * 2)
    writer = HitWriter(journal, lambda: next(moments))
    writer.put(HIT)
    writer.put(CuratedHit("c-1", 1.0, exact=True))
    writer.queue.close()
    assert kept.hits() == {"c-1": 2}
    assert kept.hits_by_day("c-1") == (DayOfHits(date(2026, 7, 1), 0, 1), DayOfHits(date(2026, 7, 2), 1, 0))
    assert set(CuratedHitRow.__table__.columns.keys()) == {"id", "answer_id", "at", "day", "similarity", "exact"}
    with journal.reading() as session:
        assert session.scalars(select(CuratedHitRow.at)).first() == datetime(2026, 7, 1, 15, 59, tzinfo=UTC)


def test_threads_that_count_at_once_lose_nothing(kept: CuratedStore, journal: Journal, fixed_clock: Clock) -> None:
    writer = HitWriter(journal, fixed_clock)
    threads = [Thread(target=lambda: [writer.put(HIT) for _ in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.queue.close(20)
    assert (kept.hits(), writer.queue.dropped) == ({"c-1": 400}, 0)


def test_after_closing_the_next_hit_starts_again(kept: CuratedStore, journal: Journal, fixed_clock: Clock) -> None:
    writer = HitWriter(journal, fixed_clock)
    for _ in range(2):
        writer.put(HIT)
        writer.queue.close()
    assert kept.hits() == {"c-1": 2}


@in_a_file
def test_a_locked_journal_delays_no_answer_and_what_does_not_fit_is_dropped_and_said_once(
    kept: CuratedStore, tmp_path: Path, fixed_clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    holder = sqlite3.connect(tmp_path / "var" / "journal.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    writer = HitWriter(Journal(None, tmp_path / "var", patience_s=0.2), fixed_clock, longest=10)
    with caplog.at_level(logging.WARNING):
        began = time.perf_counter()
        for _ in range(500):
            writer.put(HIT)
        assert time.perf_counter() - began < 0.15
        assert writer.queue.dropped >= 400
        writer.queue.close(5)
    holder.execute("ROLLBACK")
    holder.close()
    assert writer.queue.dropped == 500
    assert len(caplog.records) == 1
    writer.put(HIT)
    writer.queue.close()
    assert kept.hits() == {"c-1": 1}


@pytest.mark.parametrize("damage", [b"no database" * 500, None])
def test_a_journal_that_cannot_be_written_costs_hits_and_no_answer(
    journal: Journal, tmp_path: Path, fixed_clock: Clock, damage: bytes | None
) -> None:
    if damage:
        (tmp_path / "var").mkdir()
        (tmp_path / "var" / "journal.db").write_bytes(damage)
    writer = HitWriter(journal, fixed_clock)
    writer.put(HIT)  # without the damage there is no such answer: the database refuses
    writer.queue.close()
    assert writer.queue.dropped == 1


@in_a_file
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_process_killed_while_it_writes_leaves_a_journal_that_can_be_read(kept: CuratedStore, tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from qa_service.answer.curated.answers import CuratedHit
from qa_service.clock import china_clock
from qa_service.journal.database import Journal
from qa_service.journal.hit_writer import HitWriter

writer = HitWriter(Journal(None, Path(sys.argv[1])), china_clock)
print("ready", flush=True)
while True:
    writer.put(CuratedHit("c-1", 1.0, exact=True))
"""
    seen = 0
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "var")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(1.0)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process.stdout.close()
        now = kept.hits().get("c-1", 0)
        assert now > seen
        seen = now
        plain = sqlite3.connect(tmp_path / "var" / "journal.db")
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plain.close()
    kept.withdraw("c-1", "甲")
