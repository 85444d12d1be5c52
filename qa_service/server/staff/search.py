"""/api/v1/staff/search: what staff look up while somebody waits; counted apart from what the public asks."""

from __future__ import annotations

import time
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from qa_service.corpus.models import Form
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.search.searcher import Filters
from qa_service.server.asking import computed
from qa_service.server.dependencies import ServiceDep
from qa_service.server.presenting import hit_out, reason_label
from qa_service.server.schemas import HitOut, QuestionText, ShortText
from qa_service.server.staff.guard import DocumentsReaderDep
from qa_service.service import Service

router = APIRouter()

_ASKED = {
    Expected.AMOUNT: "金额",
    Expected.NUMBER: "数量",
    Expected.SHARE: "比例",
    Expected.FIGURE: "数字",
    Expected.CODE: "文号、编号",
    Expected.HOURS: "办公时间",
    Expected.DEADLINE: "时间、期限",
    Expected.CONTACT: "联系方式",
    Expected.NAMES: "名单",
    Expected.DEFINITION: "是什么",
    Expected.WHERE: "在哪里、找谁",
    Expected.WHO: "什么人",
    Expected.LIST: "有哪些",
    Expected.HOW: "怎么办",
    Expected.YES_NO: "能不能、是不是",
    Expected.OPEN: "不限",
}


class ReasonOut(BaseModel):
    """One thing that speaks for a passage, or against it."""

    name: str
    label: str
    score: Annotated[float, Field(description="加了多少分；负数为减")]


class FoundOut(HitOut):
    """A ranked passage, and why it ranks there."""

    reasons: Annotated[list[ReasonOut], Field(description="从加分最多的到减分的")]


class ReadingOut(BaseModel):
    """How what was typed was read, in words."""

    asks: list[str]
    topics: list[str]
    documents: Annotated[list[str], Field(description="点名的文件的标题")]
    clauses: list[str]
    official: Annotated[list[str], Field(description="一并查找的正式说法")]


class FoundListOut(BaseModel):
    """What was found."""

    query: str
    understood: Annotated[str | None, Field(description="改正错别字后的内容；没有错别字时为空")] = None
    read: ReadingOut
    hits: list[FoundOut]
    elapsed_ms: float


@router.get("/search", summary="检索（工作台）", operation_id="staff_search")
async def search(
    service: ServiceDep,
    staff: DocumentsReaderDep,
    q: Annotated[QuestionText, Query(description="要找的内容")],
    document: Annotated[list[ShortText], Query(default_factory=list, description="只在这些文件中找")],
    level: Annotated[list[ShortText], Query(default_factory=list, description="只在这些层级的文件中找")],
    topic: Annotated[list[ShortText], Query(default_factory=list, description="只在这些主题的文件中找")],
    form: Annotated[list[Form], Query(default_factory=list, description="只在这些形式的文件中找")],
    k: Annotated[int, Query(ge=1, le=50, description="最多几条")] = 20,
    in_force: Annotated[bool, Query(description="只在今天现行有效的文件中找")] = False,
) -> FoundListOut:
    """按相关程度列出条款，说明所问怎样理解、每条为何在此；不记入问答记录。"""
    filters = Filters(tuple(document), tuple(level), tuple(topic), in_force, tuple(form))
    return await computed(service, partial(found, service, q, k, filters))


def found(service: Service, text: str, k: int, filters: Filters) -> FoundListOut:
    """Return the ``k`` best passages for what was typed, with the reasons."""
    began = time.perf_counter()
    day = service.answerer.today()
    question = service.searcher.understand(text, day)
    hits = [
        hit_out(service, hit, n, question, day, explain=True)
        for n, hit in enumerate(service.searcher.search(question, day, k, filters), 1)
    ]
    return FoundListOut(
        query=text,
        understood=question.understood,
        read=_read(service, question),
        hits=[FoundOut(**hit.model_dump(), reasons=_reasons(hit)) for hit in hits],
        elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
    )


def _reasons(hit: HitOut) -> list[ReasonOut]:
    added = sorted((hit.explain or {}).items(), key=lambda reason: -reason[1])
    return [ReasonOut(name=name, label=reason_label(name), score=score) for name, score in added if round(score, 2)]


def _read(service: Service, question: Question) -> ReadingOut:
    return ReadingOut(
        asks=[_ASKED[kind] for kind in question.asks],
        topics=sorted(question.topics),
        documents=sorted(service.library[document].title for document in question.documents),
        clauses=[clause.location for clause in question.clauses],
        official=list(question.official),
    )
