"""The real server, started for a measurement with data of its own, and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from proof.processes import sample, tree

ROOT = Path(__file__).parents[2]
_LONGEST_START_S = 300.0
"""With an index yet to be built."""
_LONGEST_STOP_S = 30.0
_WORKER_BYTES = 100_000_000
"""What a process that has an index open holds at the least: the one that only supervises holds it as well, or less."""


class ServerError(Exception):
    """The server did not start, or did not stay."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    started_s: float
    """Seconds from its start to the first answer of /readyz."""

    @property
    def host(self) -> str:
        """Where it listens."""
        return "127.0.0.1"

    @property
    def address(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    def workers(self) -> list[int]:
        """Return the processes that answer: those that a supervisor started, or the only one there is."""
        children = [pid for pid in tree(self.process.pid)[1:] if (found := sample(pid)) and found.rss >= _WORKER_BYTES]
        return sorted(children) or [self.process.pid]

    def get(self, path: str) -> bytes:
        """Return what stands at a path.

        Raises:
            OSError: nothing does, or nobody answers.
        """
        with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as response:
            return bytes(response.read())

    def tracebacks(self) -> int:
        """Return how many errors nobody caught its log tells of."""
        return self.log.read_text("utf-8", "replace").count("Traceback (most recent call last)")


@contextmanager
def serving(workers: int, folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve on a free port until the block ends.

    Args:
        workers: how many processes.
        folder: where it keeps its data and its log; the index is the one that the settings name.
        environment: settings besides; the rate limit is off, since all requests come from one address.

    Raises:
        ServerError: it does not answer in time.
    """
    port = free_port()
    log = folder / "server.log"
    settings = {
        **os.environ,
        "QA_DATA_DIR": str(folder / "var"),
        "QA_RATE_LIMIT": "off",
        "QA_RATE_LIMIT_SESSION": "off",
        "QA_RATE_LIMIT_READING": "off",
        **(environment or {}),
    }
    command = [
        str(Path(sys.executable).with_name("qa-service")),
        "serve",
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)),
    ]
    began = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=subprocess.STDOUT)
    try:
        _await_ready(process, port, log)
        yield Server(port, process, log, time.monotonic() - began)
    finally:
        _stop(process)


def free_port() -> int:
    """Return a port of the loopback that is free at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _await_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _LONGEST_START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerError(f"服务没有启动，退出状态 {process.returncode}。日志：\n{_end(log)}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise ServerError(f"等了 {_LONGEST_START_S:.0f} 秒，服务仍不能回答。日志：\n{_end(log)}")


def _end(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-2000:]


def _stop(process: subprocess.Popen[bytes]) -> None:
    left = tree(process.pid)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_LONGEST_STOP_S)
    except subprocess.TimeoutExpired:
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()
