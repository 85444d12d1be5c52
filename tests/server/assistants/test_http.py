import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client

from qa_service.server.app import create_app, create_mcp_app
from qa_service.server.assistants import door
from qa_service.service import Service

CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "search_policy", "arguments": {"query": "质押融资", "k": 1}},
}
ACCEPT = {"accept": "application/json, text/event-stream"}


@contextlib.contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="module")
def local(service: Service) -> Iterator[TestClient]:
    """The application for assistants alone, for this machine alone."""
    app = create_mcp_app(lambda: service, loopback_only=True)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("alone", [False, True])
def test_a_client_can_use_every_tool_over_the_network(service: Service, mode: str, alone: bool) -> None:
    async def main(address: str) -> tuple[int, list[Any]]:
        async with Client(f"{address}/mcp", mode=mode) as client:
            tools = (await client.list_tools()).tools
            ask = client.call_tool("ask_policy", {"question": "知识产权质押金额目标是多少"})
            clause = client.call_tool("get_clause", {"document": "专利法", "location": "第六十五条"})
            found = [client.call_tool("search_policy", {"query": "质押融资", "k": k}) for k in range(1, 9)]
            return len(tools), await asyncio.gather(ask, clause, *found)

    with running(create_mcp_app(lambda: service) if alone else create_app(lambda: service)) as address:
        count, (asked, clause, *found) = asyncio.run(main(address))
    assert count == 3
    assert "15亿元" in asked.structured_content["answer"]
    assert clause.structured_content["passage_ids"] == ["专利法#第六十五条"]
    assert [len(result.structured_content["hits"]) for result in found] == list(range(1, 9))


def test_a_single_request_is_answered_with_json_and_no_session(client: TestClient) -> None:
    response = client.post("/mcp", json=CALL, headers=ACCEPT)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in response.headers
    assert response.headers["x-content-type-options"] == "nosniff"
    assert len(response.json()["result"]["structuredContent"]["hits"]) == 1


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_stream_to_open_and_no_session_to_close(client: TestClient, method: str) -> None:
    response = client.request(method, "/mcp", headers=ACCEPT)
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("origin", "status"), [("http://testserver", 200), ("https://testserver", 200), ("http://evil.example", 403)]
)
def test_pages_of_other_sites_are_refused(client: TestClient, origin: str, status: int) -> None:
    assert client.post("/mcp", json=CALL, headers={**ACCEPT, "origin": origin}).status_code == status


def test_a_proxy_may_give_the_service_any_name(client: TestClient) -> None:
    assert client.post("/mcp", json=CALL, headers={**ACCEPT, "host": "ip.example.cn"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8000"}, 200),
        ({"host": "localhost"}, 200),
        ({"host": "[::1]:8000"}, 200),
        ({"host": "evil.example"}, 421),
        ({"host": "localhost.evil.example:8000"}, 421),
        ({"origin": "http://localhost:6274"}, 200),
        ({"origin": "http://evil.example"}, 403),
    ],
)
def test_a_server_for_this_machine_takes_no_other_name(local: TestClient, headers: dict[str, str], status: int) -> None:
    assert local.post("/mcp", json=CALL, headers={**ACCEPT, **headers}).status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{nope", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b'{"jsonrpc": "2.0", "id": 1}', 400),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "x\\ud800"}', 400),
        (b"[" * 60_000, 400),
        (b"x" * 70_000, 413),
    ],
)
def test_what_is_no_request_is_refused(client: TestClient, body: bytes, status: int) -> None:
    response = client.post("/mcp", content=body, headers={**ACCEPT, "content-type": "application/json"})
    assert response.status_code == status
    assert response.headers["x-request-id"]


def test_it_is_not_ready_before_the_service_is_open(service: Service) -> None:
    response = TestClient(create_app(lambda: service)).post("/mcp", json=CALL, headers=ACCEPT)
    assert response.status_code == 503
    assert "正在加载" in response.json()["detail"]


def test_the_server_for_assistants_has_no_pages(local: TestClient) -> None:
    assert local.get("/healthz").status_code == 200
    assert local.get("/").status_code == 404


def test_the_service_does_without_the_sdk(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "is_installed", lambda: False)
    with TestClient(create_app(lambda: service)) as client:
        assert client.post("/mcp", json=CALL, headers=ACCEPT).status_code == 404
        assert client.get("/healthz").status_code == 200


def test_the_command_serves_assistants_alone_and_says_where(service: Service) -> None:
    environment = {
        **os.environ,
        "QA_CORPUS_DIR": str(service.settings.corpus_dir),
        "QA_INDEX_DIR": str(service.settings.index_dir.absolute()),
        "PYTHONUTF8": "1",
    }
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [
            sys.executable,
            "-c",
            "from qa_service.cli import main; main()",
            "mcp",
            "--http",
            "--port",
            str(port),
        ]
        refused = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert refused.returncode == 1
    assert "端口可能已被占用" in refused.stderr.decode()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert f"http://127.0.0.1:{port}/mcp" in process.stdout.readline().decode()

        async def main() -> Any:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                return await client.call_tool("search_policy", {"query": "质押融资"})

        assert not asyncio.run(main()).is_error
        process.terminate()


def test_the_sdk_is_not_loaded_until_an_assistant_comes() -> None:
    check = "import sys; from qa_service.server.app import create_app; create_app(); sys.exit('mcp' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True, timeout=60)
