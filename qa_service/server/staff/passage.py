"""/api/v1/staff/passage: a passage as one reads it out: what stands around it, and what is about to change."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from qa_service.corpus.models import Document, Passage
from qa_service.server.dependencies import ServiceDep
from qa_service.server.presenting import passage_url, quoted_out
from qa_service.server.schemas import QuotedOut, ShortText
from qa_service.server.staff.guard import DocumentsReaderDep
from qa_service.service import Service

router = APIRouter()


class ComingOut(BaseModel):
    """The version that will take a document's place."""

    document_id: str
    document: str
    effective: date
    text: Annotated[str | None, Field(description="同一条在新版本中的文字；新版本没有对应的条时为空")]
    unchanged: Annotated[bool, Field(description="这一条的文字没有变化")]
    url: str


class NamedOut(BaseModel):
    """A document by its title."""

    document_id: str
    document: str
    url: str


class ConsultedOut(BaseModel):
    """A passage, its place and its neighbours."""

    passage: QuotedOut
    heading_path: list[str]
    previous: QuotedOut | None
    next: QuotedOut | None
    part: int
    parts: Annotated[int, Field(description="过长的条分成几段；1 为没有分")]
    issuer: str | None
    number: str | None
    effective: date | None
    expires: date | None
    note: Annotated[str | None, Field(description="关于这份文件的说明")]
    source_url: str | None
    replaced_by: NamedOut | None
    amended_by: Annotated[NamedOut | None, Field(description="现有文字是按哪份修改通知合并的")]
    coming: ComingOut | None


@router.get("/passage", summary="一条条款和它的前后（工作台）", operation_id="staff_passage")
def passage(
    service: ServiceDep, staff: DocumentsReaderDep, id: Annotated[ShortText, Query(description="条款编号")]
) -> ConsultedOut:
    """给出一条条款、章节、前后条、效力，以及即将施行的新版本。"""
    return consulted(service, id)


def consulted(service: Service, passage_id: str) -> ConsultedOut:
    """Return a passage with what stands around it.

    Raises:
        NotFoundError: there is none of this id.
    """
    found = service.engine.passage(passage_id)
    document, day = service.library[found.document_id], service.answerer.today()
    siblings = service.engine.passages_of(document.id)
    at = [sibling.id for sibling in siblings].index(found.id)
    validity = service.library.validity(document.id, day)
    return ConsultedOut(
        passage=plainly_quoted(service, found, day),
        heading_path=list(found.heading_path),
        previous=plainly_quoted(service, siblings[at - 1], day) if at else None,
        next=plainly_quoted(service, siblings[at + 1], day) if at + 1 < len(siblings) else None,
        part=found.part,
        parts=found.parts,
        issuer=document.issuer,
        number=document.number,
        effective=document.effective,
        expires=document.expires,
        note=document.note,
        source_url=document.source_url,
        replaced_by=_named(service, validity.replaced_by),
        amended_by=_named(service, document.amended_by),
        coming=_coming(service, found, day),
    )


def plainly_quoted(service: Service, passage: Passage, day: date) -> QuotedOut:
    """Present a passage as it is quoted, with nothing marked."""
    document = service.library[passage.document_id]
    return quoted_out(passage, document, service.library.validity(document.id, day))


def _named(service: Service, document_id: str | None) -> NamedOut | None:
    document = service.library.documents.get(document_id or "")
    if document is None:
        return None
    return NamedOut(document_id=document.id, document=document.title, url=f"/documents/{quote(document.id)}")


def _coming(service: Service, passage: Passage, day: date) -> ComingOut | None:
    """The version to come, where one is known, and what this passage says there."""
    document = service.library.upcoming(passage.document_id, day)
    if document is None or document.effective is None:
        return None
    there = _same_place(service, passage, document)
    return ComingOut(
        document_id=document.id,
        document=document.title,
        effective=document.effective,
        text=there.text if there else None,
        unchanged=there is not None and there.text == passage.text,
        url=passage_url(there) if there else f"/documents/{quote(document.id)}",
    )


def _same_place(service: Service, passage: Passage, document: Document) -> Passage | None:
    """Where a passage stands in a version of its document: only one merged by us says so for sure."""
    if document.amended_by is None:
        return None
    location = dict(document.moved).get(passage.location, passage.location)
    there = (p for p in service.engine.passages_of(document.id) if (p.location, p.part) == (location, passage.part))
    return next(there, None)
