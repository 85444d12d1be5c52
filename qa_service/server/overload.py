"""A server that is full says so at once: before the body is read, at the cost of next to nothing."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from qa_service.admission import Admission
from qa_service.server.costly import computes
from qa_service.server.problems import problem_of


class OverloadMiddleware:
    """Answers 503 for the service while no question more would be taken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        admission: Admission | None = (
            getattr(scope["app"].state, "admission", None) if scope["type"] == "http" else None
        )
        if admission is None or not computes(scope) or not admission.is_full:
            await self._app(scope, receive, send)
            return
        await problem_of(Request(scope), admission.turn_away())(scope, receive, send)
