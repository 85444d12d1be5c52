from datetime import date, datetime, timedelta

import pytest

from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.clock import Clock
from qa_service.errors import GapError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.journal.gap_store import MOST_WORDINGS, GapStore, Outcome
from qa_service.journal.unanswered import UnansweredQuestions
from qa_service.secret_key import SecretKey
from tests.journal.conftest import MakeCurated

GAP = "0" * 16


@pytest.fixture
def gaps(journal: Journal, fixed_clock: Clock) -> GapStore:
    return GapStore(journal, fixed_clock, AuditTrail(journal, fixed_clock))


@pytest.fixture
def recorder(journal: Journal) -> ExchangeRecorder:
    return ExchangeRecorder(journal, SecretKey(b"k" * 32))


def said(
    name: str, clock: Clock, status: Status, reason: Reason, *, minutes: float = 0, session: str | None = None
) -> Exchange:
    answer = Answer(f"问题{name}", status, reason, "……", origin=Origin.EXTRACTED)
    return Exchange(name, session, Channel.PAGE, clock() + timedelta(minutes=minutes), answer, 1.0)


def test_a_decision_is_kept_with_who_made_it_and_noted(gaps: GapStore, journal: Journal, fixed_clock: Clock) -> None:
    made = gaps.decide(GAP, "问什么", ["问什么", "问啥"], Outcome.OUT_OF_SCOPE, "张三", " 归社保管 ")
    assert gaps.standing() == (made,)
    assert (made.wordings, made.comment, made.by, made.at) == (("问什么", "问啥"), "归社保管", "张三", fixed_clock())
    entry = AuditTrail(journal, fixed_clock).entries()[0]
    assert (entry.actor, entry.action, entry.subject, entry.comment) == (
        "张三",
        "gap.out_of_scope",
        GAP,
        "问什么；归社保管",
    )


def test_a_decision_is_undone_and_stays_to_be_seen(gaps: GapStore, journal: Journal, fixed_clock: Clock) -> None:
    gaps.decide(GAP, "问什么", [], Outcome.NOISE, "张三")
    undone = gaps.undo(GAP, "李四", "看错了")
    assert (undone.undone_by, undone.undone_at) == ("李四", fixed_clock())
    assert gaps.standing() == ()
    assert gaps.history([GAP]) == (undone,)
    assert AuditTrail(journal, fixed_clock).entries()[0].action == "gap.undo"
    with pytest.raises(GapError, match="不用撤销"):
        gaps.undo(GAP, "李四")


def test_a_second_decision_takes_the_place_of_the_first(gaps: GapStore) -> None:
    gaps.decide(GAP, "问什么", [], Outcome.NOISE, "张三")
    second = gaps.decide(GAP, "问什么", [], Outcome.NEEDS_DOCUMENT, "李四", "缺《某办法》")
    assert gaps.standing() == (second,)
    assert [decision.outcome for decision in gaps.history([GAP])] == [Outcome.NOISE, Outcome.NEEDS_DOCUMENT]


def test_an_outcome_wants_what_belongs_to_it(gaps: GapStore, store: CuratedStore, make_curated: MakeCurated) -> None:
    for outcome, comment, curated_id, fault in (
        (Outcome.NEEDS_DOCUMENT, "  ", None, "缺哪份文件"),
        (Outcome.ANSWERED, "", None, "curated_id"),
        (Outcome.NOISE, "", "c-1", "curated_id"),
        (Outcome.ANSWERED, "", "c-1", "没有编号为 'c-1'"),
    ):
        with pytest.raises(GapError, match=fault):
            gaps.decide(GAP, "问什么", [], outcome, "张三", comment, curated_id)
    assert gaps.history([GAP]) == ()
    store.add(make_curated(), "张三")
    assert gaps.decide(GAP, "问什么", [], Outcome.ANSWERED, "张三", "", "c-1").curated_id == "c-1"


def test_no_more_wordings_are_kept_than_tell_what_is_asked(gaps: GapStore) -> None:
    made = gaps.decide(GAP, "问", [f"问{n}" for n in range(500)], Outcome.NOISE, "张三")
    assert len(made.wordings) == MOST_WORDINGS
    assert made.wordings[0] == "问"


def test_what_was_not_answered_is_found_and_what_is_no_gap_is_not(
    journal: Journal, recorder: ExchangeRecorder, fixed_clock: Clock
) -> None:
    no_answer, related, clarify, answered = Status.NO_ANSWER, Status.RELATED, Status.CLARIFY, Status.ANSWERED
    for exchange in (
        said("a", fixed_clock, no_answer, Reason.NO_EVIDENCE),
        said("b", fixed_clock, related, Reason.AMOUNT_NOT_STATED, minutes=1),
        said("liked", fixed_clock, related, Reason.NOT_STATED, minutes=2),
        said("disliked", fixed_clock, answered, Reason.COMPLETE, minutes=3),
        said("fine", fixed_clock, answered, Reason.COMPLETE, minutes=4),
        said("attack", fixed_clock, no_answer, Reason.ADVERSARIAL, minutes=5),
        said("hanging", fixed_clock, clarify, Reason.PARTIAL, minutes=6, session="s1"),
        said("taken up", fixed_clock, clarify, Reason.PARTIAL, minutes=7, session="s2"),
        said("choice", fixed_clock, answered, Reason.COMPLETE, minutes=8, session="s2"),
        said("long ago", fixed_clock, no_answer, Reason.NO_EVIDENCE, minutes=-60 * 24 * 9),
    ):
        recorder.put(exchange)
    recorder.put(Feedback("liked", fixed_clock(), True))
    recorder.put(Feedback("disliked", fixed_clock(), False, Complaint.OUTDATED, "去年的"))
    recorder.queue.close()
    day = date(2026, 7, 1)
    found, cut = UnansweredQuestions(journal).between(day - timedelta(days=1), day)
    assert [question.id for question in found] == ["a", "b", "disliked", "hanging"]
    assert not cut
    assert (found[2].disliked, found[2].complaint, found[2].comment) == (True, "outdated", "去年的")
    latest, cut = UnansweredQuestions(journal).between(day, day, most=3)
    assert [question.id for question in latest] == ["disliked", "hanging"]
    assert cut
    assert UnansweredQuestions(journal).answers(("a",)) == {"a": ("……", ())}
    assert isinstance(found[0].at, datetime)
