"""/documents and /documents/{id}: the reader, whose pages work without scripts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.corpus.kin import Kin, kin_of
from qa_service.corpus.models import Document
from qa_service.errors import NotFoundError
from qa_service.server.dependencies import ServiceDep
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.presenting import document_out, outline_out
from qa_service.server.reader.reading import set_clauses
from qa_service.server.reader.shelf import FORMS, ORDERS, Wanted, book_of, grouped
from qa_service.server.schemas import DocumentOut
from qa_service.service import Service

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_RELATIONS = (
    ("repealed_by", "由其废止"),
    ("repeals", "所废止的"),
    ("amended_by", "修改依据"),
    ("amends", "所修改的"),
    ("rests_on", "依据文件"),
    ("guides", "办事指南"),
)
"""What there is beside the versions: those that replaced one another are all among them."""


@router.get("/documents")
def documents_page(
    request: Request,
    service: ServiceDep,
    words: str = "",
    level: str = "",
    topic: str = "",
    force: str = "",
    form: str = "",
    order: str = "",
) -> HTMLResponse:
    """Show the list of documents, narrowed to what the address asks for."""
    day = service.answerer.today()
    wanted = Wanted.of({"words": words, "level": level, "topic": topic, "force": force, "form": form, "order": order})
    documents = service.library.documents.values()
    books = [book_of(document_out(service, d, day), d.aliases) for d in documents]
    context = {
        "wanted": wanted,
        "groups": grouped(books, wanted.order),
        "found": {book.document.id for book in books if wanted.meets(book)},
        "total": len(books),
        "levels": list(dict.fromkeys(d.level for d in sorted(documents, key=lambda d: str(d.level)) if d.level)),
        "topics": sorted({topic for d in documents for topic in d.topics}),
        "forms": FORMS,
        "orders": ORDERS,
        "today": day,
    }
    return TEMPLATES.TemplateResponse(request, "documents.html", context)


@router.get("/documents/{document_id}")
def document_page(request: Request, document_id: str, service: ServiceDep) -> HTMLResponse:
    """Show one document, every passage with an address of its own."""
    try:
        document = service.library[document_id]
    except NotFoundError as error:
        return TEMPLATES.TemplateResponse(request, "not_found.html", {"detail": str(error)}, status_code=404)
    kin = kin_of(service.library, document_id)
    upcoming = service.library.upcoming(document_id, service.answerer.today())
    context = {
        "document": _out(service, document),
        "outline": outline_out(service, document),
        "clauses": set_clauses(service, document, kin.rests_on),
        "relations": _relations(service, kin),
        "versions": [_out(service, version) for version in kin.versions],
        "replaced_by": {later.id for later in kin.replaced_by},
        "replaces": {earlier.id for earlier in kin.replaces},
        "upcoming": _out(service, upcoming) if upcoming else None,
    }
    return TEMPLATES.TemplateResponse(request, "document.html", context)


def _out(service: Service, document: Document) -> DocumentOut:
    return document_out(service, document, service.answerer.today())


def _relations(service: Service, kin: Kin) -> list[tuple[str, list[DocumentOut]]]:
    """Return what the document has to do with others: how, and with which."""
    named: list[tuple[str, tuple[Document, ...]]] = [(label, getattr(kin, name)) for name, label in _RELATIONS]
    return [(label, [_out(service, document) for document in documents]) for label, documents in named if documents]
