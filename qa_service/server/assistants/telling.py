"""What every tool tells: passages with their standing, as data and in words."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from qa_service.answer.models import Citation
from qa_service.corpus.models import Document, Form, Passage, Validity, ValidityState
from qa_service.corpus.validity import COMPILED_KINDS, chinese_date
from qa_service.service import Service
from qa_service.text.book_marks import in_book_marks

_FORMS = {Form.FULL_TEXT: "官方全文", Form.NOTES: "要点整理，非法条原文", Form.GUIDE: "办事指南，由本服务整理"}


class Told(BaseModel, ABC):
    """What a tool returns: structured, and able to say itself to a reader."""

    @abstractmethod
    def in_words(self) -> str:
        """Return all of it that a reader needs, in Chinese."""


class StandingTold(BaseModel):
    """Whether a text is in force, and what becomes of it."""

    state: ValidityState
    label: Annotated[str, Field(description="效力，如 现行有效、期限届满")]
    note: Annotated[str, Field(description="为什么")]
    replaced_by: Annotated[str | None, Field(description="取代它的文件编号")] = None
    upcoming: Annotated[str | None, Field(description="即将施行的新版本，没有就为空")] = None

    def in_words(self) -> str:
        """Return the standing in one clause."""
        coming = f"；{self.upcoming}" if self.upcoming else ""
        return f"{self.label}（{self.note}{coming}）"


class QuotedTold(BaseModel):
    """A passage as it is quoted."""

    passage_id: Annotated[str, Field(description="条款编号，可交给 get_clause 的 location")]
    document_id: str
    document: str
    location: Annotated[str, Field(description="在文件中的位置，引用时照写")]
    text: Annotated[str, Field(description="条款文字，一字不改")]
    form: Annotated[str, Field(description="官方全文、要点整理（非法条原文）还是办事指南")]
    validity: StandingTold

    def in_words(self) -> str:
        """Return the passage under its citation."""
        head = f"{in_book_marks(self.document)}{self.location}"
        return f"{head}\n〔{self.form}；{self.validity.in_words()}；编号 {self.passage_id}〕\n{self.text}"


def form_of(document: Document) -> str:
    """Return what kind of wording a document is, as a reader must be told."""
    if document.form is Form.NOTES and document.kind in COMPILED_KINDS:
        return f"{document.kind}，由本服务整理"
    merged = "，由本服务按修改通知并入" if document.amended_by else ""
    return f"{_FORMS[document.form]}{merged}"


def standing_of(validity: Validity, upcoming: Document | None) -> StandingTold:
    """Tell a validity, with the version to come."""
    coming = None
    if upcoming and upcoming.effective:
        coming = f"{chinese_date(upcoming.effective)}起改为{in_book_marks(upcoming.title)}（编号 {upcoming.id}）"
    return StandingTold(
        state=validity.state,
        label=validity.state.label,
        note=validity.note,
        replaced_by=validity.replaced_by,
        upcoming=coming,
    )


def quoted(citation: Citation) -> QuotedTold:
    """Tell a citation."""
    return QuotedTold(
        passage_id=citation.passage.id,
        document_id=citation.document.id,
        document=citation.document.title,
        location=citation.passage.titled_location,
        text=citation.passage.text,
        form=form_of(citation.document),
        validity=standing_of(citation.validity, citation.upcoming),
    )


def cited(service: Service, passage: Passage, day: date, *, n: int = 1, score: float = 1.0) -> Citation:
    """Return a passage as a citation on a day, so that all that must be said of it can be."""
    library = service.library
    document = library[passage.document_id]
    validity, upcoming = library.validity(document.id, day), library.upcoming(document.id, day)
    return Citation(n, passage, document, validity, (), upcoming, score)


def under(heading: str, lines: list[str]) -> list[str]:
    """Return a block of lines under its heading; nothing where there are none."""
    return ["\n".join([f"{heading}：", *(f"- {line}" for line in lines)])] if lines else []
