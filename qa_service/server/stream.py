"""POST /api/v1/ask/stream: the answer as it is being said."""

from contextlib import aclosing

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from sse_starlette import EventSourceResponse

from qa_service.answer.speech import Piece, speak
from qa_service.journal.exchange import Channel
from qa_service.server import events
from qa_service.server.asking import Asked, Door, ask_service
from qa_service.server.dependencies import ServiceDep
from qa_service.server.events import Events, event
from qa_service.server.problems import RESPONSES, midway
from qa_service.server.rate_limit import limit_session
from qa_service.server.schemas import AskIn, CitationOut, DeltaOut, MetaOut
from qa_service.service import Service

router = APIRouter(prefix="/api/v1", tags=["问答"], responses=RESPONSES)


_CITATIONS = TypeAdapter(list[CitationOut])
_EXAMPLE = """event: meta
data: {"id":"4f0c…","session_id":"0b7a…","status":"answered","reason":"complete",…,"origin":"extracted"}

event: citations
data: [{"n":1,"passage_id":"haimen-ip-plan#三-二-2",…}]

event: delta
data: {"text":"知识产权质押金额累计15亿元。[1]","afresh":false}

event: done
data: {"id":"4f0c…","answer":"知识产权质押金额累计15亿元。[1]","citations":[…],"notices":[…],…}

"""


@router.post(
    "/ask/stream",
    summary="提问，逐段作答",
    operation_id="ask_stream",
    response_class=EventSourceResponse,
    responses={200: events.documented("server-sent events，UTF-8", _EXAMPLE)},
)
async def ask_stream(body: AskIn, request: Request, service: ServiceDep) -> EventSourceResponse:
    """与 `/api/v1/ask` 相同的提问，答复作为事件流（server-sent events）逐段送出，依次是：

    - `meta`：编号、会话、状态和原因、问题被怎样理解；
    - `citations`：引用的条款，先于文字，界面可以先画好链接；
    - `delta`（若干）：一段文字 `text`；`afresh` 为真时，此前的文字作废，从这一段重新开始；
    - `done`：完整的答复，与 `/api/v1/ask` 返回的相同；状态、引用以它为准；
    - `error`：中途出错，内容是 problem+json；此后不再有事件。

    安静时每 15 秒有一行注释，维持连接。断开连接即停止作答。请求有误、尚未就绪等在开始之前就知道的，照常返回 4xx、5xx。
    """
    await limit_session(request, body.session_id)
    asked = await ask_service(body, service, Door.of(request, Channel(body.channel)))
    return events.stream(_said(asked, request, service))


async def _said(asked: Asked, request: Request, service: Service) -> Events:
    """Yield the events of an answer's being said."""
    found = asked.out(asked.answer)
    yield event(MetaOut.model_validate(found, from_attributes=True).model_dump_json(), "meta")
    yield event(_CITATIONS.dump_json(found.citations).decode(), "citations")
    try:
        async with aclosing(speak(asked.answer, service.generator)) as speech:
            async for spoken in speech:
                if isinstance(spoken, Piece):
                    yield event(DeltaOut(text=spoken.text, afresh=spoken.afresh).model_dump_json(), "delta")
                else:
                    yield event(asked.finished(spoken).model_dump_json(), "done")
    except Exception as error:
        # The status line is out: what went wrong can only be said in the stream.
        yield event(midway(request, error).model_dump_json(), "error")
