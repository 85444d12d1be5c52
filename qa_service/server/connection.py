"""A connection with an end: its requests must come whole within a time, and their heads within a size.

uvicorn limits neither: one connection could fill the memory with a header, and a few hundred that say a byte a minute
would hold all file descriptors.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from qa_service.server.uploads import LONGEST_UPLOAD_S, UPLOAD_PATHS

LARGEST_HEAD_BYTES = 64 * 1024
LONGEST_REQUEST_S = 30.0
"""Seconds from the first byte of a request, or from the opening of the connection, to the request's end; where files are
sent, as long as those may take."""

_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's connection, with bounds on what comes in."""

    _in_head = True
    _head_bytes = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._relax()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a head that has not ended at the limit is refused."""
        super().data_received(data)
        if not self._in_head:
            return
        self._head_bytes += len(data)
        if self._head_bytes > LARGEST_HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._expect()

    def on_headers_complete(self) -> None:
        """Its head has come."""
        self._in_head = False
        super().on_headers_complete()
        if self.url.partition(b"?")[0].decode("latin-1") in UPLOAD_PATHS:
            self._expect(LONGEST_UPLOAD_S)

    def on_response_complete(self) -> None:
        """It is answered; who still sends what was refused has no longer time for it than anybody."""
        if self._deadline:
            self._expect()
        super().on_response_complete()

    def on_message_complete(self) -> None:
        """All of it has come."""
        self._relax()
        super().on_message_complete()

    def _expect(self, seconds: float | None = None) -> None:
        self._relax()
        self._deadline = self.loop.call_later(seconds or LONGEST_REQUEST_S, self._give_up)

    def _relax(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()
