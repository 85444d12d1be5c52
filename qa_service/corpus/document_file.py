"""A file of the corpus folder: its metadata and its body, read and written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from qa_service.corpus.models import Document, Form
from qa_service.corpus.papers import read_paper
from qa_service.corpus.readers import FileType, file_type_of, read_manuscript, read_text
from qa_service.errors import CorpusError
from qa_service.text.readable import readable
from qa_service.text.yaml_text import read_yaml

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MARKUP = {FileType.TEXT: "text", FileType.MARKDOWN: "markdown"}
_OURS = ("id", "form")
"""Either of these keys tells that a file's front matter is written for this corpus, and not by another publisher."""


def _as_list(value: object) -> object:
    return [] if value is None else [value] if isinstance(value, str) else value


Strings = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


Status = Literal["现行", "已修改", "已修订", "已废止"]
"""What a publisher says of a text; a day on which it changed is better said by the text that supersedes it."""


class FrontMatter(BaseModel):
    """The YAML head of a document file. Unknown keys are refused, so a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, Field(pattern=r"^[^\s#/?]+$", max_length=120)]
    title: Annotated[str, Field(min_length=2)]
    form: Form
    short_title: str | None = None
    aliases: Strings = ()
    kind: str | None = None
    level: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    status: Status | None = None
    supersedes: Strings = ()
    source_url: str | None = None
    topics: Strings = ()
    note: str | None = None
    draft: bool = False

    @model_validator(mode="after")
    def _dates_in_order(self) -> FrontMatter:
        if self.effective and self.expires and self.expires < self.effective:
            raise ValueError(f"expires（{self.expires}）早于 effective（{self.effective}）")
        return self


def has_metadata(path: Path) -> bool:
    """Whether a file carries metadata written for this corpus: front matter of its own, or a ``.yaml`` beside it."""
    if path.with_suffix(".yaml").is_file():
        return True
    if file_type_of(path) not in _MARKUP:
        return False
    head, _ = split_front_matter(read_text(path))
    # Front matter that is not YAML is ours to complain of.
    return head is not None and (any(re.search(rf"^{key}:", head, re.MULTILINE) for key in _OURS) or ":" not in head)


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the YAML between the ``---`` lines at the head of ``text``, None where there is none, and what follows."""
    fence = _FENCE.match(text)
    return (fence.group(1), text[fence.end() :]) if fence else (None, text)


def read_document(path: Path) -> Document:
    """Read one document: front matter in the file, or in a ``.yaml`` of the same name beside it.

    Raises:
        CorpusError: the file cannot be decoded, has no metadata, or its metadata is not usable.
    """
    kind = file_type_of(path)
    head, body = split_front_matter(readable(read_text(path))) if kind in _MARKUP else (None, "")
    sidecar = path.with_suffix(".yaml")
    if head is None and sidecar.is_file():
        head = readable(read_text(sidecar))
    if head is None:
        raise CorpusError(
            f"{path}：没有找到元数据。请在文件开头写 --- 包起来的 YAML（至少 id、title、form 三项），"
            f"或在旁边放一个 {sidecar.name}。"
        )
    if kind not in _MARKUP:
        body = read_paper(read_manuscript(path)).body
    if not body.strip():
        raise CorpusError(f"{path}：正文为空。请补上文件全文。")
    meta = _parse_front_matter(head, path)
    return Document(body=body, markup=_MARKUP.get(kind, "markdown"), **meta.model_dump())


def document_text(document: Document) -> str:
    """Return the file that ``read_document`` reads as ``document``: front matter and body, to the character.

    Raises:
        CorpusError: its metadata is not usable.
    """
    fields = {
        name: value
        for name in FrontMatter.model_fields
        if (value := getattr(document, name)) not in (None, (), "", False)
    }
    plain = {k: list(v) if isinstance(v, tuple) else str(v) if k == "form" else v for k, v in fields.items()}
    head = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000)
    _parse_front_matter(head, Path(document.id))
    return f"---\n{head}---\n{document.body}"


def _parse_front_matter(head: str, path: Path) -> FrontMatter:
    try:
        raw: Any = read_yaml(head)
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}：元数据不是合法的 YAML（{_one_line(error)}）。") from error
    if not isinstance(raw, dict):
        raise CorpusError(f"{path}：元数据应是“键: 值”的列表，读到的是 {type(raw).__name__}。")
    try:
        return FrontMatter.model_validate(raw)
    except ValidationError as error:
        faults = "；".join(_fault(e["type"], e["loc"], e["input"], e["msg"]) for e in error.errors())
        raise CorpusError(f"{path}：元数据有误：{faults}。") from error


def _fault(kind: str, loc: tuple[int | str, ...], value: object, message: str) -> str:
    key = ".".join(map(str, loc))
    if kind == "missing":
        return f"缺少 {key}"
    if kind == "extra_forbidden":
        return f"不认识的键 {key}"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind == "enum":
        return f"{key} 的值 {value!r} 不在 {' / '.join(Form)} 之中"
    if kind == "literal_error":
        return f"{key} 的值 {value!r} 不在 {' / '.join(get_args(Status))} 之中"
    return f"{key} 的值 {value!r} 不可用（{message}）"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
