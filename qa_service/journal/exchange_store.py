"""What was asked and answered, as staff read it, and as one person may have it shown and erased."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, select
from sqlalchemy.orm import Session

from qa_service.answer.models import Status
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.exchange_recorder import session_pseudonym
from qa_service.journal.exchange_tables import ExchangeCitationRow, ExchangeRow, FeedbackRow
from qa_service.secret_key import SecretKey

_MOST = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody thought of an answer."""

    at: datetime
    helpful: bool
    reason: str | None
    comment: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An exchange as it is kept."""

    id: str
    at: datetime
    channel: str
    question: str
    read_as: str | None
    status: str
    reason: str
    origin: str
    answer: str
    elapsed_ms: float
    passages: tuple[str, ...]
    """Ids of the passages that were cited, in the order of their numbers."""
    feedback: Judgement | None


@dataclass(frozen=True, slots=True)
class DayOfExchanges:
    """What a channel was asked on a day in China."""

    day: date
    channel: str
    asked: int
    by_status: Mapping[str, int]
    helpful: int
    unhelpful: int
    mean_ms: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which exchanges are looked for; an empty part does not restrict."""

    status: str | None = None
    helpful: bool | None = None
    channel: str | None = None
    since: date | None = None
    until: date | None = None
    before: datetime | None = None
    """Only those earlier than this moment: for the next page."""


class ExchangeStore:
    """Exchanges in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, key: SecretKey, audit: AuditTrail) -> None:
        self._journal = journal
        self._key = key
        self._audit = audit

    def exchange(self, exchange_id: str) -> Recorded | None:
        """Return one exchange, None where there is none of this id."""
        with self._journal.reading() as session:
            found = session.get(ExchangeRow, exchange_id)
            return _recorded(session, [found])[0] if found else None

    def exchanges(self, wanted: Wanted, most: int = _MOST) -> tuple[Recorded, ...]:
        """Return exchanges, the latest first.

        Args:
            wanted: which.
            most: how many at most, at least 1.
        """
        query = select(ExchangeRow).order_by(ExchangeRow.at.desc(), ExchangeRow.id).limit(most)
        if wanted.helpful is not None:
            query = query.join(FeedbackRow).where(FeedbackRow.helpful == wanted.helpful)
        with self._journal.reading() as session:
            return _recorded(session, list(session.scalars(_restricted(query, wanted))))

    def numbers(self, since: date, until: date) -> tuple[DayOfExchanges, ...]:
        """Return how much was asked each day from ``since`` to ``until``, both included, by channel."""
        counts = [func.sum(case((ExchangeRow.status == status, 1), else_=0)) for status in Status]
        query = (
            select(
                ExchangeRow.day,
                ExchangeRow.channel,
                func.count(),
                func.avg(ExchangeRow.elapsed_ms),
                func.sum(case((FeedbackRow.helpful.is_(True), 1), else_=0)),
                func.sum(case((FeedbackRow.helpful.is_(False), 1), else_=0)),
                *counts,
            )
            .outerjoin(FeedbackRow)
            .where(ExchangeRow.day.between(since, until))
            .group_by(ExchangeRow.day, ExchangeRow.channel)
            .order_by(ExchangeRow.day, ExchangeRow.channel)
        )
        with self._journal.reading() as session:
            return tuple(
                DayOfExchanges(
                    day,
                    channel,
                    asked,
                    {status.value: int(n) for status, n in zip(Status, by_status, strict=True)},
                    int(helpful),
                    int(unhelpful),
                    float(mean),
                )
                for day, channel, asked, mean, helpful, unhelpful, *by_status in session.execute(query)
            )

    def most_cited(self, since: date, until: date, most: int = 20) -> tuple[tuple[str, int], ...]:
        """Return the documents that answers of these days cite most often, with how many answers do."""
        answers = func.count(ExchangeCitationRow.exchange_id.distinct())
        query = (
            select(ExchangeCitationRow.document_id, answers)
            .join(ExchangeRow)
            .where(ExchangeRow.day.between(since, until))
            .group_by(ExchangeCitationRow.document_id)
            .order_by(answers.desc(), ExchangeCitationRow.document_id)
            .limit(most)
        )
        with self._journal.reading() as session:
            return tuple((document_id, count) for document_id, count in session.execute(query))

    def of_session(self, session_id: str) -> tuple[Recorded, ...]:
        """Return all that is kept of a session, the earliest first."""
        query = (
            select(ExchangeRow)
            .where(ExchangeRow.session == session_pseudonym(self._key, session_id))
            .order_by(ExchangeRow.at, ExchangeRow.id)
        )
        with self._journal.reading() as session:
            return _recorded(session, list(session.scalars(query)))

    def erase_session(self, session_id: str, actor: str) -> int:
        """Erase all that is kept of a session; returns how many exchanges that were.

        The audit trail keeps that it was done, by the session's pseudonym, which leads nobody back to it.
        """
        pseudonym = session_pseudonym(self._key, session_id)
        with self._journal.writing() as session:
            erased = erase(session, ExchangeRow.session == pseudonym)
            if erased:
                self._audit.note_in(session, actor, "session.erase", pseudonym, f"{erased} 条")
            return erased


def erase(session: Session, which: ColumnElement[bool]) -> int:
    """Delete exchanges with what hangs on them; returns how many."""
    ids = select(ExchangeRow.id).where(which)
    session.execute(delete(FeedbackRow).where(FeedbackRow.exchange_id.in_(ids)))
    session.execute(delete(ExchangeCitationRow).where(ExchangeCitationRow.exchange_id.in_(ids)))
    deleted: Any = session.execute(delete(ExchangeRow).where(which))
    return int(deleted.rowcount)


def as_json(recorded: Recorded) -> dict[str, Any]:
    """Return an exchange as JSON takes it, moments as RFC 3339 writes them."""
    plain = asdict(recorded)
    plain["at"] = recorded.at.isoformat()
    if recorded.feedback:
        plain["feedback"]["at"] = recorded.feedback.at.isoformat()
    return plain


def _restricted(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.status is not None:
        query = query.where(ExchangeRow.status == wanted.status)
    if wanted.channel is not None:
        query = query.where(ExchangeRow.channel == wanted.channel)
    if wanted.since is not None:
        query = query.where(ExchangeRow.day >= wanted.since)
    if wanted.until is not None:
        query = query.where(ExchangeRow.day <= wanted.until)
    if wanted.before is not None:
        query = query.where(ExchangeRow.at < wanted.before)
    return query


def _recorded(session: Session, rows: list[ExchangeRow]) -> tuple[Recorded, ...]:
    ids = [row.id for row in rows]
    passages: dict[str, list[str]] = {}
    cited = (
        select(ExchangeCitationRow)
        .where(ExchangeCitationRow.exchange_id.in_(ids))
        .order_by(ExchangeCitationRow.exchange_id, ExchangeCitationRow.n)
    )
    for citation in session.scalars(cited):
        passages.setdefault(citation.exchange_id, []).append(citation.passage_id)
    judged = {
        row.exchange_id: Judgement(row.at, row.helpful, row.reason, row.comment)
        for row in session.scalars(select(FeedbackRow).where(FeedbackRow.exchange_id.in_(ids)))
    }
    return tuple(
        Recorded(
            row.id,
            row.at,
            row.channel,
            row.question,
            row.read_as,
            row.status,
            row.reason,
            row.origin,
            row.answer,
            row.elapsed_ms,
            tuple(passages.get(row.id, ())),
            judged.get(row.id),
        )
        for row in rows
    )
