"""The shapes of what the gaps' API takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa_service.desk.gaps import Gap, State
from qa_service.desk.words import WORDS
from qa_service.journal.gap_store import Decision, Outcome
from qa_service.server.schemas import HitOut

GapId = Annotated[str, Field(pattern="^[0-9a-f]{16}$", description="编号")]
_MOST_ALSO = 20


class CountedOut(BaseModel):
    """A word of a closed vocabulary, and how often it comes."""

    value: str
    label: str
    count: int


class DecisionOut(BaseModel):
    """What somebody decided."""

    outcome: Outcome
    outcome_label: str
    comment: str
    curated_id: str | None
    at: datetime
    by: str
    undone_at: datetime | None
    undone_by: str | None

    @classmethod
    def of(cls, decision: Decision) -> DecisionOut:
        """Present a decision."""
        return cls(
            outcome=decision.outcome,
            outcome_label=decision.outcome.label,
            comment=decision.comment,
            curated_id=decision.curated_id,
            at=decision.at,
            by=decision.by,
            undone_at=decision.undone_at,
            undone_by=decision.undone_by,
        )


class GapOut(BaseModel):
    """Questions that ask the same and that were not answered."""

    id: str
    question: Annotated[str, Field(description="最有代表性的一句")]
    state: State
    state_label: str
    count: Annotated[int, Field(description="这段日子里问了几次")]
    wordings: Annotated[int, Field(description="有几种问法")]
    disliked: Annotated[int, Field(description="其中几次被评为没用")]
    again: Annotated[int, Field(description="处理以后又问了几次")]
    first: datetime | None
    last: datetime | None
    statuses: list[CountedOut]
    reasons: list[CountedOut]
    channels: list[CountedOut]
    complaints: list[CountedOut]
    decision: DecisionOut | None

    @classmethod
    def of(cls, gap: Gap) -> GapOut:
        """Present a gap."""
        return cls(
            id=gap.id,
            question=gap.question,
            state=gap.state,
            state_label=gap.state.label,
            count=gap.count,
            wordings=len(gap.wordings),
            disliked=gap.disliked,
            again=gap.again,
            first=gap.first,
            last=gap.last,
            statuses=counted(gap, "status"),
            reasons=counted(gap, "reason"),
            channels=counted(gap, "channel"),
            complaints=counted(gap, "complaint"),
            decision=DecisionOut.of(gap.decision) if gap.decision else None,
        )


class GapsOut(BaseModel):
    """Gaps of a period, a page of them."""

    since: date
    until: date
    total: Annotated[int, Field(description="符合条件的有几个")]
    waiting: Annotated[int, Field(description="这段日子里待处理的有几个，不论条件")]
    cut: Annotated[bool, Field(description="提问太多，只看了后面的")]
    gaps: list[GapOut]
    next_offset: Annotated[int | None, Field(description="下一页的 offset；没有下一页时为空")]


class WordingOut(BaseModel):
    """A way in which it is asked."""

    text: str
    count: int
    last: datetime


class CitedOut(BaseModel):
    """A passage that an answer cited."""

    passage_id: str
    name: str
    url: Annotated[str | None, Field(description="阅读页的地址；条款已不在语料里时为空")]


class GapExchangeOut(BaseModel):
    """One time that it was asked, and what was said."""

    id: str
    at: datetime
    channel_label: str
    question: str
    read_as: str | None
    status_label: str
    reason_label: str
    answer: str
    cited: list[CitedOut]
    disliked: bool
    complaint_label: str | None
    comment: str


class NearbyOut(BaseModel):
    """Another gap that may be asking the same."""

    id: str
    question: str
    count: int


class GapDetailOut(GapOut):
    """A gap with all that is known of it."""

    asked_as: list[WordingOut]
    exchanges: Annotated[list[GapExchangeOut], Field(description="最近的问答，新的在前")]
    nearest: Annotated[list[HitOut], Field(description="现在的语料里最相近的条款")]
    nearby: list[NearbyOut]
    history: Annotated[list[DecisionOut], Field(description="处理记录，旧的在前")]


class DecideIn(BaseModel):
    """What is decided."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    comment: Annotated[str, Field(max_length=500, description="说明；缺文件的写明缺哪份")] = ""
    curated_id: Annotated[str | None, Field(max_length=64, description="人工审核的答案的编号")] = None
    also: Annotated[list[GapId], Field(max_length=_MOST_ALSO, description="一并这样处理的其他问题")] = []


class UndoIn(BaseModel):
    """Why a decision is taken back."""

    model_config = ConfigDict(extra="forbid")

    comment: Annotated[str, Field(max_length=500, description="缘由")] = ""


class DecidedOut(BaseModel):
    """What was decided on how many."""

    decided: list[str]


def counted(gap: Gap, field: str) -> list[CountedOut]:
    """Return how often each word of a vocabulary comes among a gap's questions."""
    labels: Mapping[str, str] = WORDS[field]
    return [
        CountedOut(value=value, label=labels.get(value, value), count=count)
        for value, count in gap.counted(field).items()
    ]
