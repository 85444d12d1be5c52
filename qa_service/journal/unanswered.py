"""The questions that were not answered, or not to anybody's use, as the journal keeps them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, and_, or_, select

from qa_service.answer.curated.likeness import asked_form
from qa_service.answer.models import Reason, Status
from qa_service.journal.database import Journal
from qa_service.journal.exchange_tables import ExchangeCitationRow, ExchangeRow, FeedbackRow

MOST = 20_000
"""Exchanges that are looked at in one go."""
_NO_GAP = (Reason.EMPTY, Reason.ADVERSARIAL, Reason.SWITCHED_OFF)
"""Nothing was asked, or nothing that a text could answer, or answering was switched off."""
_COLUMNS = (
    ExchangeRow.id,
    ExchangeRow.at,
    ExchangeRow.channel,
    ExchangeRow.question,
    ExchangeRow.read_as,
    ExchangeRow.status,
    ExchangeRow.reason,
    ExchangeRow.session,
    FeedbackRow.helpful,
    FeedbackRow.reason.label("complaint"),
    FeedbackRow.comment,
)
_HANGING = timedelta(minutes=30)
"""Within which somebody who means to will answer a question back."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question whose asker went away without what was asked for."""

    id: str
    at: datetime
    channel: str
    question: str
    """As it was understood: a follow-up as the whole question that it is."""
    form: str
    """What is the same of questions that differ only in how they are typed."""
    typed: str
    status: str
    reason: str
    disliked: bool
    complaint: str | None
    """Why the answer did not help, where somebody said so."""
    comment: str


class UnansweredQuestions:
    """Reads them. Every method raises ``JournalError`` where the journal cannot be read."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def between(self, since: date, until: date, most: int = MOST) -> tuple[tuple[Unanswered, ...], bool]:
        """Return those of the days from ``since`` to ``until``, both included, the earliest first.

        Not answered is what ended in no answer or beside the question, a question back that nobody took up, and
        whatever somebody said did not help; not what somebody said did help.

        Args:
            since: the first day, in China.
            until: the last one.
            most: how many are looked at, at least 1: the latest.

        Returns:
            The questions, and whether there are more than ``most``.
        """
        missed = and_(
            ExchangeRow.status.in_((Status.NO_ANSWER, Status.RELATED, Status.CLARIFY)),
            ExchangeRow.reason.not_in(_NO_GAP),
            or_(FeedbackRow.helpful.is_(None), FeedbackRow.helpful.is_(False)),
        )
        query = (
            select(*_COLUMNS)
            .select_from(ExchangeRow)
            .outerjoin(FeedbackRow)
            .where(ExchangeRow.day.between(since, until), or_(missed, FeedbackRow.helpful.is_(False)))
            .order_by(ExchangeRow.at.desc(), ExchangeRow.id.desc())
            .limit(most + 1)
        )
        with self._journal.reading() as session:
            rows = session.execute(query).all()
            asked_back = {row.session for row in rows if row.status == Status.CLARIFY and row.session}
            moments = select(ExchangeRow.session, ExchangeRow.at, ExchangeRow.id).where(
                ExchangeRow.session.in_(asked_back)
            )
            taken_up = _taken_up([(s, at, i) for s, at, i in session.execute(moments) if s]) if asked_back else set()
        kept = [
            _unanswered(row)
            for row in rows[:most]
            if row.id not in taken_up or row.status != Status.CLARIFY or row.helpful is False
        ]
        return tuple(reversed(kept)), len(rows) > most

    def answers(self, ids: tuple[str, ...]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return what was said to these, by their ids: the text, and the ids of the passages it cites."""
        with self._journal.reading() as session:
            texts = session.execute(select(ExchangeRow.id, ExchangeRow.answer).where(ExchangeRow.id.in_(ids))).all()
            cited: dict[str, list[str]] = {}
            rows = (
                select(ExchangeCitationRow)
                .where(ExchangeCitationRow.exchange_id.in_(ids))
                .order_by(ExchangeCitationRow.exchange_id, ExchangeCitationRow.n)
            )
            for row in session.scalars(rows):
                cited.setdefault(row.exchange_id, []).append(row.passage_id)
            return {id_: (text, tuple(cited.get(id_, ()))) for id_, text in texts}


def _unanswered(row: Row[*tuple[Any, ...]]) -> Unanswered:
    disliked = row.helpful is False
    question = row.read_as or row.question
    return Unanswered(
        id=row.id,
        at=row.at,
        channel=row.channel,
        question=question,
        form=asked_form(question),
        typed=row.question,
        status=row.status,
        reason=row.reason,
        disliked=disliked,
        complaint=row.complaint if disliked else None,
        comment=row.comment if disliked else "",
    )


def _taken_up(exchanges: list[tuple[str, datetime, str]]) -> set[str]:
    """Return the exchanges after which their session went on soon."""
    ordered = sorted(exchanges)
    return {
        exchange_id
        for (session, at, exchange_id), (next_session, next_at, _) in pairwise(ordered)
        if session == next_session and next_at - at <= _HANGING
    }
