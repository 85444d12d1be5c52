"""Something of the journal as whoever answers needs it: from memory, and looked at again every few seconds."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from qa_service.errors import JournalError
from qa_service.trouble import Trouble

Seen = TypeVar("Seen")
_log = logging.getLogger(__name__)


class Glance(Generic[Seen]):
    """What was seen last of a journal that other processes write to. Safe to share between threads.

    One thread looks while the others go on with what was seen before; only for the first look all wait. Where the
    journal cannot be read, what was seen last stays, and it is left alone for a while: each try may hold up an answer.
    """

    def __init__(
        self,
        what: str,
        read: Callable[[Seen], Seen],
        first: Seen,
        *,
        every_s: float,
        after_failure_s: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Know what to look at; nothing is read as yet.

        Args:
            what: what it is, for the log: a plural noun in English.
            read: returns what there is now, given what was seen last; raises ``JournalError`` where it cannot.
            first: what is taken for seen before anything could be read.
            every_s: seconds from one look to the next.
            after_failure_s: seconds from a look that failed to the next.
            monotonic: a clock that is never set back, in seconds.
        """
        self._read = read
        self._seen = first
        self._every_s = every_s
        self._after_failure_s = after_failure_s
        self._monotonic = monotonic
        self._lock = Lock()
        self._look_at = float("-inf")
        self._has_seen = False
        self._trouble = Trouble(_log, f"{what} cannot be read, those known last hold: %s")

    def now(self) -> Seen:
        """Return what was seen last, looking again where it is time."""
        if self._monotonic() >= self._look_at and self._lock.acquire(blocking=not self._has_seen):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._seen

    def _look(self) -> None:
        if self._monotonic() < self._look_at:
            return
        again_in_s = self._every_s
        try:
            self._seen = self._read(self._seen)
            self._has_seen = True
            self._trouble.over()
        except JournalError as error:
            again_in_s = self._after_failure_s
            self._trouble.met(error)
        # Only now: whoever comes for the first look meanwhile waits for it.
        self._look_at = self._monotonic() + again_in_s
