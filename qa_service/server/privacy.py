"""The page that says what is kept of the people who ask, and by whom."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.server.dependencies import ServiceDep
from qa_service.server.page_templates import TEMPLATES
from qa_service.text.personal import Kind

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_NO_OPERATOR = "本服务的运行单位"


@router.head("/privacy")
@router.get("/privacy")
async def privacy_page(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show the privacy note; it states what holds of this installation."""
    settings = service.settings
    context = {
        "operator": settings.operator_name or _NO_OPERATOR,
        "named": settings.operator_name is not None,
        "contact": settings.operator_contact,
        "kinds": [kind.value for kind in Kind],
        "retention_days": settings.retention_days if settings.journal == "on" else 0,
        "session_minutes": settings.session_minutes,
        "has_model": service.generator is not None,
    }
    return TEMPLATES.TemplateResponse(request, "privacy.html", context)
