"""Running the application."""

import os
import socket
from collections.abc import Mapping
from typing import Any

import typer
import uvicorn

from qa_service.errors import SettingsError
from qa_service.index.build import Progress
from qa_service.server.app import create_app
from qa_service.server.connection import BoundedProtocol
from qa_service.service import open_service
from qa_service.settings import PREFIX, Settings


def serve(settings: Settings, flags: Mapping[str, Any], progress: Progress) -> None:
    """Serve until interrupted; the index is built first where it is missing or stale.

    Raises:
        SettingsError: the address cannot be listened on.
    """
    claim(settings.host, settings.port)
    address = f"{shown_address(settings.host, settings.port)}  （按 Ctrl+C 停止）"
    common: dict[str, Any] = {"host": settings.host, "port": settings.port, "log_level": "warning"}
    common["http"] = BoundedProtocol
    if settings.workers == 1:
        service = open_service(settings, progress=progress)
        uvicorn.run(create_app(lambda: service, announce=lambda: typer.echo(f"服务已启动：{address}")), **common)
        return
    open_service(settings, progress=progress)  # makes sure of the index; every worker opens its own
    typer.echo(f"正在启动 {settings.workers} 个进程：{address}")
    # Worker processes start from nothing but the environment; they find the index ready.
    os.environ.update({f"{PREFIX}{name.upper()}": str(value) for name, value in flags.items() if value is not None})
    uvicorn.run("qa_service.server.app:create_app", factory=True, workers=settings.workers, **common)


def shown_address(host: str, port: int) -> str:
    """Return the address as a browser takes it."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def claim(host: str, port: int) -> None:
    """Find out now, and in words, whether the address is free.

    Raises:
        SettingsError: it cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":  # on Windows the option would let a taken port be bound
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"无法监听 {host}:{port}（{error.strerror}）。端口可能已被占用：请先停掉占用它的程序，"
                f"或换一个端口，例如 QA_PORT={port + 1 if port < 65535 else port - 1}。"
            ) from error
