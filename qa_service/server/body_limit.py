"""A question is small: a request body beyond the limit is refused before it is read whole."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.server.problems import problem

LARGEST_BODY_BYTES = 64 * 1024


class _TooLargeError(Exception):
    """The body has passed the limit."""


class BodyLimitMiddleware:
    """Counts what arrives, whatever the length that was announced."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received, started = 0, False

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LARGEST_BODY_BYTES:
                raise _TooLargeError
            return message

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive_counted, send_noted)
        except _TooLargeError:
            if not started:
                detail = f"请求内容超过 {LARGEST_BODY_BYTES // 1024} KB。请精简后再提交。"
                await problem(Request(scope), 413, detail)(scope, receive, send)
