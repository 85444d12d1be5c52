"""A real HTTP server that speaks the chat protocol, streaming, and misbehaves in every way that it is told to."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_BLOCK = re.compile(r"^【([a-z0-9]{4})】(.*)\n((?:> .*\n?)+)", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """A passage as the model sees it."""

    marker: str
    source: str
    lines: tuple[str, ...]


@dataclass
class Call:
    """One request, and the means to answer it badly."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    closed_by_client: threading.Event
    server_stops: threading.Event

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def passages(self) -> list[Shown]:
        return [
            Shown(marker, source, tuple(line[2:] for line in lines.splitlines()))
            for marker, source, lines in _BLOCK.findall(self.user)
        ]

    def begin(self, content_type: str = "text/event-stream", status: int = 200) -> None:
        """Send the head, and answer in chunks."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", content_type)
        self.handler.send_header("Transfer-Encoding", "chunked")
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send one chunk of the transfer encoding."""
        if not data:
            return
        try:
            self.handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.handler.wfile.flush()
        except OSError:
            self.closed_by_client.set()
            raise

    def end(self) -> None:
        """Send the last chunk."""
        self.handler.wfile.write(b"0\r\n\r\n")

    def events(self, *deltas: object, finish: str | None = "stop", done: bool = True) -> bytes:
        """Return deltas as the protocol writes them."""
        chunks = [chunk(delta) for delta in deltas]
        if finish:
            chunks.append(chunk({}, finish))
        return b"".join(chunks) + (b"data: [DONE]\n\n" if done else b"")

    def say(self, text: str, *, finish: str | None = "stop", pieces: int = 3) -> None:
        """Write a text a few characters at a time."""
        self.begin()
        for at in range(0, len(text), pieces):
            self.send(chunk({"content": text[at : at + pieces]}))
        self.send(self.events(finish=finish))
        self.end()

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than the server runs."""
        self.server_stops.wait(seconds)


def chunk(delta: object, finish: str | None = None) -> bytes:
    """Return one event of the stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


Behaviour = Callable[[Call], None]


@dataclass
class LanguageModelServer:
    """What runs, and what it was asked."""

    port: int
    behaviour: Behaviour | None = None
    calls: list[Call] = field(default_factory=list)
    closed_by_client: threading.Event = field(default_factory=threading.Event)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def language_model_server() -> Iterator[LanguageModelServer]:
    """Run a server on a free port of the loopback interface."""
    stops = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.close_connection = True
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            call = Call(self, body, state.closed_by_client, stops)
            state.calls.append(call)
            state.headers = {name.lower(): value for name, value in self.headers.items()}
            assert state.behaviour is not None
            try:
                state.behaviour(call)
            except OSError:
                state.closed_by_client.set()

        def do_GET(self) -> None:
            self.close_connection = True
            models = [{"id": "tiny", "object": "model", "created": 1, "owned_by": "test"}]
            data = json.dumps({"object": "list", "data": models}).encode()
            found = self.path == "/v1/models"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state = LanguageModelServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        stops.set()
        server.shutdown()
        server.server_close()
        thread.join()


def unused_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
