"""One gap with all that helps to close it."""

from qa_service.desk.gaps import Gap, GapDesk, Gaps
from qa_service.desk.words import CHANNELS, COMPLAINTS, REASONS, STATUSES
from qa_service.errors import NotFoundError
from qa_service.journal.unanswered import Unanswered
from qa_service.server.presenting import hit_out, passage_url
from qa_service.server.schemas import HitOut
from qa_service.server.staff.gaps.schemas import (
    CitedOut,
    DecisionOut,
    GapDetailOut,
    GapExchangeOut,
    GapOut,
    NearbyOut,
    WordingOut,
)
from qa_service.service import Service
from qa_service.text.book_marks import in_book_marks

_SHOWN = 30
"""Exchanges of one gap that are shown: more would be read by nobody."""
_NEAREST = 5


def detail_of(gap: Gap, gaps: Gaps, desk: GapDesk, service: Service) -> GapDetailOut:
    """Present a gap with its wordings, what was answered, and the passages that are nearest to it now."""
    latest = gap.asked[: -_SHOWN - 1 : -1]
    answers = desk.unanswered.answers(tuple(question.id for question in latest))
    return GapDetailOut(
        **GapOut.of(gap).model_dump(),
        asked_as=[WordingOut(text=w.text, count=w.count, last=w.last) for w in gap.wordings],
        exchanges=[
            _exchange(question, *answers[question.id], service) for question in latest if question.id in answers
        ],
        nearest=_nearest(gap.question, service),
        nearby=[NearbyOut(id=other.id, question=other.question, count=other.count) for other in desk.nearby(gap, gaps)],
        history=[DecisionOut.of(decision) for decision in desk.history(gap)],
    )


def _exchange(question: Unanswered, answer: str, passages: tuple[str, ...], service: Service) -> GapExchangeOut:
    return GapExchangeOut(
        id=question.id,
        at=question.at,
        channel_label=CHANNELS.get(question.channel, question.channel),
        question=question.typed,
        read_as=question.question if question.question != question.typed else None,
        status_label=STATUSES.get(question.status, question.status),
        reason_label=REASONS.get(question.reason, question.reason),
        answer=answer,
        cited=[_cited(passage_id, service) for passage_id in passages],
        disliked=question.disliked,
        complaint_label=COMPLAINTS.get(question.complaint, question.complaint) if question.complaint else None,
        comment=question.comment,
    )


def _cited(passage_id: str, service: Service) -> CitedOut:
    try:
        passage = service.engine.passage(passage_id)
        title = service.library[passage.document_id].title
    except NotFoundError:
        return CitedOut(passage_id=passage_id, name=f"{passage_id}（已不在语料里）", url=None)
    return CitedOut(passage_id=passage_id, name=f"{in_book_marks(title)}{passage.location}", url=passage_url(passage))


def _nearest(text: str, service: Service) -> list[HitOut]:
    day = service.answerer.today()
    question = service.searcher.understand(text, day)
    hits = service.searcher.search(question, day, _NEAREST)
    return [hit_out(service, hit, n, question, day, explain=False) for n, hit in enumerate(hits, 1)]
