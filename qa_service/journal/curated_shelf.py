"""Curated answers as the public gets them: read from the journal, and kept in memory until they change."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from qa_service.answer.curated.answers import CuratedAnswer, CuratedHit
from qa_service.errors import JournalError
from qa_service.journal.background_writer import BackgroundWriter
from qa_service.journal.curated_store import CuratedStore, Version
from qa_service.journal.database import Journal
from qa_service.journal.hit_writer import HitWriter

_LOOK_EVERY_S = 2.0
_AFTER_FAILURE_S = 30.0
"""A journal that cannot be read is left alone for a while: each try may hold up one answer."""
_log = logging.getLogger(__name__)


class CuratedShelf:
    """The active curated answers of a journal that other processes write to. Safe to share between threads."""

    def __init__(
        self, journal: Journal, store: CuratedStore, hits: HitWriter, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Know where the answers are; they are read when first asked for.

        Args:
            journal: where they are kept. One that does not exist is not made.
            store: reads them.
            hits: writes that they were given.
            monotonic: a clock that is never set back, in seconds.
        """
        self._journal = journal
        self._store = store
        self._hits = hits
        self._monotonic = monotonic
        self._lock = Lock()
        self._look_at = float("-inf")
        self._version: Version | None = None
        self._answers: tuple[CuratedAnswer, ...] = ()
        self._failing = False

    def active(self) -> tuple[CuratedAnswer, ...]:
        """Return the answers that are not withdrawn, at most a few seconds old."""
        if self._monotonic() >= self._look_at and self._lock.acquire(blocking=self._version is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._answers

    def count(self, hit: CuratedHit) -> None:
        """Note that an answer was given."""
        self._hits.put(hit)

    @property
    def writer(self) -> BackgroundWriter[Any]:
        """What writes that answers were given."""
        return self._hits.queue

    def close(self) -> None:
        """Write the hits that still wait."""
        self._hits.queue.close()

    def _look(self) -> None:
        """Read the answers if they have changed; those read last stay where the journal cannot be read."""
        if self._monotonic() < self._look_at:
            return
        self._look_at = self._monotonic() + _LOOK_EVERY_S
        try:
            self._read()
            self._failing = False
        except JournalError as error:
            self._look_at = self._monotonic() + _AFTER_FAILURE_S
            if not self._failing:
                _log.warning("curated answers cannot be read: %s", error)
            self._failing = True

    def _read(self) -> None:
        if not self._journal.exists():
            self._answers, self._version = (), None
            return
        version = self._store.version()
        if version != self._version:
            self._answers = tuple(answer for answer in self._store.answers() if not answer.withdrawn)
            self._version = version
