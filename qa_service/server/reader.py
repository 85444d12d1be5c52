"""/documents and /documents/{id}: the reader, whose pages work without scripts."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.errors import NotFoundError
from qa_service.server.dependencies import ServiceDep
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.presenting import document_out, outline_out

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/documents")
def documents_page(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show the list of documents."""
    day = service.answerer.today()
    documents = [document_out(service, d, day) for d in service.library.documents.values()]
    return TEMPLATES.TemplateResponse(request, "documents.html", {"documents": documents, "today": day})


@router.get("/documents/{document_id}")
def document_page(request: Request, document_id: str, service: ServiceDep) -> HTMLResponse:
    """Show one document, every passage with an address of its own."""
    try:
        document = service.library[document_id]
    except NotFoundError as error:
        return TEMPLATES.TemplateResponse(request, "not_found.html", {"detail": str(error)}, status_code=404)
    context = {
        "document": document_out(service, document, service.answerer.today()),
        "outline": outline_out(service, document),
        "passages": {passage.id: passage for passage in service.engine.passages_of(document_id)},
    }
    return TEMPLATES.TemplateResponse(request, "document.html", context)
