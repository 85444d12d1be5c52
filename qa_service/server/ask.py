"""POST /api/v1/ask: a question in, an answer out."""

import time
import uuid

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from qa_service.answer.speech import whole
from qa_service.search.searcher import Filters
from qa_service.server.dependencies import ServiceDep
from qa_service.server.presenting import answer_out
from qa_service.server.problems import RESPONSES
from qa_service.server.schemas import AnswerOut, AskIn

router = APIRouter(prefix="/api/v1", tags=["问答"], responses=RESPONSES)


@router.post("/ask", summary="提问", operation_id="ask")
async def ask(body: AskIn, service: ServiceDep) -> AnswerOut:
    """依据所收录的原文回答一个问题，附引用条款、效力说明和可追问的问题。

    `status` 为 `answered` 时，引用中有答案；`related` 时，文件谈到了这件事但没有写所问的内容；`no_answer`
    时，所收录的文件不涉及这个问题；`clarify` 时，请从 `choices` 里选一个再问（也可以只回序号）。

    同一个 `session_id` 的问题可以接着上一句问（“那实用新型呢”），`interpreted` 是按上文补全的问题。
    """
    began = time.perf_counter()
    filters = Filters(tuple(body.filters.document_ids), tuple(body.filters.levels), tuple(body.filters.topics))
    session_id = body.session_id or uuid.uuid4().hex
    answer = await run_in_threadpool(
        service.ask, body.question, session_id=session_id, top_k=body.top_k, as_of=body.as_of, filters=filters
    )
    return answer_out(
        await whole(answer, service.generator),
        ask_id=uuid.uuid4().hex,
        session_id=session_id,
        elapsed_ms=(time.perf_counter() - began) * 1000,
    )
