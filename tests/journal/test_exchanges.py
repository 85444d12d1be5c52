"""What was asked and answered: recorded, read, shown to whom it belongs, erased."""

import logging
import resource
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from qa_service.answer.models import Answer, Citation, Origin, Reason, Status
from qa_service.clock import Clock
from qa_service.corpus.library import Library
from qa_service.corpus.passages import passages_of
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder, address_pseudonym
from qa_service.journal.exchange_store import ExchangeStore, Wanted, as_json
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.secret_key import SecretKey
from tests.databases import in_a_file

KEY = SecretKey(b"k" * 32)
AT = datetime(2026, 7, 1, 15, 59, tzinfo=UTC)


def answer(question: str = "专利资助多少", status: Status = Status.ANSWERED) -> Answer:
    return Answer(question, status, Reason.COMPLETE, "每件一万元。[1]", origin=Origin.EXTRACTED)


def exchange(exchange_id: str, **fields: object) -> Exchange:
    made: dict[str, object] = {
        "id": exchange_id,
        "session_id": "s-1",
        "channel": Channel.API,
        "at": AT,
        "answer": answer(),
        "elapsed_ms": 6.25,
        "address": "203.0.113.77",
    }
    return Exchange(**{**made, **fields})  # type: ignore[arg-type]


@pytest.fixture
def recorder(journal: Journal) -> ExchangeRecorder:
    return ExchangeRecorder(journal, KEY)


@pytest.fixture
def store(journal: Journal, fixed_clock: Clock) -> ExchangeStore:
    return ExchangeStore(journal, KEY, AuditTrail(journal, fixed_clock))


def test_an_exchange_is_kept_with_what_it_cites(
    recorder: ExchangeRecorder, store: ExchangeStore, tiny_library: Library
) -> None:
    document = tiny_library["test-law"]
    passage = next(passage for passage in passages_of(document, len) if passage.location == "第三条")
    cited = Citation(1, passage, document, tiny_library.validity("test-law", AT.date()), (), None, 0.9)
    recorder.put(exchange("a", answer=replace(answer(), citations=(cited,), interpreted="发明专利资助多少")))
    recorder.queue.close()
    kept = store.exchange("a")
    assert kept
    assert (kept.question, kept.read_as, kept.answer) == ("专利资助多少", "发明专利资助多少", "每件一万元。[1]")
    assert (kept.status, kept.reason, kept.origin, kept.channel) == ("answered", "complete", "extracted", "api")
    assert (kept.at, kept.elapsed_ms, kept.feedback) == (AT, 6.25, None)
    assert kept.passages == ("test-law#第三条",)
    assert store.exchange("b") is None


def test_nothing_of_who_asked_is_kept(recorder: ExchangeRecorder, journal: Journal) -> None:
    recorder.put(exchange("a", answer=answer("我的电话13912345678，专利资助多少"), session_id="a-long-session-id"))
    recorder.put(Feedback("a", AT, False, Complaint.WRONG, "打13912345678给我"))
    recorder.queue.close()
    with journal.reading() as session:
        kept = str(session.execute(text("SELECT * FROM exchange")).all())
        kept += str(session.execute(text("SELECT * FROM feedback")).all())
    assert "〔手机号〕，专利资助多少" in kept
    assert "打〔手机号〕给我" in kept
    for told in ("13912345678", "a-long-session-id", "203.0.113"):
        assert told not in kept


def test_addresses_of_one_network_have_one_short_pseudonym() -> None:
    assert address_pseudonym(KEY, "203.0.113.1") == address_pseudonym(KEY, "203.0.113.200")
    assert address_pseudonym(KEY, "203.0.113.1") == address_pseudonym(KEY, "::ffff:203.0.113.9")
    assert address_pseudonym(KEY, "203.0.113.1") != address_pseudonym(KEY, "203.0.114.1")
    assert address_pseudonym(KEY, "2001:db8:1::1") == address_pseudonym(KEY, "2001:db8:1:ffff::2%eth0")
    assert address_pseudonym(KEY, "2001:db8:1::1") != address_pseudonym(KEY, "2001:db8:2::1")
    assert len(address_pseudonym(KEY, "testclient")) == 12


def test_text_that_no_database_takes_is_kept_without_what_it_does_not_take(
    recorder: ExchangeRecorder, store: ExchangeStore
) -> None:
    recorder.put(exchange("a", answer=answer("专利\x00资\ud800助")))
    recorder.queue.close()
    assert recorder.queue.dropped == 0
    kept = store.exchange("a")
    assert kept
    assert kept.question == "专利资助"


def test_feedback_is_on_its_exchange_and_the_last_word_counts(recorder: ExchangeRecorder, store: ExchangeStore) -> None:
    recorder.put(exchange("a"))
    recorder.put(Feedback("a", AT, True))
    recorder.put(Feedback("a", AT, False, Complaint.OUTDATED, "标准变了"))
    recorder.put(Feedback("nobody asked this", AT, True))
    recorder.queue.close()
    recorder.put(Feedback("a", AT, False, Complaint.WRONG, "数不对"))
    recorder.queue.close()
    kept = store.exchange("a")
    assert kept
    assert kept.feedback
    assert (kept.feedback.helpful, kept.feedback.reason, kept.feedback.comment) == (False, "wrong", "数不对")
    assert recorder.queue.dropped == 0


