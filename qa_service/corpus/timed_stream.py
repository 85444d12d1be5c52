"""A connection that ends by a deadline, however slowly the other side sends: its head a byte at a time, or its body."""

from __future__ import annotations

import ssl
import time
from typing import Any

import httpcore


class TimedStream(httpcore.NetworkStream):
    """Passes everything on to another stream, until the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        """Take up a stream.

        Args:
            stream: what is read from and written to.
            deadline: when it ends, in seconds of ``time.monotonic``.
        """
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read as much as has come, at most ``max_bytes``."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of ``buffer``."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the stream within TLS, which ends by the same deadline."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline is over")
        return left if timeout is None else min(timeout, left)
