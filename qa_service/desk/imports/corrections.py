"""What an editor says of a text, in place of what was read from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from qa_service.corpus.models import Document
from qa_service.text.dates import parse_date
from qa_service.text.readable import readable

LONGEST_ID_BYTES = 200
MOST_NAMES = 20
LONGEST_NAME = 100
_SEPARATORS = re.compile(r"[、,，;；\n]")
_ID = re.compile(r"[^\s#/?\\]+")
_ADDRESS = re.compile(r"https?://[^\s@/]+(?:/\S*)?")


def _one_line(value: object) -> object:
    """Return a text on one line, nothing hidden in it; anything else as it is."""
    return " ".join(readable(value).split()) if isinstance(value, str) else value


def _day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    text = _one_line(value)
    if text == "":
        return None
    day = parse_date(text) if isinstance(text, str) else None
    if day is None:
        raise ValueError(f"{str(value)[:40]!r} 不是日期，请写成 2026-01-31；不知道就留空")
    return day


def _names(value: object) -> object:
    if isinstance(value, str):
        value = [part for line in value.splitlines() for part in _SEPARATORS.split(line)]
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(str(name) for part in value if (name := _one_line(part))))
    return value


OneLine = BeforeValidator(_one_line)
Day = Annotated[date | None, BeforeValidator(_day)]
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_names), Field(max_length=MOST_NAMES)]


class Corrections(BaseModel):
    """The whole of a text's metadata: what is empty is to be empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(max_length=200, description="标题"), OneLine]
    id: Annotated[str, Field(max_length=120, description="编号，出现在引用和地址里；空为按标题取"), OneLine] = ""
    short_title: Annotated[str, Field(max_length=100, description="简称"), OneLine] = ""
    issuer: Annotated[str, Field(max_length=200, description="发布机关"), OneLine] = ""
    number: Annotated[str, Field(max_length=100, description="文号"), OneLine] = ""
    issued: Annotated[Day, Field(description="公布日期，如 2026-01-31")] = None
    effective: Annotated[Day, Field(description="施行日期")] = None
    expires: Annotated[Day, Field(description="有效期至")] = None
    level: Annotated[str, Field(max_length=50, description="层级"), OneLine] = ""
    kind: Annotated[str, Field(max_length=50, description="文种"), OneLine] = ""
    topics: Annotated[Names, Field(description="主题")] = ()
    aliases: Annotated[Names, Field(description="别名")] = ()
    source_url: Annotated[str, Field(max_length=500, description="来源网址"), OneLine] = ""

    @field_validator("title")
    @classmethod
    def _has_a_title(cls, value: str) -> str:
        if len(value) < 2:
            raise ValueError("请写明文件标题，至少两个字")
        return value

    @field_validator("id")
    @classmethod
    def _is_an_id(cls, value: str) -> str:
        if value and (not _ID.fullmatch(value) or value.startswith(".") or "@" in value):
            raise ValueError("编号不能含空格和 # / ? @ 反斜线，也不能以点开头；留空则按标题取")
        if len(value.encode()) > LONGEST_ID_BYTES:
            raise ValueError("编号太长，请写短一些")
        return value

    @field_validator("source_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("应为网址，如 https://www.example.gov.cn/a.html；不知道就留空")
        return value

    @field_validator("expires")
    @classmethod
    def _follows(cls, value: date | None, info: ValidationInfo) -> date | None:
        begins = info.data.get("effective")
        if value and begins and value < begins:
            raise ValueError(f"有效期至（{value}）早于施行日期（{begins}），请核对")
        return value

    @property
    def given(self) -> dict[str, Any]:
        """What is not empty, by the names of the front matter."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) not in (None, "", ())}

    @property
    def fields(self) -> dict[str, Any]:
        """All of it as a document has it: what is empty is None there, or no name at all; an id there always is."""
        values = {name: getattr(self, name) for name in type(self).model_fields if name != "id" or self.id}
        return {name: None if value == "" else value for name, value in values.items()}


def as_typed(stated: Corrections | Document | None) -> dict[str, str]:
    """Return the metadata as they stand in a form, by the names of its fields; nothing of None."""
    return {name: _typed(getattr(stated, name, None)) for name in Corrections.model_fields}


def _typed(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
