"""What the pages of /desk/documents show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from qa_service.corpus.field_names import FIELD_NAMES
from qa_service.corpus.models import Document, Form, ValidityState
from qa_service.corpus.validity import PERIOD_KINDS
from qa_service.desk.imports.corrections import Corrections
from qa_service.desk.imports.desk import ImportDesk
from qa_service.desk.imports.shelved import Shelved
from qa_service.errors import CorpusError
from qa_service.server.dependencies import ServiceDep
from qa_service.server.desk.page import DeskPageDep
from qa_service.server.presenting import document_out
from qa_service.server.schemas import DocumentOut
from qa_service.server.staff.builds import RebuildingDep, listed_builds
from qa_service.server.staff.imports.presenting import preview_out, undo_preview_out
from qa_service.server.staff.imports.router import ImportDeskDep, progress_of
from qa_service.server.staff.imports.schemas import ProgressOut
from qa_service.server.standing import Standing
from qa_service.service import Service

_SOON = timedelta(days=90)
_FORMS: Mapping[Form, str] = {Form.FULL_TEXT: "全文", Form.NOTES: "要点", Form.GUIDE: "指南"}
_ENDED = frozenset({ValidityState.AMENDED, ValidityState.REPEALED, ValidityState.PERIOD_OVER})
_ENTERED: Mapping[str, str] = {
    "title": "wide",
    "issuer": "",
    "number": "",
    "issued": "day",
    "effective": "day",
    "expires": "day",
    "level": "level",
    "kind": "kind",
    "topics": "",
    "short_title": "",
    "aliases": "wide",
    "source_url": "wide",
    "id": "wide",
}
"""What an editor may correct, and how it is entered."""
_HINTS: Mapping[str, str] = {
    "issued": "如 2026-01-31 或 2026年1月31日",
    "effective": "没有写明就留空",
    "expires": "没有期限就留空",
    "topics": "用顿号隔开，如 资助、保护",
    "aliases": "人们怎样称呼它，用顿号隔开",
    "id": "出现在引用和地址里，一般不用改；与已有文件的编号相同，就是替换它",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was entered into the form of a file, and what is wrong with it."""

    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the corpus as the list shows it."""

    document: DocumentOut
    form: str
    batch: str
    attention: str
    """Why an editor should look at it; empty where there is no reason."""


class DocumentsViews:
    """The pages, for whom they are asked by."""

    def __init__(
        self, request: Request, page: DeskPageDep, service: ServiceDep, desk: ImportDeskDep, rebuilding: RebuildingDep
    ) -> None:
        self._page = page
        self._service: Service = service
        self._desk: ImportDesk = desk
        self._rebuilding = rebuilding
        standing: Standing = request.app.state.standing
        self._trouble = standing.live.trouble if standing.live else None

    def home(self, error: str = "", status: int = 200) -> Response:
        """Return the first page."""
        batches, damage = self._batches()
        service = self._service
        documents = _documents(service, batches)
        context = {
            "error": error or damage,
            "closed": self._desk.closed,
            "progress": self._progress(),
            "stages": [stage for stage in self._desk.staging.all() if not stage.batch],
            "batches": batches,
            "titles": {d.id: d.title for d in service.library.documents.values()},
            "documents": documents,
            "attention": [one for one in documents if one.attention],
            "builds": listed_builds(service),
            "today": service.answerer.today(),
        }
        return self._page.show("documents.html", context, status=status)

    def upload(self, stage_id: str, error: str = "", status: int = 200, typed: Typed | None = None) -> Response:
        """Return the page of an upload.

        Raises:
            NotFoundError: there is none of this id.
        """
        stage = self._desk.staging.get(stage_id)
        documents = self._service.library.documents
        context: dict[str, Any] = {
            "error": error,
            "closed": self._desk.closed,
            "stage": stage,
            "progress": self._progress(),
            "fields": [(name, FIELD_NAMES[name], how) for name, how in _ENTERED.items()],
            "hints": _HINTS,
            "typed": typed or Typed(),
            "limits": {name: _longest(name) for name in Corrections.model_fields},
            "suggested": {
                "level": sorted({d.level for d in documents.values() if d.level}),
                "kind": sorted({d.kind for d in documents.values() if d.kind}),
            },
        }
        if not stage.batch:
            context["preview"] = preview_out(self._desk.preview(stage))
        else:
            context["published"] = [documents.get(i) or _Named(i, i) for i in stage.documents]
        return self._page.show("import.html", context, status=status)

    def batch(self, batch_id: str, error: str = "", status: int = 200) -> Response:
        """Return the page of a batch.

        Raises:
            NotFoundError: there is none of this id.
        """
        preview = undo_preview_out(self._desk.undo_preview(batch_id))
        titles = {d.id: d.title for d in self._service.library.documents.values()}
        context = {"error": error, "preview": preview, "titles": titles, "progress": self._progress()}
        return self._page.show("batch.html", context, status=status)

    def _progress(self) -> ProgressOut:
        return progress_of(self._service, self._rebuilding, self._trouble)

    def _batches(self) -> tuple[list[Shelved], str]:
        try:
            return self._desk.batches(), ""
        except CorpusError as error:
            return [], str(error)


@dataclass(frozen=True, slots=True)
class _Named:
    """A document that this process does not know yet."""

    id: str
    title: str


def _documents(service: Service, batches: list[Shelved]) -> list[Shown]:
    day = service.answerer.today()
    imported_by: dict[str, str] = {}
    for batch in batches:
        if batch.is_in_corpus:
            imported_by |= {i: batch.id for i in batch.documents if i not in imported_by}
    return [
        Shown(
            document_out(service, document, day),
            _FORMS[document.form],
            imported_by.get(document.id, ""),
            _attention(service, document, day),
        )
        for document in service.library.documents.values()
    ]


def _attention(service: Service, document: Document, day: date) -> str:
    validity = service.library.validity(document.id, day)
    if document.effective and document.effective > day:
        return validity.note
    if following := service.library.upcoming(document.id, day):
        return f"自 {following.effective} 起有新的文本"
    if document.expires and day <= document.expires <= day + _SOON:
        ends = "规划期" if document.kind in PERIOD_KINDS else "有效期"
        return f"{ends}到 {document.expires} 为止，还有 {(document.expires - day).days} 天"
    return validity.note if validity.state in _ENDED else ""


def _longest(name: str) -> int:
    lengths = (getattr(rule, "max_length", None) for rule in Corrections.model_fields[name].metadata)
    longest = next((length for length in lengths if length), 40)
    return longest * 20 if name in ("topics", "aliases") else longest


DocumentsViewsDep = Annotated[DocumentsViews, Depends()]
