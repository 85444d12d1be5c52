from datetime import datetime, timedelta

import pytest

from qa_service.clock import Clock
from qa_service.journal.audit import AuditTrail
from qa_service.journal.daily_purge import DailyPurge
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.journal.exchange_store import ExchangeStore, Wanted
from qa_service.journal.feedback import Feedback
from qa_service.journal.retention import Purge, Purged, Retention
from qa_service.secret_key import SecretKey
from tests.journal.test_exchanges import answer

KEY = SecretKey(b"k" * 32)


def record(journal: Journal, now: datetime, ages: list[int]) -> None:
    recorder = ExchangeRecorder(journal, KEY)
    for number, age in enumerate(ages):
        at = now - timedelta(days=age)
        recorder.put(Exchange(f"e{number}", None, Channel.API, at, answer(), 1.0))
        recorder.put(Feedback(f"e{number}", at, True))
    recorder.queue.close()


def kept(journal: Journal, clock: Clock) -> set[str]:
    store = ExchangeStore(journal, KEY, AuditTrail(journal, clock))
    return {exchange.id for exchange in store.exchanges(Wanted(), 5000)}


def test_what_is_older_than_it_may_be_is_deleted_with_what_hangs_on_it(journal: Journal, fixed_clock: Clock) -> None:
    record(journal, fixed_clock(), [0, 179, 181, 400])
    AuditTrail(journal, lambda: fixed_clock() - timedelta(days=1200)).note("王", "switch.off", "llm")
    AuditTrail(journal, fixed_clock).note("王", "switch.on", "llm")
    purge = Purge(journal, Retention(exchanges=180, hits=730, audit=1095), fixed_clock)
    assert purge.due() == Purged(exchanges=2, hits=0, audit=1)
    assert kept(journal, fixed_clock) == {"e0", "e1", "e2", "e3"}
    assert purge.run() == Purged(exchanges=2, hits=0, audit=1)
    assert kept(journal, fixed_clock) == {"e0", "e1"}
    assert [entry.action for entry in AuditTrail(journal, fixed_clock).entries()] == ["switch.on"]
    assert not purge.run()


def test_nothing_is_too_old_where_it_is_kept_for_ever(journal: Journal, fixed_clock: Clock) -> None:
    record(journal, fixed_clock(), [4000])
    assert not Purge(journal, Retention(exchanges=0, hits=0, audit=0), fixed_clock).run()
    assert kept(journal, fixed_clock) == {"e0"}


def test_many_rows_are_deleted_a_little_at_a_time(
    journal: Journal, fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_service.journal.retention._AT_ONCE", 7)
    record(journal, fixed_clock(), [200] * 30 + [1])
    assert Purge(journal, Retention(180, 0, 0), fixed_clock).run().exchanges == 30
    assert kept(journal, fixed_clock) == {"e30"}


def test_a_server_purges_by_itself_and_outlives_a_journal_in_trouble(journal: Journal, fixed_clock: Clock) -> None:
    import time

    record(journal, fixed_clock(), [200, 1])
    daily = DailyPurge(Purge(journal, Retention(180, 0, 0), fixed_clock), first_s=0.01, every_s=0.05)
    daily.start()
    deadline = time.monotonic() + 10
    while len(kept(journal, fixed_clock)) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    daily.close()
    assert kept(journal, fixed_clock) == {"e1"}
