"""A question is small: a request body beyond the limit is refused before it is read whole."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY_BYTES = 64 * 1024
LARGER_BODY_BYTES = {"/v1/chat/completions": 1024 * 1024}
"""Where more is sent than a question: a chat client sends the whole conversation each time."""


class BodyLimitMiddleware:
    """Counts what arrives, whatever the length that was announced."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        limit = LARGER_BODY_BYTES.get(scope.get("path", ""), LARGEST_BODY_BYTES)
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                # Raised where the application reads, it is answered like any other fault of a request.
                raise HTTPException(413, f"请求内容超过 {limit // 1024} KB。请精简后再提交。")
            return message

        await self._app(scope, receive_counted if scope["type"] == "http" else receive, send)
