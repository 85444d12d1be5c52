"""GET /api/v1/search: ranked passages, no composed answer."""

import time
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from qa_service.corpus.models import Form
from qa_service.search.searcher import Filters
from qa_service.server.asking import computed
from qa_service.server.dependencies import ServiceDep
from qa_service.server.presenting import hit_out, read_out
from qa_service.server.problems import RESPONSES
from qa_service.server.schemas import QuestionText, SearchOut, ShortText
from qa_service.service import Service

router = APIRouter(prefix="/api/v1", tags=["检索"], responses=RESPONSES)


@router.get("/search", summary="检索条款", operation_id="search", response_model_exclude_none=False)
async def search(
    service: ServiceDep,
    q: Annotated[QuestionText, Query(description="要找的内容", examples=["质押融资"])],
    document: Annotated[list[ShortText], Query(default_factory=list, description="只在这些文件中找")],
    level: Annotated[list[ShortText], Query(default_factory=list, description="只在这些层级的文件中找")],
    topic: Annotated[list[ShortText], Query(default_factory=list, description="只在这些主题的文件中找")],
    form: Annotated[
        list[Form],
        Query(default_factory=list, description="只在这些形式的文件中找：full_text 原文、notes 要点、guide 指南"),
    ],
    k: Annotated[int, Query(ge=1, le=50, description="最多几条")] = 10,
    in_force: Annotated[bool, Query(description="只在今天现行有效的文件中找")] = False,
    explain: Annotated[bool, Query(description="说明每条为何排在这里")] = False,
) -> SearchOut:
    """按相关程度列出条款，标出命中的词。"""
    filters = Filters(tuple(document), tuple(level), tuple(topic), in_force, tuple(form))
    return await computed(service, partial(_search, service, q, k, filters, explain=explain))


def _search(service: Service, q: str, k: int, filters: Filters, *, explain: bool) -> SearchOut:
    began = time.perf_counter()
    day = service.answerer.today()
    question = service.searcher.understand(q, day)
    hits = service.searcher.search(question, day, k, filters)
    return SearchOut(
        query=q,
        understood=question.understood,
        read=read_out(question) if explain else None,
        hits=[hit_out(service, hit, n, question, day, explain=explain) for n, hit in enumerate(hits, 1)],
        elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
    )
