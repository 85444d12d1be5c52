"""The shapes of requests and responses. Clients depend on them: fields are added, never renamed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from qa_service.answer.models import Origin, Reason, Status
from qa_service.corpus.models import Form, ValidityState

LONGEST_QUESTION = 500
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:")
_HARMLESS_CONTROLS = "\n\r\t"


def readable(text: str) -> str:
    """Return a text in which nothing is hidden.

    Raises:
        ValueError: there is a control character in it.
    """
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in _HARMLESS_CONTROLS:
            raise ValueError(f"含有不可见的控制字符 U+{ord(character):04X}，请去掉后再提交")
    return text


def whole(number: object) -> object:
    """Return 5 for 5.0, which is an integer to JSON Schema; anything else as it is."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def iso_date(given: object) -> object:
    """Return a date that is written as one: pydantic would take any number for seconds since 1970.

    Raises:
        ValueError: it is written otherwise.
    """
    if given is None or isinstance(given, date) or (isinstance(given, str) and _DATE.fullmatch(given)):
        return given
    raise ValueError("应为日期，如 2026-01-01")


def iso_moment(given: object) -> object:
    """Return a moment that is written as one, for the same reason.

    Raises:
        ValueError: it is written otherwise.
    """
    if given is None or isinstance(given, datetime) or (isinstance(given, str) and _MOMENT.match(given)):
        return given
    raise ValueError("应为时刻，如 2026-01-01T08:00:00+08:00")


_READABLE: dict[str, Any] = {"pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"}
"""What ``readable`` checks, for the OpenAPI document: there the message would be lost."""

QuestionText = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_QUESTION, description="问题，1—500 个字", json_schema_extra=_READABLE),
    AfterValidator(readable),
]
SessionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
ShortText = Annotated[str, Field(min_length=1, max_length=200, json_schema_extra=_READABLE), AfterValidator(readable)]


_ANSWER_EXAMPLE: dict[str, Any] = {
    "id": "4f0c0d4be0d54b6c8f6f0e0d9c1b7a52",
    "session_id": "0b7a3f5f4c9d4f2e9a1d6c8e7b5f3a21",
    "status": "answered",
    "reason": "complete",
    "answer": "知识产权许可转让及质押融资额明显增长，知识产权质押金额累计15亿元。[1]",
    "citations": [
        {
            "n": 1,
            "passage_id": "haimen-ip-plan#三-二-2",
            "document_id": "haimen-ip-plan",
            "document": "南通市海门区“十四五”知识产权发展规划",
            "location": "三、（二）2",
            "text": "2.知识产权许可转让及质押融资额明显增长，知识产权质押金额累计15亿元。",
            "highlights": [[0, 36]],
            "score": 0.9,
            "url": "/documents/haimen-ip-plan#%E4%B8%89-%E4%BA%8C-2",
            "validity": {
                "state": "period_over",
                "label": "期限届满",
                "note": "规划期为2021—2025年，已届满",
            },
        }
    ],
    "notices": [
        "《南通市海门区“十四五”知识产权发展规划》的规划期为2021—2025年，已于2025年12月31日届满。"
        "所列目标是否完成、措施是否仍在执行，请以主管部门最新公布为准。"
    ],
    "suggestions": ["2020年质押贷款比上一年涨了百分之多少？"],
    "origin": "extracted",
    "elapsed_ms": 6.2,
}


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FiltersIn(_Request):
    """Where to look; an empty list does not restrict."""

    document_ids: Annotated[list[ShortText], Field(max_length=100)] = []
    levels: Annotated[list[ShortText], Field(max_length=20)] = []
    topics: Annotated[list[ShortText], Field(max_length=20)] = []


class AskedFrom(StrEnum):
    """Where the public asks through this interface."""

    API = "api"
    PAGE = "page"
    WIDGET = "widget"


