"""/: a question and its answer as a page, which works without scripts."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.answer.dialogue.conversation import Conversation, Turn
from qa_service.answer.models import Status
from qa_service.answer.speech import whole
from qa_service.journal.exchange import Channel
from qa_service.server.asking import Door, asked
from qa_service.server.dependencies import ServiceDep
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.schemas import LONGEST_QUESTION
from qa_service.server.welcome import welcome_of
from qa_service.service import Service

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.head("/")
@router.get("/")
async def ask_page(request: Request, service: ServiceDep, q: str = "", after: str = "") -> HTMLResponse:
    """Show the question page; with ``?q=`` also the answer, so that an answer has an address.

    What a follow-up leans on stands in the address as well, as ``?after=``: it means the same to whoever opens it.
    """
    question, before = _readable(q), _readable(after)
    too_long = len(question) > LONGEST_QUESTION
    answer, next_after = None, ""
    if question and not too_long:
        asking = await asked(
            question,
            lambda _: service.ask(question, conversation=_conversation(service, before)),
            service,
            Door.of(request, Channel.PAGE),
        )
        given = await whole(asking.answer, service.generator)
        answer = asking.finished(given)
        next_after = before if given.status is Status.SMALLTALK else Turn.of(given).question
    context = {
        "question": question,
        "answer": answer,
        "after": next_after[:LONGEST_QUESTION],
        "welcome": welcome_of(service),
        "today": service.answerer.today(),
        "too_long": too_long,
        "longest": LONGEST_QUESTION,
    }
    return TEMPLATES.TemplateResponse(request, "ask.html", context, status_code=422 if too_long else 200)


def _readable(text: str) -> str:
    """What of an address can be read: half characters are not."""
    return text.strip().encode("utf-8", "replace").decode()


def _conversation(service: Service, before: str) -> Conversation:
    """The conversation that a page stands in: the question before, answered anew."""
    if not before or len(before) > LONGEST_QUESTION:
        return ()
    return (Turn.of(service.ask(before)),)
