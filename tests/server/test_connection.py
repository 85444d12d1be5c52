import asyncio
import time
from urllib.parse import urlsplit

import pytest

from proof.http import Reply, exchange, request
from qa_service.server import connection

HEALTH = request("GET", "/healthz")


def send(live: str, *parts: bytes, pause_s: float = 0.0) -> Reply:
    parts_of = urlsplit(live)
    assert parts_of.hostname
    assert parts_of.port
    return asyncio.run(exchange(parts_of.hostname, parts_of.port, parts, pause_s=pause_s))


def test_a_head_without_end_is_refused_at_the_limit(live: str) -> None:
    line = b"X-A: " + b"a" * 8000 + b"\r\n"
    reply = send(live, b"GET /healthz HTTP/1.1\r\nHost: x\r\n", *[line] * 9, pause_s=0.02)
    assert reply.status == 431


def test_one_header_without_end_is_refused_too(live: str) -> None:
    reply = send(live, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ", *[b"a" * 16_000] * 5, pause_s=0.02)
    assert reply.status == 431


def test_a_large_body_is_no_head(live: str) -> None:
    body = {"messages": [{"role": "user", "content": "专利" * 100}] * 400}
    assert send(live, request("POST", "/v1/chat/completions", body)).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
        b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_request_that_does_not_end_in_time_is_not_waited_for(
    live: str, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(connection, "LONGEST_REQUEST_S", 0.3)
    began = time.monotonic()
    assert send(live, sent).status in {None, 400}
    assert time.monotonic() - began < 5


def test_a_connection_that_stays_open_serves_on(live: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LONGEST_REQUEST_S", 0.5)
    one = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    reply = send(live, one, one, HEALTH, pause_s=0.4)
    assert reply.status == 200
    assert reply.body.count(b"HTTP/1.1 200") == 2
