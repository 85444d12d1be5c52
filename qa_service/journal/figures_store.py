"""The figures of a period, counted by the database: what is read into memory does not grow with what was asked."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, extract, func, select
from sqlalchemy.orm import Session

from qa_service.answer.curated.likeness import asked_form
from qa_service.answer.models import Status
from qa_service.clock import CHINA
from qa_service.journal.curated_tables import CuratedAnswerRow, CuratedHitRow
from qa_service.journal.database import Journal
from qa_service.journal.exchange_tables import ExchangeCitationRow, ExchangeRow, FeedbackRow
from qa_service.journal.figures import (
    Asked,
    CitedDocument,
    CitedPassage,
    CuratedUse,
    Figures,
    Outcome,
    Remark,
    Totals,
)
from qa_service.journal.latency import Latency, latency_of
from qa_service.journal.period import Period

_WORDINGS = 2000
"""Of how many wordings, the most frequent, the most frequent questions are put together: more would take memory, and a
question is only missed where it is asked in no wording that is among these."""
_PASSAGES = 100
_REMARKS = 50
_CHINA_HOURS = 8
"""How far the clocks of China are ahead of those that the journal is kept by; there is no summer time."""


class FiguresStore:
    """Counts in a journal. Every method raises ``JournalError`` where that cannot be read."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def totals(self, period: Period) -> Totals:
        """Return the sums of a period alone."""
        with self._journal.reading() as session:
            _hold_still(session)
            query = select(ExchangeRow.status, func.count()).where(_in(period)).group_by(ExchangeRow.status)
            return _totals({status: count for status, count in session.execute(query)}, _judged(session, period))  # noqa: C416

    def of(self, period: Period, *, questions: int = 20) -> Figures:
        """Return the figures of a period, all as they were at one moment.

        Args:
            period: the days.
            questions: how many of the most frequent questions at most.
        """
        with self._journal.reading() as session:
            _hold_still(session)
            days = {day: dict.fromkeys((status.value for status in Status), 0) for day in period.days}
            channels: dict[str, Counter[date]] = {}
            outcomes: Counter[tuple[str, str]] = Counter()
            origins: Counter[str] = Counter()
            kinds = (ExchangeRow.day, ExchangeRow.channel, ExchangeRow.status, ExchangeRow.reason, ExchangeRow.origin)
            counted = select(*kinds, func.count()).where(_in(period)).group_by(*kinds)
            for day, channel, status, reason, origin, count in session.execute(counted):
                days[day][status] = days[day].get(status, 0) + count
                channels.setdefault(channel, Counter())[day] += count
                outcomes[status, reason] += count
                origins[origin] += count
            by_status: Counter[str] = Counter()
            for counts in days.values():
                by_status.update(counts)
            judged = _judged(session, period)
            totals = _totals(by_status, judged)
            documents, passages = _cited(session, period)
            return Figures(
                period=period,
                totals=totals,
                days=days,
                channels=dict(sorted(channels.items(), key=lambda item: (-sum(item[1].values()), item[0]))),
                outcomes=tuple(
                    Outcome(*ending, count)
                    for ending, count in sorted(outcomes.items(), key=lambda item: (-item[1], item[0]))
                ),
                origins=_most_first(origins),
                hours=_hours(session, period),
                latency=_latency(session, period, totals.asked),
                documents=documents,
                passages=passages,
                questions=_questions(session, period, questions),
                complaints=_most_first({reason or "": n for (helpful, reason), n in judged.items() if not helpful}),
                remarks=_remarks(session, period),
                curated=_curated(session, period),
                kept_since=session.scalar(select(func.min(ExchangeRow.day))),
            )


