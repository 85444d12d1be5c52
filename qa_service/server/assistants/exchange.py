"""One MCP request over HTTP, from its arrival to its answer."""

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from qa_service.server.assistants.protocol import create_mcp
from qa_service.server.body_limit import LARGEST_BODY_BYTES
from qa_service.service import Service

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


async def exchange(service: Service, scope: Scope, receive: Receive, send: Send, *, loopback_only: bool) -> None:
    """Answer one request with JSON, by a server and a transport of its own.

    Args:
        service: what answers.
        scope: of the request.
        receive: gives the request's body.
        send: takes the answer.
        loopback_only: whether only this machine's own names are taken as the host that is asked for.
    """

    async def current() -> Service:
        return service

    manager = StreamableHTTPSessionManager(
        create_mcp(current),
        json_response=True,
        stateless=True,
        security_settings=_security(Request(scope), loopback_only=loopback_only),
        max_request_body_size=LARGEST_BODY_BYTES,
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)


def _security(request: Request, *, loopback_only: bool) -> TransportSecuritySettings:
    """Return which hosts and origins are let in.

    No page of another site may call, whatever browser it runs in. A server for this machine alone also refuses other
    names for it, against DNS rebinding. Behind a proxy the host is any name the operator gave it; there it stays
    open, as the rest of the API is: what can be asked for is public and nothing can be changed.
    """
    if loopback_only:
        names = [name for host in _LOOPBACK for name in (host, f"{host}:*")]
        return TransportSecuritySettings(
            allowed_hosts=names, allowed_origins=[f"{scheme}://{n}" for scheme in ("http", "https") for n in names]
        )
    host = request.headers.get("host", "")
    return TransportSecuritySettings(allowed_hosts=[host], allowed_origins=[f"http://{host}", f"https://{host}"])
