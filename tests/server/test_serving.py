"""The server as an operator runs it: a process of its own, with its signals."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from qa_service.service import build_index, open_service
from qa_service.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these signals")
COMMAND = [sys.executable, "-c", "from qa_service.cli import main; main()", "serve"]


@dataclass
class Running:
    """A server that was started."""

    process: subprocess.Popen[str]
    address: str
    errors: Path

    def build(self) -> str:
        return str(httpx2.get(f"{self.address}/readyz").json()["build"])

    def figure(self, pattern: str) -> float:
        found = re.findall(rf"^{pattern}\S* (\S+)$", httpx2.get(f"{self.address}/metrics").text, re.MULTILINE)
        return sum(map(float, found))


def until(holds: Callable[[], object], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture
def settings(tiny_corpus: Path, tmp_path: Path) -> Settings:
    made = Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var")
    open_service(made)
    return made


@contextmanager
def started(settings: Settings, **more: str) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    own = {
        "QA_CORPUS_DIR": str(settings.corpus_dir),
        "QA_INDEX_DIR": str(settings.index_dir),
        "QA_DATA_DIR": str(settings.data_dir),
        "QA_PORT": str(port),
        "QA_SHUTDOWN_S": "5",
        **more,
    }
    errors = settings.data_dir.parent / "stderr"
    with errors.open("w") as log:
        process = subprocess.Popen(
            COMMAND, env={**os.environ, "PYTHONUTF8": "1", **own}, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            wanted = "全部进程可以回答了" if int(more.get("QA_WORKERS", "1")) > 1 else "服务已启动"
            while wanted not in (line := process.stdout.readline()):
                assert line, errors.read_text("utf-8")
            yield Running(process, f"http://127.0.0.1:{port}", errors)
        finally:
            process.kill()
            process.wait(10)
            if process.stdout:
                process.stdout.close()


def children(pid: int) -> set[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(c) for c in found if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()}


def test_stopping_lets_a_running_request_finish_and_ends_well(settings: Settings) -> None:
    with started(settings) as running:
        host, port = running.address.removeprefix("http://").split(":")
        body = json.dumps({"question": "授权的发明专利每件资助多少钱"}).encode()
        head = f"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection((host, int(port)), timeout=20) as slow:
            slow.sendall(head.encode() + body[:5])
            until(lambda: running.figure("qa_in_flight") == 2)
            running.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((host, int(port)), timeout=5)
            slow.sendall(body[5:])
            assert slow.recv(100).startswith(b"HTTP/1.1 200")
        assert running.process.wait(10) == 0


def test_a_second_signal_does_not_wait_any_longer(settings: Settings) -> None:
    with started(settings, QA_SHUTDOWN_S="60") as running:
        host, port = running.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as stuck:
            stuck.sendall(b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
            until(lambda: running.figure("qa_in_flight") == 2)
            running.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert running.process.poll() is None
            running.process.send_signal(signal.SIGTERM)
            running.process.wait(10)


def test_its_log_is_json_and_its_responses_do_not_name_the_server(settings: Settings) -> None:
    with started(settings) as running:
        answer = httpx2.get(f"{running.address}/api/v1/search", params={"q": "资助"}, headers={"x-request-id": "abc"})
        assert "server" not in answer.headers
        until(lambda: "/api/v1/search" in running.errors.read_text("utf-8"))
        lines = [json.loads(line) for line in running.errors.read_text("utf-8").splitlines()]
    (line,) = (line for line in lines if line.get("route") == "/api/v1/search")
    assert line["request_id"] == "abc"
    assert "资助" not in str(lines)
    assert "127.0.0.1" not in str(lines)


def test_workers_take_over_a_build_on_the_signal_and_one_that_dies_is_replaced(settings: Settings) -> None:
    with started(settings, QA_WORKERS="2") as running:
        pid = running.process.pid
        workers = children(pid)
        assert len(workers) == 2
        until(lambda: running.figure("qa_index_info") == 2)
        new = build_index(settings).name
        running.process.send_signal(signal.SIGHUP)
        until(lambda: running.figure(f'qa_index_info{{build="{new}"') == 2)
        assert children(pid) == workers
        assert running.build() == new

        for _ in range(5):
            httpx2.post(f"{running.address}/api/v1/ask", json={"question": "资助多少钱"})
        assert running.figure("qa_answers_total") == 5
        os.kill(min(workers), signal.SIGKILL)
        until(lambda: len(children(pid) - workers) == 1)
        until(lambda: running.figure("qa_index_info") == 2)
        assert running.figure("qa_answers_total") == 5
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
