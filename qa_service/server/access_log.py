"""A line in the log for every request: how it ended, not what was asked."""

import logging
from collections.abc import Callable
from functools import lru_cache, partial

from qa_service.journal.exchange_recorder import address_pseudonym
from qa_service.secret_key import SecretKey
from qa_service.server.handled import Handled

_log = logging.getLogger(__name__)
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""What monitors ask every few seconds: only failures are worth a line."""
_REMEMBERED = 4096


def access_log(key: SecretKey) -> Callable[[Handled], None]:
    """Return what writes the lines.

    Args:
        key: makes the pseudonyms of addresses: the same as in the journal.
    """
    pseudonym = lru_cache(_REMEMBERED)(partial(address_pseudonym, key))

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
