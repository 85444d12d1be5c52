"""/api/v1/staff/preview: what the public would be told.

It is what the public page says at this moment, and nobody has asked it: it is not kept in the journal, counts in no
figure, and a curated answer that is looked at does not count as given. Else the gaps and the numbers would be those of
the staff's own trying out. It remembers nothing either, so that no preview leans on the one before.
"""

import time
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from qa_service.answer.speech import whole
from qa_service.answer.switched_off import switched_off
from qa_service.journal.exchange import Channel
from qa_service.server.asking import Door, computed
from qa_service.server.dependencies import ServiceDep
from qa_service.server.presenting import answer_out
from qa_service.server.schemas import AnswerOut, QuestionText
from qa_service.server.staff.guard import DocumentsReaderDep

router = APIRouter()

PREVIEW = "preview"
"""What a preview has in the place of an id that feedback could name."""


class PreviewIn(BaseModel):
    """A question as the public would ask it."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[QuestionText, Field(description="公众会怎样问")]


@router.post("/preview", summary="预览公众看到的答复", operation_id="staff_preview")
async def preview(body: PreviewIn, staff: DocumentsReaderDep, request: Request, service: ServiceDep) -> AnswerOut:
    """按公众网页此刻的样子回答一个问题；不记入问答记录，不计数。"""
    began = time.perf_counter()
    Door.of(request, Channel.DESK)  # as whose request it is written in the access log
    closed = service.lasting.switches.closed(Channel.PAGE) if service.lasting else None
    if closed:
        answer = switched_off(body.question, closed.message)
    else:
        answer = await computed(service, partial(service.answerer.ask, body.question, counted=False))
    given = await whole(answer, service.generator)
    elapsed_ms = (time.perf_counter() - began) * 1000
    return answer_out(given, ask_id=PREVIEW, session_id=PREVIEW, elapsed_ms=elapsed_ms)
