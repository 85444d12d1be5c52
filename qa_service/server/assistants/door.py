"""POST /mcp: the door for assistants on the service's own port (MCP streamable HTTP)."""

from collections.abc import Awaitable
from importlib.util import find_spec
from typing import Protocol

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from qa_service.errors import SettingsError
from qa_service.server.dependencies import service_of
from qa_service.service import Service

PATH = "/mcp"


class Exchange(Protocol):
    """Answers one request."""

    def __call__(
        self, service: Service, scope: Scope, receive: Receive, send: Send, *, loopback_only: bool
    ) -> Awaitable[None]:
        """Handle the request."""


class AssistantDoor:
    """Answers one MCP request at a time, without sessions: any worker process can take the next.

    Nothing of MCP is loaded before the first request, and nothing outlives a request; so the door costs a service
    that no assistant uses neither start-up time nor memory, and the application's lifespan need not know of it.
    """

    def __init__(self, *, loopback_only: bool = False) -> None:
        """Make the door.

        Args:
            loopback_only: whether only this machine's own names are taken as the host that is asked for.
        """
        self._loopback_only = loopback_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        service = await service_of(Request(scope))
        try:
            # Read here, a body over the limit is answered like everywhere: inside, it would be a fault of a task group.
            body = await Request(scope, receive).body()
        except ClientDisconnect:
            return
        exchange = await run_in_threadpool(_load)
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> Message:
            return unread.pop() if unread else await receive()

        await exchange(service, scope, receive_again, send, loopback_only=self._loopback_only)


def add_door(app: FastAPI, *, loopback_only: bool = False) -> None:
    """Let assistants in at ``/mcp``.

    There is no stream of the server's own to open and no session to close: GET and DELETE are refused, as the
    protocol has it.
    """
    app.router.routes.append(Route(PATH, AssistantDoor(loopback_only=loopback_only), methods=["POST"]))


def is_installed() -> bool:
    """Whether the MCP SDK is there, without loading it."""
    return find_spec("mcp") is not None


def require_installed() -> None:
    """Make sure of the MCP SDK.

    Raises:
        SettingsError: it is not installed.
    """
    if not is_installed():
        raise SettingsError(
            "没有安装 MCP 组件。请运行：pip install 'qa-service[mcp]'；在源码目录里是 ./scripts/install mcp。"
        )


def _load() -> Exchange:
    """Load what speaks MCP."""
    from qa_service.server.assistants.exchange import exchange

    return exchange