def _hold_still(session: Session) -> None:
    """Let the whole reading see one moment, as SQLite does by itself: the sums of the tables are to agree."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _in(period: Period) -> ColumnElement[bool]:
    return ExchangeRow.day.between(period.first, period.last)


def _most_first(counted: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _totals(by_status: Mapping[str, int], judged: Mapping[tuple[bool, str | None], int]) -> Totals:
    helpful = sum(count for (useful, _), count in judged.items() if useful)
    counts = {status.value: by_status.get(status.value, 0) for status in Status}
    return Totals(sum(counts.values()), counts, helpful, sum(judged.values()) - helpful)


def _on_questions_of(period: Period) -> ColumnElement[bool]:
    """Return what holds of the feedback on questions of a period.

    It begins with the feedback of the time, which is little beside what was asked; a judgement comes after its answer,
    and a day is left for clocks that disagree.
    """
    since = datetime.combine(period.first, datetime.min.time(), CHINA) - timedelta(days=1)
    of_period = select(ExchangeRow.id).where(ExchangeRow.id == FeedbackRow.exchange_id, _in(period)).exists()
    return and_(FeedbackRow.at >= since, of_period)


def _judged(session: Session, period: Period) -> Mapping[tuple[bool, str | None], int]:
    kinds = (FeedbackRow.helpful, FeedbackRow.reason)
    query = select(*kinds, func.count()).where(_on_questions_of(period)).group_by(*kinds)
    return {(helpful, reason): count for helpful, reason, count in session.execute(query)}


def _remarks(session: Session, period: Period) -> tuple[Remark, ...]:
    said = select(FeedbackRow).where(
        _on_questions_of(period), FeedbackRow.helpful.is_(False), FeedbackRow.comment != ""
    )
    rows = session.scalars(said.order_by(FeedbackRow.at.desc(), FeedbackRow.exchange_id).limit(_REMARKS)).all()
    of_these = select(ExchangeRow.id, ExchangeRow.question).where(ExchangeRow.id.in_([row.exchange_id for row in rows]))
    asked = {exchange_id: question for exchange_id, question in session.execute(of_these)}  # noqa: C416
    return tuple(Remark(row.at, row.exchange_id, asked[row.exchange_id], row.reason, row.comment) for row in rows)


def _hours(session: Session, period: Period) -> tuple[int, ...]:
    hour = extract("hour", ExchangeRow.at)
    hours = [0] * 24
    for utc, count in session.execute(select(hour, func.count()).where(_in(period)).group_by(hour)):
        hours[(int(utc) + _CHINA_HOURS) % 24] += count
    return tuple(hours)


def _latency(session: Session, period: Period, total: int) -> Latency:
    took = ExchangeRow.elapsed_ms
    query = select(took, func.count()).where(_in(period)).group_by(took).order_by(took)
    with session.execute(query.execution_options(yield_per=1000)) as counted:
        return latency_of(((float(value), count) for value, count in counted), total)


def _cited(session: Session, period: Period) -> tuple[tuple[CitedDocument, ...], tuple[CitedPassage, ...]]:
    """Count citations as they stream by, answer by answer.

    A document counts once an answer, which would take the database several times as long to see.
    """
    cited = ExchangeCitationRow
    query = (
        select(ExchangeRow.id, cited.n, cited.document_id, cited.passage_id)
        .join(cited, cited.exchange_id == ExchangeRow.id)
        .where(_in(period))
        .order_by(ExchangeRow.day, ExchangeRow.id, cited.n)
    )
    answers: Counter[str] = Counter()
    first: Counter[str] = Counter()
    passages: Counter[tuple[str, str]] = Counter()
    answer, seen = "", set[str]()
    with session.execute(query.execution_options(yield_per=2000)) as rows:
        for exchange_id, n, document_id, passage_id in rows:
            if exchange_id != answer:
                answer, seen = exchange_id, set()
            if document_id not in seen:
                seen.add(document_id)
                answers[document_id] += 1
            if n == 1:
                first[document_id] += 1
            passages[document_id, passage_id] += 1
    most = sorted(passages.items(), key=lambda item: (-item[1], item[0][1]))[:_PASSAGES]
    documents = sorted(answers.items(), key=lambda item: (-item[1], item[0]))
    return (
        tuple(CitedDocument(document_id, count, first[document_id]) for document_id, count in documents),
        tuple(CitedPassage(passage_id, document_id, count) for (document_id, passage_id), count in most),
    )


def _questions(session: Session, period: Period, most: int) -> tuple[Asked, ...]:
    """Return the questions asked most often; greetings are none."""
    times = func.count()
    ended = [func.sum(case((ExchangeRow.status == status, 1), else_=0)) for status in Status]
    query = (
        select(ExchangeRow.question, times, *ended)
        .where(_in(period), ExchangeRow.status != Status.SMALLTALK)
        .group_by(ExchangeRow.question)
        .order_by(times.desc(), ExchangeRow.question)
        .limit(_WORDINGS)
    )
    groups: dict[str, list[tuple[str, int, list[int]]]] = {}
    for question, count, *by_status in session.execute(query):
        groups.setdefault(asked_form(question) or question, []).append((question, count, by_status))
    asked = [
        Asked(
            group[0][0],
            sum(count for _, count, _ in group),
            len(group),
            {
                status.value: sum(int(counts[place]) for _, _, counts in group)
                for place, status in enumerate(Status)
                if status is not Status.SMALLTALK
            },
        )
        for group in groups.values()
    ]
    return tuple(sorted(asked, key=lambda one: (-one.times, one.question))[:most])


def _curated(session: Session, period: Period) -> tuple[CuratedUse, ...]:
    exact = func.sum(case((CuratedHitRow.exact.is_(True), 1), else_=0))
    query = (
        select(CuratedHitRow.answer_id, CuratedAnswerRow.question, func.count(), exact)
        .join(CuratedAnswerRow, CuratedAnswerRow.id == CuratedHitRow.answer_id)
        .where(CuratedHitRow.day.between(period.first, period.last))
        .group_by(CuratedHitRow.answer_id, CuratedAnswerRow.question)
        .order_by(func.count().desc(), CuratedHitRow.answer_id)
    )
    return tuple(
        CuratedUse(answer_id, question, int(word_for_word), count - int(word_for_word))
        for answer_id, question, count, word_for_word in session.execute(query)
    )
