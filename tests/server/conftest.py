import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import pytest
import uvicorn
from fastapi import FastAPI

from qa_service.answer.models import Answer
from qa_service.answer.speech import Piece
from qa_service.server.app import create_app
from qa_service.server.connection import BoundedProtocol
from qa_service.service import Service

Serve = Callable[[Service], AbstractContextManager[str]]


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """Serve over real HTTP on a free port; yields the address."""
    with serving_app(create_app(lambda: service)) as address:
        yield address


@contextmanager
def serving_app(app: FastAPI) -> Iterator[str]:
    """Serve an application over real HTTP on a free port; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_level="error", ws="none", http=BoundedProtocol)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def live(service: Service) -> Iterator[str]:
    """The address of a server over the shipped corpus."""
    with serving(service) as address:
        yield address


@pytest.fixture
def serve() -> Serve:
    """Serve some service over real HTTP."""
    return serving


@pytest.fixture
def serve_app() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """Serve some application over real HTTP."""
    return serving_app


class Scripted:
    """A generator that says what it is told to, and knows whether it was left before its end."""

    def __init__(self, *script: Piece | Exception | threading.Event) -> None:
        self._script = script
        self.waits = threading.Event()
        self.closed = threading.Event()

    async def write(self, answer: Answer) -> AsyncIterator[Piece | Answer]:
        said = ""
        try:
            for step in self._script:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, threading.Event):
                    self.waits.set()
                    while not step.is_set():
                        await asyncio.sleep(0.01)
                    continue
                said = step.text if step.afresh else said + step.text
                yield step
            yield replace(answer, text=said)
        finally:
            self.closed.set()


@pytest.fixture
def scripted() -> Callable[..., Scripted]:
    """Make a generator that says what it is told to: pieces, an error to raise, an event to wait for."""
    return Scripted
