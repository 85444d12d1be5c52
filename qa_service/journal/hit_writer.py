"""Hits are written behind the answers' back: an answer never waits for the journal and never fails with it."""

import atexit
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from queue import Empty, Full, Queue
from threading import Lock, Thread

from qa_service.answer.curated.answers import CuratedHit
from qa_service.clock import Clock, today
from qa_service.journal.curated_tables import CuratedHitRow
from qa_service.journal.database import Journal

_LONGEST_QUEUE = 1000
_LARGEST_BATCH = 200
_LAST_WAIT_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Given:
    hit: CuratedHit
    at: datetime
    day: date


class HitWriter:
    """Writes hits in a thread of its own, several at once. What it cannot take or write is dropped and counted."""

    def __init__(self, journal: Journal, clock: Clock, *, longest: int = _LONGEST_QUEUE) -> None:
        """Write to a journal; the thread starts with the first hit.

        Args:
            journal: where to.
            clock: when a hit was.
            longest: how many hits may wait to be written.
        """
        self._journal = journal
        self._clock = clock
        self._waiting: Queue[_Given | None] = Queue(longest)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._failing = False
        self.dropped = 0
        """Hits that were not written since the start."""

    def put(self, hit: CuratedHit) -> None:
        """Take a hit to be written; never waits."""
        try:
            self._waiting.put_nowait(_Given(hit, self._clock(), today(self._clock)))
            self._start()
        except (Full, RuntimeError) as error:  # no thread can be started when the process ends
            self._drop(1, str(error) or "队列已满")

    def close(self, wait_s: float = _LAST_WAIT_S) -> None:
        """Write what waits, for at most ``wait_s``, and stop; the next hit starts again."""
        with self._lock:
            thread, self._thread = self._thread, None
        atexit.unregister(self.close)
        if thread is not None:
            try:
                self._waiting.put(None, timeout=wait_s)
            except Full:
                return
            thread.join(wait_s)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                thread = Thread(target=self._write_all, name="curated-hits", daemon=True)
                thread.start()
                self._thread = thread
                atexit.register(self.close)

    def _write_all(self) -> None:
        going_on = True
        while going_on:
            batch, going_on = self._next_batch()
            if not batch:
                continue
            try:
                self._write(batch)
                self._failing = False
            except Exception as error:
                # The thread must outlive whatever a driver comes up with.
                self._drop(len(batch), str(error))

    def _next_batch(self) -> tuple[list[_Given], bool]:
        """Wait for a hit, and take those that came meanwhile; with whether there may be more."""
        batch, given = list[_Given](), self._waiting.get()
        while given is not None:
            batch.append(given)
            if len(batch) == _LARGEST_BATCH:
                return batch, True
            try:
                given = self._waiting.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _write(self, batch: Sequence[_Given]) -> None:
        with self._journal.writing() as session:
            session.add_all(
                CuratedHitRow(
                    answer_id=given.hit.answer_id,
                    at=given.at,
                    day=given.day,
                    similarity=given.hit.similarity,
                    exact=given.hit.exact,
                )
                for given in batch
            )

    def _drop(self, count: int, reason: str) -> None:
        with self._lock:
            self.dropped += count
            first, self._failing = not self._failing, True
        if first:
            _log.warning("hits of curated answers are not recorded until further notice: %s", reason)
