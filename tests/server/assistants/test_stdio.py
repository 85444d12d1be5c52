import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from qa_service.service import Service

COMMAND = ["-c", "from qa_service.cli import main; main()", "mcp"]
GARBAGE = [
    b"garbage",
    b"\xff\xfe\x00",
    b"[]",
    b"{}",
    b'{"jsonrpc": "2.0", "id": 9, "method": 5}',
    b"",
    b'"\xe4\xb8\x93"',
]


@pytest.fixture
def environment(service: Service) -> dict[str, str]:
    """The environment of a server that finds its index ready."""
    return {
        **os.environ,
        "QA_CORPUS_DIR": str(service.settings.corpus_dir),
        "QA_INDEX_DIR": str(service.settings.index_dir.absolute()),
    }


def request(identity: int, method: str, **params: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": identity, "method": method, "params": params}).encode()


HANDSHAKE = [
    request(
        1,
        "initialize",
        protocolVersion="2025-06-18",
        capabilities={},
        clientInfo={"name": "test", "version": "1"},
    ),
    b'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
]


def serve(environment: dict[str, str], *lines: bytes) -> tuple[dict[Any, Any], subprocess.CompletedProcess[bytes]]:
    """Send the lines, close standard input, and return the answers by their ids; all of stdout has to be JSON-RPC."""
    with subprocess.Popen(
        [sys.executable, *COMMAND],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"\n".join([*HANDSHAKE, *lines]) + b"\n")
        process.stdin.flush()
        wanted = {json.loads(line)["id"] for line in [HANDSHAKE[0], *lines] if b'"params"' in line}
        answers: dict[Any, Any] = {}
        while not wanted <= answers.keys():
            answer = json.loads(process.stdout.readline())
            assert answer["jsonrpc"] == "2.0"
            answers[answer["id"]] = answer
        process.stdin.close()
        rest = process.stdout.read()
        errors = process.stderr.read()
        return answers, subprocess.CompletedProcess([], process.wait(20), rest, errors)


def test_a_client_that_starts_the_command_can_use_every_tool(environment: dict[str, str]) -> None:
    async def main() -> list[Any]:
        server = StdioServerParameters(command=sys.executable, args=COMMAND, env=environment)
        async with Client(server) as client:
            assert len((await client.list_tools()).tools) == 3
            return await asyncio.gather(
                client.call_tool("ask_policy", {"question": "知识产权质押金额目标是多少"}),
                client.call_tool("search_policy", {"query": "质押融资"}),
                client.call_tool("get_clause", {"document": "专利法", "location": "第六十五条"}),
            )

    asked, found, clause = asyncio.run(main())
    assert "15亿元" in asked.structured_content["answer"]
    assert len(found.structured_content["hits"]) == 5
    assert clause.structured_content["passage_ids"] == ["专利法#第六十五条"]


def test_nothing_but_the_protocol_is_on_stdout_and_garbage_does_not_end_it(environment: dict[str, str]) -> None:
    answers, done = serve(
        environment,
        *GARBAGE,
        request(2, "nope"),
        request(3, "tools/call", name="search_policy", arguments=["list"]),
        request(4, "tools/call", name="ask_policy", arguments={"question": "a\x00b"}),
        request(5, "tools/call", name="ask_policy", arguments={"question": "知识产权质押金额目标是多少 🚗"}),
        request(6, "ping"),
    )
    assert answers[2]["error"]["code"] == -32601
    assert answers[3]["error"]["code"] == -32602
    assert answers[4]["result"]["isError"]
    assert "15亿元" in answers[5]["result"]["content"][0]["text"]
    assert answers[6]["result"] == {}
    assert (done.stdout, done.returncode) == (b"", 0)


def test_the_index_is_made_with_its_progress_on_stderr(
    environment: dict[str, str], tiny_corpus: Path, tmp_path: Path
) -> None:
    fresh = {**environment, "QA_CORPUS_DIR": str(tiny_corpus), "QA_INDEX_DIR": str(tmp_path / "index")}
    asked = request(2, "tools/call", name="get_clause", arguments={"document": "专利促进条例", "location": "3条"})
    answers, done = serve(fresh, asked)
    assert answers[2]["result"]["structuredContent"]["text"] == "第三条 对授权的发明专利，每件资助一万元。"
    assert (done.stdout, done.returncode) == (b"", 0)
    assert "建立词语索引" in done.stderr.decode()


def test_what_hinders_it_is_said_to_the_client_and_to_the_operator(environment: dict[str, str], tmp_path: Path) -> None:
    hindered = {**environment, "QA_CORPUS_DIR": str(tmp_path / "nix")}
    answers, done = serve(hindered, request(2, "tools/call", name="search_policy", arguments={"query": "质押"}))
    assert answers[2]["result"]["isError"]
    assert "QA_CORPUS_DIR" in answers[2]["result"]["content"][0]["text"]
    assert done.returncode == 1
    assert done.stderr.decode().startswith("错误：语料目录")


def test_without_the_sdk_the_command_says_what_to_install(environment: dict[str, str]) -> None:
    hide = "import sys; sys.modules['mcp'] = None; from qa_service.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hide, "mcp"], env=environment, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert "pip install 'qa-service[mcp]'" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_setting_that_cannot_be_used_ends_it_at_once(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *COMMAND], env={**environment, "QA_PORT": "x"}, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert "QA_PORT" in done.stderr.decode()
