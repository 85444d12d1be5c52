"""/api/v1/staff/export: chosen passages as a Word document, to be sent on or filed."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from qa_service.clock import today
from qa_service.corpus.models import Form, Passage
from qa_service.server.dependencies import ServiceDep
from qa_service.server.download import attachment
from qa_service.server.schemas import QuestionText, ShortText, readable
from qa_service.server.staff.export.excerpts import Excerpt, Excerpts, Exchanged
from qa_service.server.staff.guard import DocumentsReaderDep
from qa_service.server.staff.passage import plainly_quoted

router = APIRouter()

MOST_PASSAGES = 100
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 60


class AnsweredIn(BaseModel):
    """An answer and the question it is to."""

    model_config = ConfigDict(extra="forbid")

    question: QuestionText
    answer: Annotated[str, Field(min_length=1, max_length=8000), AfterValidator(readable)]


class ExportIn(BaseModel):
    """What goes into the document."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[ShortText, Field(description="文件标题")] = "政策条款摘编"
    passage_ids: Annotated[
        list[ShortText], Field(min_length=1, max_length=MOST_PASSAGES, description="条款编号，按顺序")
    ]
    answered: Annotated[AnsweredIn | None, Field(description="放在条款之前的问与答；[n] 指第 n 条")] = None


@router.post("/export", summary="导出 Word", operation_id="staff_export", response_class=Response)
def export(body: ExportIn, staff: DocumentsReaderDep, request: Request, service: ServiceDep) -> Response:
    """把所选条款连同出处、效力和链接写成 Word 文件。"""
    # Importing it takes a fifth of a second and 17 MB, which most processes never need.
    from qa_service.server.staff.export.docx_file import write_docx

    day = today(service.clock)
    base = (service.settings.public_url or str(request.base_url)).rstrip("/")
    passages = [service.engine.passage(passage_id) for passage_id in dict.fromkeys(body.passage_ids)]
    quoted = [plainly_quoted(service, passage, day) for passage in passages]
    excerpts = Excerpts(
        title=body.title.strip() or "政策条款摘编",
        day=day,
        answered=Exchanged(body.answered.question, body.answered.answer) if body.answered else None,
        excerpts=tuple(
            Excerpt(
                citation=f"《{q.document}》{formal_location(passage, q.form)}",
                path=tuple(h for h in passage.heading_path if h not in {q.document, q.location}),
                validity=f"{q.validity.label}{f'（{q.validity.note}）' if q.validity.note else ''}",
                form=q.form,
                text=q.text,
                link=f"{base}{q.url}",
            )
            for passage, q in zip(passages, quoted, strict=True)
        ),
    )
    return Response(
        write_docx(excerpts, service.clock()),
        media_type=DOCX,
        headers=_named(excerpts.title, f"{day:%Y%m%d}"),
    )


def formal_location(passage: Passage, form: Form) -> str:
    """Return where a passage stands, without the heading that notes give an article in words of their own."""
    own = form is Form.NOTES and passage.location.startswith("第")
    return passage.location if own else passage.titled_location


def _named(title: str, day: str) -> dict[str, str]:
    stem = _NOT_IN_NAMES.sub(" ", title).strip(" .")[:_LONGEST_NAME] or "政策条款摘编"
    return attachment(f"excerpts-{day}.docx", f"{stem} {day}.docx")
