"""Curated answers as the public gets them: read from the journal, and kept in memory until they change."""

import time
from collections.abc import Callable
from typing import Any

from qa_service.answer.curated.answers import CuratedAnswer, CuratedHit
from qa_service.journal.background_writer import BackgroundWriter
from qa_service.journal.curated_store import CuratedStore, Version
from qa_service.journal.database import Journal
from qa_service.journal.glance import Glance
from qa_service.journal.hit_writer import HitWriter

_LOOK_EVERY_S = 2.0
_AFTER_FAILURE_S = 30.0


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
        self._version: Version | None = None
        self._answers = Glance[tuple[CuratedAnswer, ...]](
            "curated answers",
            self._read,
            (),
            every_s=_LOOK_EVERY_S,
            after_failure_s=_AFTER_FAILURE_S,
            monotonic=monotonic,
        )

    def active(self) -> tuple[CuratedAnswer, ...]:
        """Return the answers that are not withdrawn, at most a few seconds old; the same object while nothing changes."""
        return self._answers.now()

    def count(self, hit: CuratedHit) -> None:
        """Note that an answer was given."""
        self._hits.put(hit)

    @property
    def writer(self) -> BackgroundWriter[Any]:
        """What writes that answers were given."""
        return self._hits.queue

    def _read(self, before: tuple[CuratedAnswer, ...]) -> tuple[CuratedAnswer, ...]:
        if not self._journal.exists():
            self._version = None
            return ()
        version = self._store.version()
        if version == self._version:
            return before
        answers = tuple(answer for answer in self._store.answers() if not answer.withdrawn)
        self._version = version
        return answers
