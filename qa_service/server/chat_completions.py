"""POST /v1/chat/completions and GET /v1/models: OpenAI's protocol, so that existing chat clients can ask here."""

import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from qa_service.answer.dialogue.conversation import Turn
from qa_service.answer.models import Answer
from qa_service.answer.speech import Piece, speak, whole
from qa_service.journal.exchange import Channel
from qa_service.server import events, openai_errors
from qa_service.server.asking import Asked, Door, asked
from qa_service.server.chat_message import Message, message
from qa_service.server.chat_schemas import (
    MODEL,
    ChatIn,
    ChatOut,
    ChoiceOut,
    ChunkChoiceOut,
    ChunkDeltaOut,
    ChunkOut,
    ModelOut,
    ModelsOut,
    ReplyOut,
    UsageOut,
)
from qa_service.server.dependencies import ServiceDep
from qa_service.server.events import Events, event
from qa_service.server.problems import midway, problem
from qa_service.server.schemas import AnswerOut, MetaOut
from qa_service.service import Service

_REMEMBERED = 6
"""How many earlier questions a follow-up may lean on: each is answered again, in milliseconds."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "请求有误、没有这个模型……", "model": openai_errors.OpenAIErrorsOut},
    "5XX": {"description": "服务内部出错、尚未就绪", "model": openai_errors.OpenAIErrorsOut},
}
_EXAMPLE = """data: {"id":"chatcmpl-4f0c…","object":"chat.completion.chunk",…,"choices":[{"index":0,"delta":{"role":"assistant","content":""},…}]}

data: {"id":"chatcmpl-4f0c…",…,"choices":[{"index":0,"delta":{"content":"知识产权质押金额累计15亿元。[1]"},…}]}

data: [DONE]

"""

router = APIRouter(prefix="/v1", tags=["OpenAI 兼容接口"], responses=_ERRORS)


@router.get("/models", summary="模型列表", operation_id="list_models")
def list_models(service: ServiceDep) -> ModelsOut:
    """只有一个：本服务。"""
    return ModelsOut(data=[_model(service)])


@router.get("/models/{model}", summary="一个模型", operation_id="get_model", response_model=ModelOut)
def get_model(model: str, request: Request, service: ServiceDep) -> ModelOut | Response:
    """本服务作为一个模型；`created` 是索引建成的时间。"""
    return _model(service) if model == MODEL else _unknown(model, request)


@router.post(
    "/chat/completions",
    summary="对话",
    operation_id="create_chat_completion",
    response_model=ChatOut,
    responses={200: events.documented("stream 为真时是事件流", _EXAMPLE)},
)
async def create_chat_completion(body: ChatIn, request: Request, service: ServiceDep) -> ChatOut | Response:
    """OpenAI 的 Chat Completions 协议，现成的聊天客户端把地址改成 `http://主机:端口/v1` 即可使用。

    最后一条 `user` 消息是问题，此前的 `user` 消息是上文。答案只出自所收录的文件，所以 `system` 提示、`temperature`、
    `tools`、`max_tokens` 等一概不起作用。`content` 是答案（带 `[n]`），其后列出处和注意事项；`annotations` 逐个给出
    `[n]` 的位置和地址。`usage` 按字符计。密钥可填任意值。
    """
    if body.model and body.model != MODEL:
        return _unknown(body.model, request)
    asking = await asked(
        body.question, lambda session_id: _answer(body, service), service, Door.of(request, Channel.CHAT)
    )
    chat = _Chat(asking, body, str(request.base_url).rstrip("/"))
    if body.stream:
        return events.stream(_chunks(chat, request, service))
    return chat.reply(await whole(asking.answer, service.generator))


def _answer(body: ChatIn, service: Service) -> Answer:
    """Answer the last question; those before it are asked again, so that it can lean on them."""
    turns: list[Turn] = []
    for text in body.earlier[-_REMEMBERED:]:
        turns.append(Turn.of(service.answerer.ask(text, conversation=turns)))
    return service.ask(body.question, conversation=turns)


@dataclass(frozen=True, slots=True)
class _Chat:
    """One completion being made."""

    asked: Asked
    body: ChatIn
    site: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def reply(self, answer: Answer) -> ChatOut:
        out = self.asked.finished(answer)
        said = message(out, self.site)
        reply = ReplyOut(content=said.content, annotations=said.annotations)
        return ChatOut(
            id=self.id, created=self.created, choices=[ChoiceOut(message=reply)], usage=self._usage(said), qa=_meta(out)
        )

    def _usage(self, said: Message) -> UsageOut:
        sent = sum(len(message.content) for message in self.body.messages)
        return UsageOut(prompt_tokens=sent, completion_tokens=len(said.content), total_tokens=sent + len(said.content))

    def begin(self) -> ChunkOut:
        return self._chunk(ChunkDeltaOut(role="assistant", content=""))

    async def say(self, answer: Answer) -> AsyncIterator[ChunkOut]:
        out = self.asked.finished(answer)
        said = message(out, self.site)
        async for piece in speak(answer, None):
            if isinstance(piece, Piece):
                yield self._chunk(ChunkDeltaOut(content=piece.text))
        yield self._chunk(ChunkDeltaOut(content=said.below, annotations=said.annotations))
        end = ChunkChoiceOut(delta=ChunkDeltaOut(), finish_reason="stop")
        yield ChunkOut(id=self.id, created=self.created, choices=[end], qa=_meta(out))
        if self.body.wants_usage:
            yield ChunkOut(id=self.id, created=self.created, choices=[], usage=self._usage(said))

    def _chunk(self, delta: ChunkDeltaOut) -> ChunkOut:
        return ChunkOut(id=self.id, created=self.created, choices=[ChunkChoiceOut(delta=delta)])


async def _chunks(chat: _Chat, request: Request, service: Service) -> Events:
    """Yield a completion chunk by chunk.

    In this protocol nothing that was said can be withdrawn, which a generator may have to: its answer is awaited whole
    before the first word, while heartbeats keep the stream open.
    """
    yield event(chat.begin().model_dump_json())
    try:
        answer = await whole(chat.asked.answer, service.generator)
        async for chunk in chat.say(answer):
            yield event(chunk.model_dump_json())
    except Exception as error:
        yield event(openai_errors.of_problem(midway(request, error)).model_dump_json())
        return
    yield event("[DONE]")


def _meta(out: AnswerOut) -> MetaOut:
    return MetaOut.model_validate(out, from_attributes=True)


def _model(service: Service) -> ModelOut:
    return ModelOut(created=int(datetime.fromisoformat(service.engine.manifest.created).timestamp()))


def _unknown(model: str, request: Request) -> Response:
    said = f"没有名为 {model[:100]!r} 的模型，这里只有 {MODEL}。请把客户端的模型名改成它。"
    return problem(request, 404, said, [{"field": "model", "message": said}])
