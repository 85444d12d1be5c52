"""HTTP by hand, over one connection a request, for clients that behave as no library would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int | None
    """None where the connection ended before one came."""
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as an object; an empty one where it is something else."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def request(method: str, path: str, body: object = None, *, content_type: str = "application/json") -> bytes:
    """Write a request that asks for the connection to be closed.

    Args:
        method: the method.
        path: path and query, already escaped.
        body: bytes as they are, anything else as JSON; None for no body.
        content_type: of the body.
    """
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    if body is not None:
        head += [f"Content-Type: {content_type}", f"Content-Length: {len(sent)}"]
    return "\r\n".join([*head, "", ""]).encode() + sent


async def exchange(
    host: str,
    port: int,
    parts: Sequence[bytes],
    *,
    pause_s: float = 0,
    leave_after: int | None = None,
    half_close: bool = False,
    timeout_s: float = 30,
) -> Reply:
    """Send a request in parts, and read until the server closes.

    Args:
        host: where.
        port: where.
        parts: what is sent, one part after another.
        pause_s: seconds of waiting between two parts.
        leave_after: bytes of response after which the connection is broken off; None reads all.
        half_close: whether to close the sending side once all is sent.
        timeout_s: seconds within which the whole must be over.

    Raises:
        TimeoutError: it was not over in time.
        OSError: no connection came about.
    """
    async with asyncio.timeout(timeout_s):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            received = await _converse(reader, writer, parts, pause_s, leave_after, half_close)
        finally:
            writer.transport.abort()
    return _reply(received)


async def _converse(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    parts: Sequence[bytes],
    pause_s: float,
    leave_after: int | None,
    half_close: bool,
) -> bytes:
    received = b""
    try:
        for number, part in enumerate(parts):
            if number:
                await asyncio.sleep(pause_s)
            writer.write(part)
            await writer.drain()
        if half_close:
            writer.write_eof()
        while leave_after is None or len(received) < leave_after:
            data = await reader.read(65536)
            if not data:
                break
            received += data
    except ConnectionError:
        pass  # a server may break off what it has refused; what it said before counts
    return received


def _reply(received: bytes) -> Reply:
    head, _, body = received.partition(b"\r\n\r\n")
    words = head.split(b" ", 2)
    status = int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else None
    return Reply(status, body)
