"""Serving assistants: over standard input and output, or over HTTP."""

import asyncio
import signal
import sys
from functools import partial

import typer
import uvicorn
from mcp.server.stdio import stdio_server
from starlette.concurrency import run_in_threadpool

from qa_service.index.build import Progress
from qa_service.server.app import create_mcp_app
from qa_service.server.assistants.door import PATH
from qa_service.server.assistants.protocol import create_mcp
from qa_service.server.serving import claim, shown_address
from qa_service.service import Service, open_service
from qa_service.settings import Settings

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve_stdio(settings: Settings, progress: Progress) -> None:
    """Serve the program that started this one, until it closes standard input.

    Nothing but the protocol goes to standard output. The service is opened meanwhile, since a client gives up on a
    server that is silent while an index is made; tools that are called wait for it.

    Raises:
        QaError: the service could not be opened; every tool has said so.
    """
    if sys.stdin.isatty():
        typer.echo("MCP 服务在标准输入输出上等待 AI 助手；这条命令由助手启动，不必手动运行。", err=True)
    # The thread that waits for a line cannot be interrupted; and there is nothing to lose, for a build is whole or absent.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    asyncio.run(_serve_stdio(settings, progress))


async def _serve_stdio(settings: Settings, progress: Progress) -> None:
    opening = asyncio.create_task(run_in_threadpool(partial(open_service, settings, progress=progress)))

    async def opened() -> Service:
        # A call that is cancelled leaves the others their service.
        return await asyncio.shield(opening)

    server = create_mcp(opened)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
    (await opening).close()


def serve_http(settings: Settings, progress: Progress) -> None:
    """Serve assistants alone at ``/mcp`` until interrupted; one process.

    Raises:
        SettingsError: the address cannot be listened on.
        QaError: the service cannot be opened.
    """
    claim(settings.host, settings.port)
    service = open_service(settings, progress=progress)
    address = f"{shown_address(settings.host, settings.port)}{PATH}"
    app = create_mcp_app(
        lambda: service,
        announce=lambda: typer.echo(f"MCP 服务已启动：{address}  （按 Ctrl+C 停止）"),
        loopback_only=settings.host in _LOOPBACK,
    )
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
