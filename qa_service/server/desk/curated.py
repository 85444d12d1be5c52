"""/desk/curated: the answers that staff approve."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from qa_service.access.staff import Role
from qa_service.answer.curated.answers import Condition
from qa_service.answer.curated.likeness import asked_form
from qa_service.clock import today
from qa_service.errors import CuratedAnswerError, NotFoundError
from qa_service.server.dependencies import ServiceDep
from qa_service.server.desk.page import DeskPageDep
from qa_service.server.presenting import passage_url
from qa_service.server.staff.curated import AnswerPath, DeskDep, shown_of
from qa_service.server.staff.gaps.router import GapDeskDep, PeriodDep
from qa_service.server.staff.guard import CuratedEditorDep, CuratedReaderDep
from qa_service.service import Service
from qa_service.text.book_marks import in_book_marks

router = APIRouter(prefix="/curated")

_SOON = timedelta(days=30)
_USUAL = timedelta(days=365)
_MOST_WORDINGS = 20
_Text = Annotated[str, Query(max_length=500)]


@router.get("")
def answers_page(
    page: DeskPageDep,
    desk: DeskDep,
    service: ServiceDep,
    staff: CuratedReaderDep,
    condition: Condition | None = None,
) -> Response:
    """Show all answers, those first that wait for staff."""
    standings = desk.curated.standings()
    counts = {each: sum(standing.condition is each for standing in standings) for each in Condition}
    context = {
        "standings": [s for s in standings if condition in (None, s.condition)],
        "counts": counts,
        "total": len(standings),
        "condition": condition,
        "soon": today(service.clock) + _SOON,
        "editor": staff.role.covers(Role.EDITOR),
    }
    return page.show("curated_list.html", context)


@router.get("/new")
def new_page(
    page: DeskPageDep,
    service: ServiceDep,
    gaps: GapDeskDep,
    period: PeriodDep,
    staff: CuratedEditorDep,
    question: _Text = "",
    cite: Annotated[list[_Text] | None, Query(max_length=20)] = None,
    gap: Annotated[str, Query(max_length=16)] = "",
) -> Response:
    """Show the form to write an answer, filled with what was chosen before."""
    wordings: list[str] = []
    if gap:
        try:
            found = gaps.gaps(period).named(gap)
        except NotFoundError:
            gap = ""
        else:
            question = question or found.question
            asked = asked_form(question)
            wordings = [w.text for w in found.wordings if asked_form(w.text) != asked][:_MOST_WORDINGS]
    context = {
        "question": question,
        "wordings": wordings,
        "cites": _named(cite or [], service),
        "gap": gap,
        "period": period,
        "expires": today(service.clock) + _USUAL,
        "tomorrow": today(service.clock) + timedelta(days=1),
    }
    return page.show("curated_new.html", context)


@router.get("/{answer_id}")
def answer_page(
    answer_id: AnswerPath, page: DeskPageDep, desk: DeskDep, service: ServiceDep, staff: CuratedReaderDep
) -> Response:
    """Show one answer, what the public sees of it, what has changed, and what was done to it."""
    try:
        answer = shown_of(desk.curated, answer_id)
    except (NotFoundError, CuratedAnswerError) as error:
        return page.show("curated_not_found.html", {"detail": str(error)}, status=404)
    context = {
        "answer": answer,
        "by_day": desk.curated.store.hits_by_day(answer_id)[-7:],
        "clauses": _named(answer.cites, service),
        "expires": today(service.clock) + _USUAL,
        "tomorrow": today(service.clock) + timedelta(days=1),
        "soon": today(service.clock) + _SOON,
        "editor": staff.role.covers(Role.EDITOR),
    }
    return page.show("curated_answer.html", context)


def _named(passage_ids: list[str], service: Service) -> list[dict[str, str]]:
    """Return passages with what people call them, what they say and where they are read; of one that is gone, its id."""
    named = []
    for passage_id in dict.fromkeys(passage_ids):
        try:
            passage = service.engine.passage(passage_id)
            title = service.library[passage.document_id].title
        except NotFoundError:
            named.append({"id": passage_id, "name": passage_id, "text": "", "url": "", "state": "已不在语料里"})
            continue
        state = service.library.validity(passage.document_id, today(service.clock)).state.label
        name = f"{in_book_marks(title)}{passage.location}"
        named.append(
            {"id": passage_id, "name": name, "text": passage.text, "url": passage_url(passage), "state": state}
        )
    return named