class AskIn(_Request):
    """A question."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "知识产权质押金额目标是多少"}]},
    )

    question: QuestionText
    session_id: SessionId | None = None
    top_k: Annotated[int, Field(strict=True, ge=1, le=20, description="最多引用几条"), BeforeValidator(whole)] = 5
    as_of: Annotated[date | None, Field(description="按哪一天判断效力；空为今天"), BeforeValidator(iso_date)] = None
    filters: FiltersIn = FiltersIn()
    channel: Annotated[AskedFrom, Field(description="从哪里问的，只用于统计")] = AskedFrom.API


class ValidityOut(BaseModel):
    """Whether a document is in force, and why."""

    state: ValidityState
    label: str
    note: str
    replaced_by: str | None = None


class QuotedOut(BaseModel):
    """A passage as it is quoted: where it stands, what it says, what of it matters here, whether it is in force."""

    passage_id: str
    document_id: str
    document: str
    location: str
    form: Annotated[Form, Field(description="full_text 原文，notes 要点整理（非法条原文），guide 办事指南")] = (
        Form.FULL_TEXT
    )
    text: str
    highlights: list[tuple[int, int]]
    score: float
    url: str
    validity: ValidityOut


class CitationOut(QuotedOut):
    """A passage offered as the ground of an answer."""

    n: int


class AnswerOut(BaseModel):
    """What is said to a question, and on what ground."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ANSWER_EXAMPLE]})

    id: str
    session_id: str
    status: Status
    reason: Reason
    answer: str
    citations: list[CitationOut]
    notices: list[str]
    suggestions: list[str]
    understood: Annotated[str | None, Field(description="改正错别字后的问题；没有错别字时为空")] = None
    interpreted: Annotated[str | None, Field(description="追问被理解成的完整问题；不是追问时为空")] = None
    choices: Annotated[list[str], Field(description="请用户选一个的完整问题；不需要选时为空")] = []
    origin: Annotated[
        Origin, Field(description="谁写的：extracted 摘自原文、curated 人工审核、generated 大模型、fixed 固定答复")
    ]
    elapsed_ms: float


class MetaOut(BaseModel):
    """What is known of an answer before a word of it is said."""

    id: str
    session_id: str
    status: Status
    reason: Reason
    understood: str | None
    interpreted: str | None
    choices: list[str]
    origin: Origin


class DeltaOut(BaseModel):
    """The next stretch of an answer's text."""

    text: str
    afresh: Annotated[bool, Field(description="此前的文字作废，从这一段重新开始")] = False


class HitOut(QuotedOut):
    """A ranked passage."""

    rank: int
    explain: Annotated[dict[str, float] | None, Field(description="各项依据加了多少分，合起来就是得分")] = None
    asked: Annotated[str | None, Field(description="这一条的日常问法中与所问最相近的一句")] = None


class ReadOut(BaseModel):
    """How a question was read."""

    asks: Annotated[list[str], Field(description="问的是什么：amount 金额、deadline 时间、how 怎么办……")]
    topics: list[str]
    documents: Annotated[list[str], Field(description="点名的文件")]
    clauses: Annotated[list[str], Field(description="点名的条款")]


class SearchOut(BaseModel):
    """Ranked passages, no composed answer."""

    query: str
    understood: Annotated[str | None, Field(description="改正错别字后的内容；没有错别字时为空")] = None
    read: Annotated[ReadOut | None, Field(description="怎样理解所问；只在要求说明时给出")] = None
    hits: list[HitOut]
    elapsed_ms: float


class DocumentOut(BaseModel):
    """A document's metadata and validity."""

    id: str
    title: str
    short_title: str | None
    form: Form
    kind: str | None
    level: str | None
    issuer: str | None
    number: str | None
    issued: date | None
    effective: date | None
    expires: date | None
    topics: list[str]
    source_url: str | None
    note: str | None
    validity: ValidityOut
    passages: int
    url: str


class DocumentsOut(BaseModel):
    """Every document."""

    documents: list[DocumentOut]


class OutlineOut(BaseModel):
    """A heading, and what stands below it."""

    title: str
    passage_ids: list[str]
    children: list[OutlineOut]


class DocumentWithOutlineOut(DocumentOut):
    """One document with its outline."""

    outline: list[OutlineOut]


class PassageOut(BaseModel):
    """A passage with its place and its neighbours."""

    id: str
    document_id: str
    document: str
    location: str
    heading_path: list[str]
    text: str
    start: int
    end: int
    url: str
    previous: str | None
    next: str | None
    validity: ValidityOut


class HealthOut(BaseModel):
    """The process is alive."""

    status: Literal["ok"] = "ok"
    version: str


class ReadyOut(BaseModel):
    """The build that is served."""

    status: Literal["ready"] = "ready"
    build: str
    created: str
    age_seconds: int
    documents: int
    passages: int
    questions: int
    degraded: str | None = None
    journal: Literal["ok", "failing"] = "ok"


class ProblemOut(BaseModel):
    """An error, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[dict[str, Any]] = []
