"""GET /api/v1/welcome: what somebody sees before the first question."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from qa_service.answer.handover import Handover
from qa_service.answer.manners.courtesy import EXAMPLES
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES
from qa_service.server.schemas import LONGEST_QUESTION
from qa_service.service import Service

router = APIRouter(prefix="/api/v1", tags=["问答"], responses=RESPONSES)


class HandoverOut(BaseModel):
    """Where to find a person."""

    name: str
    phone: str | None
    address: str | None
    hours: str | None

    @classmethod
    def of(cls, handover: Handover) -> "HandoverOut":
        """Present a service station."""
        return cls(name=handover.name, phone=handover.phone, address=handover.address, hours=handover.hours)


class WelcomeOut(BaseModel):
    """What an interface needs to begin a conversation."""

    longest: int = Field(description="问题最多几个字")
    suggestions: list[str] = Field(description="可以这样问")
    handover: HandoverOut | None = Field(description="人工窗口；没有登记时为空")


def welcome_of(service: Service) -> WelcomeOut:
    """Return how a service welcomes whoever comes."""
    handover = service.settings.handover
    return WelcomeOut(
        longest=LONGEST_QUESTION,
        suggestions=list(EXAMPLES),
        handover=HandoverOut.of(handover) if handover else None,
    )


@router.get("/welcome", summary="开场", operation_id="welcome")
async def welcome(service: ServiceDep) -> WelcomeOut:
    """给出对话界面开场所需的：问题最长多少、可以怎样问、人工窗口。"""
    return welcome_of(service)
