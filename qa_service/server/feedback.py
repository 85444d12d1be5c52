"""POST /api/v1/feedback: whether an answer helped."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa_service.journal.feedback import Complaint, Feedback
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES

router = APIRouter(prefix="/api/v1", tags=["问答"], responses=RESPONSES)


class FeedbackIn(BaseModel):
    """What somebody thought of an answer."""

    model_config = ConfigDict(extra="forbid")

    ask_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$"), Field(description="答复里的 id")]
    helpful: Annotated[bool, Field(description="有没有用")]
    reason: Annotated[Complaint | None, Field(description="没用在哪里")] = None
    comment: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=500), Field(description="补充说明；个人信息会被隐去")
    ] = ""


class FeedbackOut(BaseModel):
    """That it was taken."""

    recorded: Annotated[bool, Field(description="会不会记下；本服务停用了记录时为 false")]


@router.post("/feedback", summary="评价一次答复", operation_id="give_feedback", status_code=202)
def give_feedback(body: FeedbackIn, service: ServiceDep) -> FeedbackOut:
    """记下一次答复有没有用。同一次答复评价几次，以最后一次为准；不认识的 `ask_id`（已到期清除等）不会记下，也不报错。"""
    recorder = service.lasting.recorder if service.lasting else None
    if recorder:
        recorder.put(Feedback(body.ask_id, service.clock(), body.helpful, body.reason, body.comment))
    return FeedbackOut(recorded=recorder is not None)
