"""A server that is full says so at once: before the body is read, at the cost of next to nothing."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from qa_service.admission import Admission
from qa_service.server.problems import problem

_COMPUTED = frozenset({"/api/v1/ask", "/api/v1/ask/stream", "/api/v1/search", "/v1/chat/completions"})
RETRY_AFTER_S = 1


class OverloadMiddleware:
    """Answers 503 for the service while no question more would be taken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        admission: Admission | None = (
            getattr(scope["app"].state, "admission", None) if scope["type"] == "http" else None
        )
        computes = scope.get("path") in _COMPUTED or (scope.get("path") == "/" and b"q=" in scope["query_string"])
        if admission is None or not computes or not admission.is_full:
            await self._app(scope, receive, send)
            return
        response = problem(Request(scope), 503, str(admission.turn_away()))
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
        await response(scope, receive, send)
