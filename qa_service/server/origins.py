"""Which other sites' pages may ask: those that the operator lists, and no others.

CORS keeps a browser from showing an answer to a page that may not have it; it does not keep the page from asking. Here
a page of another site is also refused, by its ``Origin`` (RFC 6454).
"""

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from qa_service.server.problems import problem

PUBLIC = (
    "/api/v1/ask",
    "/api/v1/feedback",
    "/api/v1/welcome",
    "/api/v1/search",
    "/api/v1/documents",
    "/api/v1/passages",
    "/v1/",
    "/static/",
)
"""What pages of other sites may use where they are let in: never the staff's part, never a person's own session."""
_OTHERWISE = "/mcp"
"""Its protocol has rules of its own for origins."""
_TOLD = ("RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id")
_PREFLIGHT_S = 600
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class OriginMiddleware:
    """Lets pages of listed sites use the public interface, and refuses what pages of others send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._shared: dict[tuple[str, ...], CORSMiddleware] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        origin = request.headers.get("origin", "")
        listed: tuple[str, ...] = getattr(scope["app"].state, "widget_origins", ())
        public = scope["path"].startswith(PUBLIC)
        if not scope["path"].startswith(_OTHERWISE) and _is_a_site(origin) and not _is_own(request, origin):
            may = public and ("*" in listed or origin in listed)
            if not may and (scope["method"] not in _SAFE or "access-control-request-method" in request.headers):
                response = problem(
                    request, 403, f"网站 {origin[:100]} 没有被允许使用本服务。请让管理员把它加进 QA_WIDGET_ORIGINS。"
                )
                await response(scope, receive, send)
                return
        await (self._sharing(listed) if public and listed else self._app)(scope, receive, send)

    def _sharing(self, listed: tuple[str, ...]) -> CORSMiddleware:
        if listed not in self._shared:
            self._shared[listed] = CORSMiddleware(
                self._app,
                allow_origins=listed,
                allow_methods=("GET", "POST"),
                allow_headers=("content-type", "authorization", "x-request-id"),
                expose_headers=_TOLD,
                max_age=_PREFLIGHT_S,
            )
        return self._shared[listed]


def _is_a_site(origin: str) -> bool:
    """Whether a page of the web asks; a program on a desk may send ``null`` or a scheme of its own."""
    return origin.startswith(("http://", "https://"))


def _is_own(request: Request, origin: str) -> bool:
    public_url: str | None = getattr(request.app.state, "public_url", None)
    host = request.headers.get("host", "")
    # What speaks https to the public may stand before us unsaid.
    return origin in (f"http://{host}", f"https://{host}") or (
        public_url is not None and origin == public_url.rstrip("/")
    )
