"""A question is small: a request body beyond the limit, or one that takes for ever to come, is refused."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.server.problems import problem
from qa_service.server.uploads import LARGEST_UPLOAD_BYTES, LONGEST_UPLOAD_S, UPLOAD_PATHS

LARGEST_BODY_BYTES = 64 * 1024
LARGER_BODY_BYTES = {"/v1/chat/completions": 1024 * 1024, **dict.fromkeys(UPLOAD_PATHS, LARGEST_UPLOAD_BYTES)}
"""Where more is sent than a question: a chat client sends the whole conversation each time, staff send files."""
_MB = 1024 * 1024
_PATIENCE_S = 10.0
"""For the whole body: a client that sends a byte now and then holds a connection, and nothing else."""


class BodyLimitMiddleware:
    """Counts what arrives, whatever the length that was announced."""

    def __init__(self, app: ASGIApp, *, patience_s: float = _PATIENCE_S) -> None:
        self._app = app
        self._patience_s = patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = LARGER_BODY_BYTES.get(scope["path"], LARGEST_BODY_BYTES)
        headers = dict(scope["headers"])
        if refused := _refused(headers, limit):
            await problem(Request(scope), *refused)(scope, receive, send)
            return
        received, complete = 0, False
        patience_s = LONGEST_UPLOAD_S if scope["path"] in UPLOAD_PATHS else self._patience_s
        deadline = asyncio.get_running_loop().time() + patience_s

        async def receive_counted() -> Message:
            nonlocal received, complete
            if complete:  # what is waited for now is that the client goes away
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, f"请求内容 {patience_s:g} 秒还没有传完。请检查网络后重试。") from None
            received += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if received > limit:
                # Raised where the application reads, it is answered like any other fault of a request.
                raise HTTPException(413, _too_large(limit))
            return message

        await self._app(scope, receive_counted, send)


def _refused(headers: dict[bytes, bytes], limit: int) -> tuple[int, str] | None:
    """Return why a body is not even begun to be read."""
    encoding = headers.get(b"content-encoding", b"identity").strip().lower()
    if encoding not in (b"", b"identity"):
        return 415, "请求内容不能压缩（Content-Encoding）。请不压缩再发。"
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced[:20]) > limit:
        return 413, _too_large(limit)
    return None


def _too_large(limit: int) -> str:
    shown = f"{limit // 1024} KB" if limit < _MB else f"{limit // _MB} MB"
    return f"请求内容超过 {shown}。请精简后再提交。"
