"""The widget: the script that a page of any site names, and the page on which it is tried and set up."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from qa_service.server.assets import STATIC, digest
from qa_service.server.dependencies import ServiceDep
from qa_service.server.page_templates import TEMPLATES

router = APIRouter(include_in_schema=False)

_DIGEST = "{digest}"


@router.head("/widget.js")
@router.get("/widget.js")
def widget_script() -> Response:
    """Return the script that loads the widget's modules; pages of any site may name it.

    Whether a site may use what it loads is for :mod:`~qa_service.server.origins` to say.
    """
    script = (STATIC / "js" / "widget_loader.js").read_text("utf-8").replace(_DIGEST, digest())
    headers = {
        "Cache-Control": "no-cache",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": f'"{digest()}"',
    }
    return Response(script, media_type="text/javascript; charset=utf-8", headers=headers)


@router.head("/widget")
@router.get("/widget", response_class=HTMLResponse)
async def widget_page(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show the page on which the widget is set up; the line to copy names this service as it was addressed."""
    here = service.settings.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return TEMPLATES.TemplateResponse(request, "widget.html", {"script": f"{here.rstrip('/')}/widget.js"})
