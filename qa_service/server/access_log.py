"""A line in the log for every request: how it ended, not what was asked."""

import logging
from collections.abc import Callable
from functools import lru_cache

from qa_service.secret_key import SecretKey
from qa_service.server.handled import Handled

_log = logging.getLogger(__name__)
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""What monitors ask every few seconds: only failures are worth a line."""
_REMEMBERED = 4096
_CHARACTERS = 16


def access_log(key: Callable[[], SecretKey]) -> Callable[[Handled], None]:
    """Return what writes the lines.

    Args:
        key: gives what addresses are hashed with, when the first line is written.
    """

    @lru_cache(1)
    def read() -> SecretKey:
        return key()

    @lru_cache(_REMEMBERED)
    def pseudonym(address: str) -> str:
        return read().pseudonym("address", address, characters=_CHARACTERS)

    def write(handled: Handled) -> None:
        if not _log.isEnabledFor(logging.INFO) or (handled.route in _QUIET and handled.status < 400):
            return
        fields: dict[str, object] = {
            "method": handled.method,
            "route": handled.route,
            "status": handled.status,
            "ms": round(handled.seconds * 1000, 1),
            "bytes": handled.sent,
        }
        if handled.channel:
            fields["channel"] = handled.channel
        if handled.address:
            fields["client"] = pseudonym(handled.address)
        _log.info("request", extra={"fields": fields})

    return write
