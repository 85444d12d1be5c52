"""What no client library would send, over a real socket: never a 500, never an error in the log, and it goes on serving."""

import asyncio
import logging
import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from proof.http import Reply, exchange, request

ASK = request("POST", "/api/v1/ask", {"question": "知识产权质押金额目标是多少"})
HEALTH = request("GET", "/healthz")
CHUNKED = (
    b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
ANSWERED = {200, 400, 404, 405, 408, 411, 413, 414, 417, 422, 426, 431, 501, 505}

BROKEN = {
    "no request at all": b"\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "no version": b"GET /healthz\r\n\r\n",
    "an unknown version": b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
    "an unknown method": b"BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header without a colon": b"GET /healthz HTTP/1.1\r\nHost x\r\n\r\n",
    "a zero byte in a header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n",
    "a folded header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n",
    "bytes above ASCII in a path": "GET /文件 HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    "a path that is no text": b"GET /documents/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
    "a length that is no number": b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n{}",
    "a negative length": b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
    "two lengths": b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length and chunks": CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\n") + b"0\r\n\r\n",
    "a chunk size that is no number": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "a chunk larger than can be": CHUNKED + b"ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "a chunk longer than it says": CHUNKED + b"1\r\n{}\r\n0\r\n\r\n",
    "an upgrade nobody offers": b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "a host of rubbish": b"GET /documents HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
    "a chat and a host of rubbish": request(
        "POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": "专利"}]}
    ).replace(b"127.0.0.1", b"a b<>:99999"),
    "many headers": b"GET /healthz HTTP/1.1\r\n" + b"X-A: b\r\n" * 2000 + b"Connection: close\r\n\r\n",
}


@pytest.fixture
def quiet() -> Iterator[None]:
    """Nothing is logged that is an error."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler = Keep(logging.ERROR)
    loggers = [logging.getLogger(name) for name in (None, "uvicorn", "uvicorn.error")]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)
    assert [record.getMessage() for record in records] == []


@pytest.fixture
def address(live: str, quiet: None) -> Iterator[tuple[str, int]]:
    """A server, which must be well afterwards."""
    parts = urlsplit(live)
    assert parts.hostname
    assert parts.port
    yield parts.hostname, parts.port
    assert urllib.request.urlopen(f"{live}/healthz", timeout=10).status == 200


def send(address: tuple[str, int], *parts: bytes, pause_s: float = 0.05, **how: object) -> Reply:
    return asyncio.run(exchange(*address, parts, pause_s=pause_s, **how))  # type: ignore[arg-type]


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_broken_requests_are_refused_and_nothing_breaks(address: tuple[str, int], sent: bytes) -> None:
    # Some are beginnings of what might still come: the server may wait, and so it is told that nothing will.
    try:
        reply = send(address, sent, half_close=True, timeout_s=8)
    except TimeoutError:
        return
    assert reply.status is None or reply.status in ANSWERED


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /?q=" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 200_000 + b"\r\nConnection: close\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + b"X-A: " + b"a" * 50 + b"\r\n\r\n",
    ],
    ids=["path", "query", "header", "one that is not too long"],
)
def test_a_head_however_long_is_answered_without_harm(address: tuple[str, int], head: bytes) -> None:
    reply = send(address, head)
    assert reply.status is None or reply.status in ANSWERED


def test_a_body_in_chunks_is_a_body(address: tuple[str, int]) -> None:
    body = '{"question": "拿专利能贷款吗"}'.encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:9], body[9:])) + b"0\r\n\r\n"
    reply = send(address, CHUNKED.replace(b"Host: x", b"Host: x\r\nConnection: close") + chunks)
    assert reply.status == 200


def test_chunks_without_end_are_refused_at_the_limit(address: tuple[str, int]) -> None:
    chunk = b"2000\r\n" + b" " * 0x2000 + b"\r\n"
    reply = send(address, CHUNKED, *[chunk] * 12, pause_s=0, leave_after=12)
    assert reply.status == 413


def test_requests_in_a_pipeline_are_answered_in_order(address: tuple[str, int]) -> None:
    first = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
    reply = send(address, first + HEALTH)
    assert reply.status == 200
    assert re.findall(rb"HTTP/1.1 (\d+)", reply.body) == [b"404", b"200"]


def test_who_expects_to_be_told_to_go_on_is_told(address: tuple[str, int]) -> None:
    head, _, body = ASK.partition(b"\r\n\r\n")
    reply = send(address, head + b"\r\nExpect: 100-continue\r\n\r\n", body)
    assert reply.status == 100
    assert b"HTTP/1.1 200" in reply.body


def test_another_expectation_does_no_harm(address: tuple[str, int]) -> None:
    assert send(address, HEALTH.replace(b"\r\n\r\n", b"\r\nExpect: miracles\r\n\r\n")).status in {200, 417}


def test_the_protocol_of_1996_is_spoken(address: tuple[str, int]) -> None:
    reply = send(address, b"GET /healthz HTTP/1.0\r\n\r\n")
    assert reply.status == 200


def test_a_whole_address_for_a_path_is_no_way_in(address: tuple[str, int]) -> None:
    reply = send(address, b"GET http://elsewhere.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert reply.status in {200, 400, 404}
    assert b"elsewhere" not in reply.body


def test_who_closes_their_side_of_the_connection_does_no_harm(address: tuple[str, int]) -> None:
    # uvicorn takes it for a client that has left, and closes the connection.
    assert send(address, ASK, half_close=True).status in {None, 200}


def test_who_leaves_before_the_answer_does_no_harm(address: tuple[str, int]) -> None:
    stream = ASK.replace(b"/api/v1/ask ", b"/api/v1/ask/stream ")
    for sent, bytes_read in ((ASK, 0), (stream, 0), (stream, 300), (ASK[:40], 0), (ASK[:-5], 0)):
        for _ in range(4):
            send(address, sent, leave_after=bytes_read)
    assert send(address, ASK).status == 200


def test_a_body_that_trickles_is_waited_for(address: tuple[str, int]) -> None:
    third = len(ASK) // 3
    assert send(address, ASK[:third], ASK[third : 2 * third], ASK[2 * third :], pause_s=0.3).status == 200
