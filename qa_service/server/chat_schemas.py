"""OpenAI's chat protocol, as far as this service speaks it.

After https://platform.openai.com/docs/api-reference/chat. Clients send more than is listed here; what is not listed is
ignored, because it steers a language model: here the corpus says what the answer is.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer

from qa_service.server.schemas import LONGEST_QUESTION, MetaOut, readable

MODEL = "haimen-ip-policy"
_MOST_MESSAGES = 1000
_TEXT_PARTS = ("text", "input_text")


def _text(content: object) -> object:
    """Return the text of a message's content: a text, or a list of parts, of which only texts are read."""
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") in _TEXT_PARTS]
        return "\n".join(text for text in texts if isinstance(text, str))
    return "" if content is None else content


class MessageIn(BaseModel):
    """One message of a conversation."""

    role: Annotated[str, Field(description="system、developer、user、assistant、tool；只读 user 的")]
    content: Annotated[
        str,
        BeforeValidator(_text, json_schema_input_type=str | list[dict[str, Any]] | None),
        Field(description="文字，或内容列表（只读其中的文字）"),
    ] = ""


def _asked(messages: list[MessageIn]) -> list[str]:
    return [message.content.strip() for message in messages if message.role == "user"]


def _ending_in_a_question(messages: list[MessageIn]) -> list[MessageIn]:
    asked = _asked(messages)
    if not asked:
        raise ValueError("其中没有 role 为 user 的消息，请至少问一句")
    if len(asked[-1]) > LONGEST_QUESTION:
        raise ValueError(f"问题过长，最多 {LONGEST_QUESTION} 个字，请精简后再问")
    readable(asked[-1])
    return messages


def _could_be_asked(text: str) -> bool:
    try:
        return 0 < len(readable(text)) <= LONGEST_QUESTION
    except ValueError:
        return False


class StreamOptionsIn(BaseModel):
    """How to stream."""

    include_usage: bool | None = None


class ChatIn(BaseModel):
    """A conversation whose last question is to be answered."""

    model_config = {
        "json_schema_extra": {
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "知识产权质押金额目标是多少"}]}]
        }
    }

    model: Annotated[str | None, Field(description=f"{MODEL}；不写也是它")] = None
    messages: Annotated[list[MessageIn], Field(max_length=_MOST_MESSAGES), AfterValidator(_ending_in_a_question)]
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    n: Annotated[int | None, Field(ge=1, le=1, description="只能是 1：一个问题只有一个答案")] = None

    @property
    def question(self) -> str:
        """What is asked: the last of the user's messages."""
        return _asked(self.messages)[-1]

    @property
    def earlier(self) -> list[str]:
        """What the user asked before, the oldest first, as far as it could be asked."""
        return [text for text in _asked(self.messages)[:-1] if _could_be_asked(text)]

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with a count of what was used."""
        return bool(self.stream_options and self.stream_options.include_usage)


class UrlCitationOut(BaseModel):
    """Where a mark [n] stands in the message, and what it cites."""

    start_index: Annotated[int, Field(description="标记 [n] 在 content 中的起点，按字符")]
    end_index: Annotated[int, Field(description="终点，不含")]
    title: str
    url: str


class AnnotationOut(BaseModel):
    """A citation."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitationOut


class UsageOut(BaseModel):
    """What was used. There are no tokens here: these are characters, Chinese or not."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ReplyOut(BaseModel):
    """What is said."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[AnnotationOut]


class ChoiceOut(BaseModel):
    """The one answer."""

    index: int = 0
    message: ReplyOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatOut(BaseModel):
    """An answer, whole."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[ChoiceOut]
    usage: UsageOut
    qa: Annotated[MetaOut, Field(description="本服务自己的状态、原因等，一般客户端不看")]


class _Sparse(BaseModel):
    """What it has nothing to say of, it does not mention."""

    @model_serializer(mode="wrap")
    def _mentioned(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialise(self).items() if value is not None}


class ChunkDeltaOut(_Sparse):
    """What is new in a chunk."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[AnnotationOut] | None = None


class ChunkChoiceOut(BaseModel):
    """The next stretch of the one answer."""

    index: int = 0
    delta: ChunkDeltaOut
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class ChunkOut(_Sparse):
    """A stretch of an answer."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str = MODEL
    choices: list[ChunkChoiceOut]
    usage: UsageOut | None = None
    qa: MetaOut | None = None


class ModelOut(BaseModel):
    """The one model: this service."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "qa-service"


class ModelsOut(BaseModel):
    """Every model there is."""

    object: Literal["list"] = "list"
    data: list[ModelOut]
