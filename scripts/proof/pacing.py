"""An open-loop generator: requests are due at fixed times, whether or not the server keeps up.

A closed loop, such as wrk's, sends the next request only when the last was answered: while the server is slow it asks
less, so that its percentiles leave out those who would have waited (coordinated omission). Here every request is timed
from the moment it was due.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import httptools

from proof.latencies import Outcome

_TICK_S = 0.002
"""How often those that are due are sent: much less than what is measured."""
_SWEEP_S = 0.1
"""How often those that have waited too long are given up."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How requests are sent."""

    per_second: float
    seconds: float
    connections: int
    """At the most; a request that finds none free waits for one."""
    timeout_s: float = 10.0


@dataclass(slots=True)
class _Request:
    due: float
    data: bytes


class _Connection(asyncio.Protocol):
    """One connection that carries one request at a time."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self.request: _Request | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, request: _Request) -> None:
        assert self._transport
        self.request, self._parser = request, httptools.HttpResponseParser(self)
        self._transport.write(request.data)

    def data_received(self, data: bytes) -> None:
        if not self._parser:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            request, self.request = self.request, None
            self._run.finish(request, "garbled")
            self.abort()

    def on_message_complete(self) -> None:
        assert self._parser
        status, stays = str(self._parser.get_status_code()), self._parser.should_keep_alive()
        request, self.request = self.request, None
        self._run.finish(request, status)
        if stays:
            self._run.free(self)
        else:
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        request, self.request = self.request, None
        self._run.lost(self, request)

    def abort(self) -> None:
        if self._transport:
            self._transport.abort()


@dataclass
class _Run:
    host: str
    port: int
    pace: Pace
    outcomes: list[Outcome] = field(default_factory=list)
    _waiting: deque[_Request] = field(default_factory=deque)
    _idle: list[_Connection] = field(default_factory=list)
    _open: set[_Connection] = field(default_factory=set)
    _opening: set[asyncio.Task[None]] = field(default_factory=set)
    _began: float = 0.0
    _look_again: float = 0.0

    def _now(self) -> float:
        return asyncio.get_running_loop().time() - self._began

    async def go(self, requests: Iterator[bytes]) -> list[Outcome]:
        self._began = asyncio.get_running_loop().time()
        total, sent = int(self.pace.per_second * self.pace.seconds), 0
        while len(self.outcomes) < total and self._now() < self.pace.seconds + self.pace.timeout_s:
            due = min(total, int(self._now() * self.pace.per_second) + 1)
            for number in range(sent, due):
                self._waiting.append(_Request(number / self.pace.per_second, next(requests)))
            sent = due
            self._dispatch()
            self._give_up()
            await asyncio.sleep(_TICK_S)
        self._end()
        await asyncio.sleep(0)
        return self.outcomes

    def _dispatch(self) -> None:
        while self._waiting and self._idle:
            self._idle.pop().send(self._waiting.popleft())
        room = self.pace.connections - len(self._open) - len(self._opening)
        for _ in range(min(room, len(self._waiting) - len(self._opening))):
            task = asyncio.get_running_loop().create_task(self._connect())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(lambda: _Connection(self), self.host, self.port)
        except OSError:
            if self._waiting:
                self.finish(self._waiting.popleft(), "refused")
            return
        self._open.add(connection)
        self.free(connection)

    def free(self, connection: _Connection) -> None:
        """Let a connection carry the next request."""
        if self._waiting:
            connection.send(self._waiting.popleft())
        else:
            self._idle.append(connection)

    def finish(self, request: _Request | None, ended: str) -> None:
        """Note how a request ended."""
        if request:
            self.outcomes.append(Outcome(request.due, self._now() - request.due, ended))

    def lost(self, connection: _Connection, request: _Request | None) -> None:
        """Forget a connection; what it carried has failed."""
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        self.finish(request, "closed")

    def _give_up(self) -> None:
        if self._now() < self._look_again:
            return
        self._look_again = self._now() + _SWEEP_S
        late = self._now() - self.pace.timeout_s
        while self._waiting and self._waiting[0].due < late:
            self.finish(self._waiting.popleft(), "timeout")
        for connection in [c for c in self._open if c.request and c.request.due < late]:
            request, connection.request = connection.request, None
            self.finish(request, "timeout")
            connection.abort()

    def _end(self) -> None:
        for request in self._waiting:
            self.finish(request, "timeout")
        self._waiting.clear()
        for connection in list(self._open):
            request, connection.request = connection.request, None
            self.finish(request, "timeout")
            connection.abort()


async def send_paced(host: str, port: int, pace: Pace, requests: Iterator[bytes]) -> list[Outcome]:
    """Send requests at a fixed rate, and return how each of them went, in the order in which they ended."""
    return await _Run(host, port, pace).go(requests)
