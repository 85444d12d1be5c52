"""Running the application."""

import os
import signal
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import FrameType
from typing import Any

import typer
import uvicorn
from fastapi import FastAPI

from qa_service import log
from qa_service.errors import SettingsError
from qa_service.index.build import Progress, silent
from qa_service.progress import ProgressLine
from qa_service.server.app import create_app
from qa_service.server.connection import BoundedProtocol
from qa_service.server.opening import give_back_memory
from qa_service.server.systemd import READY, STOPPING, notify
from qa_service.service import Service, open_service
from qa_service.settings import PREFIX, Settings, load_settings

BACKLOG = 512
"""Connections that may wait to be taken: more would wait longer than anybody does."""
KEEP_ALIVE_S = 30
"""Seconds that an idle connection is kept; longer than the 15 of a page's heartbeat, shorter than a proxy's 60."""


def serve(settings: Settings, flags: Mapping[str, Any], progress: Progress) -> None:
    """Serve until interrupted; the index is built first where it is missing or stale.

    Raises:
        SettingsError: the address cannot be listened on, or the workers cannot start.
    """
    claim(settings.host, settings.port)
    log.set_up(settings.log_format, settings.log_level)
    address = f"{shown_address(settings.host, settings.port)}  （按 Ctrl+C 停止）"
    if settings.workers == 1:
        service = _opened(settings, progress)
        _serve_alone(create_app(lambda: service), settings, lambda: _announce(f"服务已启动：{address}"))
        return
    _make_sure_of_index(settings)
    typer.echo(f"正在启动 {settings.workers} 个进程：{address}")
    # Worker processes start from nothing but the environment; they find the index ready.
    os.environ.update({f"{PREFIX}{name.upper()}": str(value) for name, value in flags.items() if value is not None})
    _serve_together(settings)


def _make_sure_of_index(settings: Settings) -> None:
    """Build the index where it is missing or stale, in a process that takes its memory along when it ends."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(_open_once, settings).result()


def _open_once(settings: Settings) -> None:
    log.set_up(settings.log_format, settings.log_level)
    with ProgressLine() as progress:
        open_service(settings, progress=progress).close()


def worker_app() -> FastAPI:
    """Make the application of one worker process, from the environment."""
    settings = load_settings()
    log.set_up(settings.log_format, settings.log_level)
    return create_app(lambda: _opened(settings, silent))


def _opened(settings: Settings, progress: Progress) -> Service:
    service = open_service(settings, progress=progress)
    give_back_memory()
    return service


def config_of(app: FastAPI | str, settings: Settings, **more: Any) -> uvicorn.Config:  # noqa: ANN401
    """Return how uvicorn serves: with its own log, its headers and its view of proxies switched off."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        http=BoundedProtocol,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=settings.shutdown_s,
        **more,
    )


class Server(uvicorn.Server):
    """Uvicorn's server, but that a second signal of any kind forces the end, and systemd is told."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        """Make a server.

        Args:
            config: how it serves.
            announce: called once it listens and can answer.
        """
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the service, listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._announce()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end, or end at once."""
        if self.should_exit:
            self.force_exit = True
            return
        notify(STOPPING)
        super().handle_exit(sig, frame)


def _serve_alone(app: FastAPI, settings: Settings, announce: Callable[[], None]) -> None:
    # Uvicorn raises the signal that ended it once more; ended in good order, the exit status is 0.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    server = Server(config_of(app, settings), announce)
    server.run()
    if not server.started:
        raise SettingsError("服务没有启动，原因见上面的日志。")


def _serve_together(settings: Settings) -> None:
    from qa_service.server.supervisor import Supervisor, prepare_metrics

    prepare_metrics(settings.data_dir)
    config = config_of("qa_service.server.serving:worker_app", settings, factory=True, workers=settings.workers)
    listening = config.bind_socket()
    supervisor = Supervisor(
        config, [listening], shutdown_s=settings.shutdown_s, announce=lambda: _announce("全部进程可以回答了。")
    )
    try:
        supervisor.run()
    finally:
        listening.close()
    if supervisor.failed:
        raise SettingsError("工作进程没有启动，原因见上面的日志。")


def _announce(sentence: str) -> None:
    typer.echo(sentence)
    notify(READY)


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