def test_exchanges_are_found_by_how_they_ended_and_page_by_page(
    recorder: ExchangeRecorder, store: ExchangeStore
) -> None:
    for number in range(6):
        status = Status.NO_ANSWER if number % 2 else Status.ANSWERED
        recorder.put(exchange(f"e{number}", at=AT + timedelta(minutes=number), answer=answer(status=status)))
    recorder.put(Feedback("e0", AT, False))
    recorder.put(Feedback("e2", AT, True))
    recorder.queue.close()

    def ids(wanted: Wanted, most: int = 10) -> list[str]:
        return [kept.id for kept in store.exchanges(wanted, most)]

    assert ids(Wanted()) == ["e5", "e4", "e3", "e2", "e1", "e0"]
    assert ids(Wanted(status="no_answer"), 2) == ["e5", "e3"]
    assert ids(Wanted(status="no_answer", before=AT + timedelta(minutes=3))) == ["e1"]
    assert ids(Wanted(helpful=False)) == ["e0"]
    assert ids(Wanted(channel="mcp")) == []
    assert ids(Wanted(since=date(2026, 7, 2))) == ["e5", "e4", "e3", "e2", "e1"]
    assert ids(Wanted(until=date(2026, 7, 1))) == ["e0"]


def test_the_numbers_of_a_day_are_those_of_a_day_in_china(recorder: ExchangeRecorder, store: ExchangeStore) -> None:
    recorder.put(exchange("a"))
    recorder.put(exchange("b", at=AT + timedelta(minutes=2), answer=answer(status=Status.RELATED), elapsed_ms=2))
    recorder.put(exchange("c", at=AT + timedelta(minutes=2), elapsed_ms=4))
    recorder.put(exchange("d", at=AT + timedelta(minutes=2), channel=Channel.MCP))
    recorder.put(Feedback("b", AT, False))
    recorder.put(Feedback("c", AT, True))
    recorder.queue.close()
    days = store.numbers(date(2026, 7, 1), date(2026, 7, 2))
    assert [(day.day.day, day.channel, day.asked) for day in days] == [(1, "api", 1), (2, "api", 2), (2, "mcp", 1)]
    second = days[1]
    assert (second.by_status["answered"], second.by_status["related"], second.by_status["no_answer"]) == (1, 1, 0)
    assert (second.helpful, second.unhelpful, second.mean_ms) == (1, 1, 3.0)
    assert store.numbers(date(2026, 8, 1), date(2026, 8, 2)) == ()


def test_a_person_sees_all_that_is_kept_of_a_session_and_may_have_it_erased(
    recorder: ExchangeRecorder, store: ExchangeStore, journal: Journal, fixed_clock: Clock
) -> None:
    recorder.put(exchange("a"))
    recorder.put(exchange("b", at=AT + timedelta(minutes=1)))
    recorder.put(exchange("c", session_id="s-2"))
    recorder.put(Feedback("a", AT, True))
    recorder.queue.close()
    shown = store.of_session("s-1")
    assert [as_json(kept)["id"] for kept in shown] == ["a", "b"]
    assert as_json(shown[0])["feedback"]["at"] == AT.isoformat()
    assert store.erase_session("s-1", "王") == 2
    assert store.of_session("s-1") == ()
    assert [kept.id for kept in store.of_session("s-2")] == ["c"]
    (entry,) = AuditTrail(journal, fixed_clock).entries()
    assert (entry.actor, entry.action, entry.comment) == ("王", "session.erase", "2 条")
    assert "s-1" not in entry.subject
    recorder.put(Feedback("a", AT, True))
    recorder.queue.close()
    with journal.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM feedback")) == 0


@in_a_file
@pytest.mark.parametrize("damage", ["locked", "corrupt", "gone", "full"])
def test_a_journal_in_trouble_costs_records_and_is_told_once_and_mended_by_itself(
    damage: str,
    journal: Journal,
    recorder: ExchangeRecorder,
    store: ExchangeStore,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorder.put(exchange("before"))
    recorder.queue.close()
    assert journal.file
    impatient = Journal(None, tmp_path / "var", patience_s=0.1)
    recorder = ExchangeRecorder(impatient, KEY)
    before_full = resource.getrlimit(resource.RLIMIT_FSIZE)
    whole = journal.file.read_bytes()
    holder = sqlite3.connect(journal.file, isolation_level=None)
    if damage == "locked":
        holder.execute("BEGIN EXCLUSIVE")
    elif damage == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before_full[1]))
    elif damage == "corrupt":
        holder.close()
        journal.file.write_bytes(b"damaged " * 4000)
    else:
        holder.close()
        journal.file.unlink()
        journal.file.mkdir()
    with caplog.at_level(logging.WARNING):
        for number in range(40):
            recorder.put(exchange(f"lost{number}", answer=replace(answer(), text="字" * 3000)))
            time.sleep(0.002)
        recorder.queue.close(10)
    assert recorder.queue.dropped > 0
    told = sum("exchanges" in record.message for record in caplog.records)
    assert told == 1 or (damage == "full" and told < 5)  # on a full disk a smaller record may still find room
    if damage == "locked":
        holder.execute("ROLLBACK")
    holder.close()
    if damage == "gone":
        journal.file.rmdir()
    if damage in {"corrupt", "gone"}:
        journal.file.write_bytes(whole)
    resource.setrlimit(resource.RLIMIT_FSIZE, before_full)
    recorder.put(exchange("after"))
    recorder.queue.close()
    assert store.exchange("before")
    assert store.exchange("after")
