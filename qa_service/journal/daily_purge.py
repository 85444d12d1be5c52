"""A purge once a day, in a thread of its own, for as long as the server runs."""

import logging
from threading import Event, Thread

from qa_service.errors import JournalError
from qa_service.journal.retention import Purge

_FIRST_S = 300.0
"""The start has other things to do."""
_EVERY_S = 24 * 3600.0
_log = logging.getLogger(__name__)


class DailyPurge:
    """Runs a purge again and again. Of several processes each may: what one has deleted is gone for the others."""

    def __init__(self, purge: Purge, *, first_s: float = _FIRST_S, every_s: float = _EVERY_S) -> None:
        """Know what to run.

        Args:
            purge: deletes what is too old.
            first_s: seconds from the start to the first run.
            every_s: seconds from one run to the next.
        """
        self._purge = purge
        self._first_s = first_s
        self._every_s = every_s
        self._over = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = Thread(target=self._run, name="journal-purge", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End, after the rows that are just being deleted."""
        self._over.set()
        if self._thread:
            self._thread.join(5)

    def _run(self) -> None:
        wait = self._first_s
        while not self._over.wait(wait):
            wait = self._every_s
            try:
                if purged := self._purge.run():
                    _log.info("purged %s", purged)
            except JournalError as error:
                _log.warning("the journal could not be purged: %s", error)
