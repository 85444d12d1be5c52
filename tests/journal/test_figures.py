"""What a period comes to, against the same counted by hand; on each database."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import insert

from qa_service.answer.curated.answers import CuratedHit
from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.clock import CHINA, Clock
from qa_service.corpus.library import Library
from qa_service.corpus.passages import passages_of
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_tables import ExchangeCitationRow
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.journal.figures_store import FiguresStore
from qa_service.journal.hit_writer import HitWriter
from qa_service.journal.period import Period
from tests.journal.conftest import MakeCurated
from tests.made_up import exchanges, write

END = datetime(2026, 7, 1, 20, tzinfo=CHINA)
MONTH = Period(date(2026, 6, 2), date(2026, 7, 1))


def asked(exchange_id: str, at: datetime, question: str = "年费多少", status: Status = Status.ANSWERED) -> Exchange:
    answer = Answer(question, status, Reason.COMPLETE, "。", origin=Origin.EXTRACTED)
    return Exchange(exchange_id, None, Channel.API, at, answer, 5.0)


@pytest.fixture
def figures(journal: Journal) -> FiguresStore:
    return FiguresStore(journal)


def test_a_journal_without_anything_comes_to_nothing(figures: FiguresStore) -> None:
    none = figures.of(MONTH)
    assert (none.totals.asked, none.kept_since, none.latency.p50) == (0, None, None)
    assert list(none.days) == list(MONTH.days)
    assert sum(none.hours) == 0
    assert none.totals.grounded.rate is None


def test_the_tables_agree_with_each_other_and_with_what_was_asked(
    journal: Journal, figures: FiguresStore, tiny_library: Library
) -> None:
    passages = [passage for document in tiny_library.documents.values() for passage in passages_of(document, len)]
    made = list(exchanges(700, END, 50, tiny_library, passages))
    write(journal, made)
    kept = [one for one in made if isinstance(one, Exchange)]
    mine = [one for one in kept if MONTH.first <= one.at.astimezone(CHINA).date() <= MONTH.last]
    said = {one.exchange_id: one for one in made if isinstance(one, Feedback)}
    judged = [said[one.id] for one in mine if one.id in said]
    assert 0 < len(mine) < len(kept)

    found = figures.of(MONTH, questions=1000)
    totals = found.totals
    assert totals == figures.totals(MONTH)
    assert totals.asked == len(mine)
    assert totals.asked == sum(sum(counts.values()) for counts in found.days.values())
    assert totals.asked == sum(sum(by_day.values()) for by_day in found.channels.values())
    assert totals.asked == sum(one.asked for one in found.outcomes) == sum(found.origins.values()) == sum(found.hours)
    assert totals.asked == found.latency.count == sum(found.latency.bins)
    assert totals.seeking == sum(one.times for one in found.questions)
    assert totals.by_status == {s.value: sum(one.answer.status is s for one in mine) for s in Status}
    assert totals.helpful == sum(one.helpful for one in judged)
    assert totals.unhelpful == sum(found.complaints.values()) == sum(not one.helpful for one in judged)
    assert len(found.remarks) == sum(bool(one.comment) and not one.helpful for one in judged)
    assert all("13912345678" not in remark.comment for remark in found.remarks)

    hours = Counter(one.at.astimezone(CHINA).hour for one in mine)
    assert found.hours == tuple(hours[hour] for hour in range(24))
    took = [one.elapsed_ms for one in mine]
    for percentile, value in ((50, found.latency.p50), (90, found.latency.p90), (99, found.latency.p99)):
        assert value == np.percentile(took, percentile, method="inverted_cdf")

    documents = Counter(d for one in mine for d in {c.document.id for c in one.answer.citations})
    assert {one.document_id: one.answers for one in found.documents} == documents
    first = Counter(one.answer.citations[0].document.id for one in mine if one.answer.citations)
    assert {one.document_id: one.first for one in found.documents} == {d: first[d] for d in documents}
    cited = Counter(c.passage.id for one in mine for c in one.answer.citations)
    assert {one.passage_id: one.answers for one in found.passages} == cited
    assert found.kept_since == min(one.at.astimezone(CHINA).date() for one in kept)


def test_days_begin_at_midnight_in_china(journal: Journal, figures: FiguresStore) -> None:
    midnight = datetime(2026, 7, 1, 0, tzinfo=CHINA)
    write(
        journal,
        [
            asked("a", midnight - timedelta(milliseconds=1)),
            asked("b", midnight),
            asked("c", midnight + timedelta(hours=8)),
            asked("d", midnight + timedelta(days=1)),
        ],
    )
    day = figures.of(Period(date(2026, 7, 1), date(2026, 7, 1)))
    assert day.totals.asked == 2
    assert (day.hours[0], day.hours[8]) == (1, 1)
    assert figures.of(Period(date(2026, 6, 30), date(2026, 6, 30))).hours[23] == 1


def test_days_without_a_question_are_there_with_zeros(journal: Journal, figures: FiguresStore) -> None:
    write(journal, [asked("a", END), asked("b", END - timedelta(days=20))])
    found = figures.of(MONTH)
    assert len(found.days) == 30
    assert [sum(counts.values()) for counts in found.days.values()].count(0) == 28


def test_questions_that_differ_in_typing_alone_are_one(journal: Journal, figures: FiguresStore) -> None:
    typed = ["发明专利年费多少？", "请问发明专利年费多少", "发明专利 年费多少?", "发明专利年费多少？", "商标续展多久"]
    write(journal, [asked(f"q{n}", END, question) for n, question in enumerate(typed)])
    write(journal, [asked("hi", END, "你好", Status.SMALLTALK), asked("h2", END, "？？")])
    first, *others = figures.of(MONTH).questions
    assert (first.question, first.times, first.wordings) == ("发明专利年费多少？", 4, 3)
    assert first.by_status["answered"] == 4
    assert sorted(one.question for one in others) == ["商标续展多久", "？？"]
    assert len(figures.of(MONTH, questions=1).questions) == 1


def test_a_judgement_counts_for_the_day_of_the_question(journal: Journal, figures: FiguresStore) -> None:
    late = END + timedelta(days=40)
    write(journal, [asked("a", END), Feedback("a", late, False, Complaint.WRONG, "不对"), asked("b", late)])
    assert figures.of(MONTH).complaints == {"wrong": 1}
    assert figures.of(Period(late.date(), late.date())).totals.unhelpful == 0
    assert [remark.exchange_id for remark in figures.of(MONTH).remarks] == ["a"]


def test_a_document_that_an_answer_cites_twice_counts_once(journal: Journal, figures: FiguresStore) -> None:
    write(journal, [asked("a", END)])
    rows = [
        {"exchange_id": "a", "n": n, "document_id": document, "passage_id": f"{document}#{n}"}
        for n, document in enumerate(("law", "plan", "law", "law"), 1)
    ]
    with journal.writing() as session:
        session.execute(insert(ExchangeCitationRow), rows)
    law, plan = figures.of(MONTH).documents
    assert (law.document_id, law.answers, law.first) == ("law", 1, 1)
    assert (plan.document_id, plan.answers, plan.first) == ("plan", 1, 0)


def test_curated_answers_are_counted_by_how_close_the_question_was(
    journal: Journal, figures: FiguresStore, store: CuratedStore, make_curated: MakeCurated, fixed_clock: Clock
) -> None:
    store.add(make_curated(), "张三")
    writer = HitWriter(journal, fixed_clock)
    for similarity, exact in ((1.0, True), (0.9, False), (0.91, False)):
        writer.put(CuratedHit("c-1", similarity, exact))
    writer.queue.close()
    (use,) = figures.of(MONTH).curated
    assert (use.answer_id, use.question, use.exact, use.alike) == ("c-1", "专利年费多少", 1, 2)
    assert figures.of(Period(date(2026, 5, 1), date(2026, 5, 2))).curated == ()


def test_an_answer_may_take_no_time_at_all(journal: Journal, figures: FiguresStore) -> None:
    write(journal, [replace(asked("a", END), elapsed_ms=0.0)])
    assert figures.of(MONTH).latency.p50 == 0.0
