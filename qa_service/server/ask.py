"""POST /api/v1/ask: a question in, an answer out."""

from fastapi import APIRouter, Request

from qa_service.answer.speech import whole
from qa_service.journal.exchange import Channel
from qa_service.server.asking import Door, ask_service
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES
from qa_service.server.rate_limit import limit_session
from qa_service.server.schemas import AnswerOut, AskIn

router = APIRouter(prefix="/api/v1", tags=["问答"], responses=RESPONSES)


@router.post("/ask", summary="提问", operation_id="ask")
async def ask(body: AskIn, request: Request, service: ServiceDep) -> AnswerOut:
    """依据所收录的原文回答一个问题，附引用条款、效力说明和可追问的问题。

    `status` 为 `answered` 时，引用中有答案；`related` 时，文件谈到了这件事但没有写所问的内容；`no_answer`
    时，所收录的文件不涉及这个问题；`clarify` 时，请从 `choices` 里选一个再问（也可以只回序号）。

    同一个 `session_id` 的问题可以接着上一句问（“那实用新型呢”），`interpreted` 是按上文补全的问题。
    """
    await limit_session(request, body.session_id)
    asked = await ask_service(body, service, Door.of(request, Channel(body.channel)))
    return asked.finished(await whole(asked.answer, service.generator))
