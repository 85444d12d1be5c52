"""Behind a proxy, who asks and how is what the proxy says: only where it is the operator's own."""

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


class ForwardedMiddleware:
    """Takes ``X-Forwarded-For`` and ``X-Forwarded-Proto`` from trusted proxies, and from nobody else.

    Of several addresses it is the last that is not itself a trusted proxy's: whatever stands before it, anybody may
    have written.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._trusting: dict[tuple[str, ...], ProxyHeadersMiddleware] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        trusted: tuple[str, ...] = getattr(scope["app"].state, "trusted_proxies", ()) if "app" in scope else ()
        if not trusted:
            await self._app(scope, receive, send)
            return
        if trusted not in self._trusting:
            self._trusting[trusted] = ProxyHeadersMiddleware(self._app, trusted_hosts=list(trusted))  # type: ignore[arg-type]
        await self._trusting[trusted](scope, receive, send)  # type: ignore[arg-type]
