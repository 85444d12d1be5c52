"""POST /feedback: whether an answer helped, said by a form of the question page without scripts."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from qa_service.journal.feedback import Complaint
from qa_service.server.dependencies import ServiceDep
from qa_service.server.feedback import FeedbackIn, give_feedback
from qa_service.server.page_templates import TEMPLATES

router = APIRouter(include_in_schema=False)


@router.post("/feedback", response_class=HTMLResponse)
def feedback_page(
    request: Request,
    service: ServiceDep,
    ask_id: Annotated[str, Form(pattern="^[0-9a-f]{32}$")],
    helpful: Annotated[bool, Form()],
    reason: Annotated[Complaint | None, Form()] = None,
) -> HTMLResponse:
    """Take what somebody thought of an answer, and thank them."""
    taken = give_feedback(FeedbackIn(ask_id=ask_id, helpful=helpful, reason=reason), service)
    return TEMPLATES.TemplateResponse(request, "thanks.html", {"recorded": taken.recorded})
