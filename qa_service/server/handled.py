"""A request that was handled: what the access log and the metrics are told of it, and nothing that somebody typed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.server.client_address import client_address

OTHER = "other"
"""The route of what has none."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Handled:
    """A request and how it ended."""

    method: str
    """In upper case; an unknown one is ``other``."""
    route: str
    """The route's template, never the path that was asked for."""
    status: int
    """499 where the client went away before there was one."""
    seconds: float
    """Until the last byte was handed over."""
    sent: int
    """Bytes of the response's body."""
    channel: str
    """The door that a question came in by; empty where nothing was asked."""
    address: str
    """The client's network address; must not be written as it stands. Empty where it is unknown."""


class Accounts:
    """Who is told of requests, and how many are being handled."""

    def __init__(self) -> None:
        self.running = 0
        self.listeners: list[Callable[[Handled], None]] = []


class HandledMiddleware:
    """Tells of every request once it is handled; only its own few values are kept meanwhile."""

    def __init__(self, app: ASGIApp, accounts: Accounts) -> None:
        self._app = app
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, sent = time.perf_counter(), 0, 0
        accounts = self._accounts

        async def counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            elif message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        accounts.running += 1
        try:
            await self._app(scope, receive, counted)
        except Exception:
            status = status or 500
            raise
        finally:
            accounts.running -= 1
            handled = _handled(scope, status or 499, time.perf_counter() - began, sent)
            for listener in accounts.listeners:
                listener(handled)


def _handled(scope: Scope, status: int, seconds: float, sent: int) -> Handled:
    state, method = scope.get("state", {}), scope["method"]
    return Handled(
        method if method in _METHODS else OTHER,
        template_of(scope),
        status,
        seconds,
        sent,
        state.get("channel", ""),
        client_address(HTTPConnection(scope)) or "",
    )


def template_of(scope: Scope) -> str:
    """Return the template of the route that took a request; ``other`` where none did."""
    route: BaseRoute | None = scope.get("route")
    path = getattr(route, "path", None)
    if isinstance(path, str):
        return path
    endpoint, app = scope.get("endpoint"), scope.get("app")
    if endpoint is None or app is None:
        return OTHER
    for known in app.routes:
        if isinstance(known, Mount) and known.app is endpoint:
            return known.path
        if isinstance(known, Route) and known.endpoint is endpoint:
            return known.path
    return OTHER
