"""Rows are written behind the answers' back: an answer never waits for the journal and never fails with it."""

import atexit
import logging
from collections.abc import Callable, Sequence
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from qa_service.trouble import Trouble

LONGEST_QUEUE = 1000
LINGER_S = 0.3
_LARGEST_BATCH = 500
_LAST_WAIT_S = 2.0
_log = logging.getLogger(__name__)

Record = TypeVar("Record")


class BackgroundWriter(Generic[Record]):
    """Writes records in a thread of its own, several at once. What it cannot take or write is dropped and counted."""

    def __init__(
        self,
        name: str,
        write: Callable[[Sequence[Record]], None],
        *,
        longest: int = LONGEST_QUEUE,
        linger_s: float = LINGER_S,
    ) -> None:
        """Begin with nothing to write; the thread starts with the first record.

        Args:
            name: what is written, for the log and the metrics: a plural noun in English.
            write: writes a batch, at least one record, whole or not at all; whatever it raises costs the batch.
            longest: how many records may wait to be written.
            linger_s: seconds that the first record waits for company.
        """
        self.name = name
        self.dropped = 0
        """Records that were not written since the start."""
        self.longest = longest
        self._write = write
        self._linger_s = linger_s
        self._closing = Event()
        self._waiting: Queue[Record | None] = Queue(longest)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._trouble = Trouble(_log, "%s are not recorded until further notice: %s")

    @property
    def waiting(self) -> int:
        """How many records wait to be written, about."""
        return self._waiting.qsize()

    @property
    def failing(self) -> bool:
        """Whether the last records could not be written."""
        return self._trouble.lasts

    def put(self, record: Record) -> None:
        """Take a record to be written; never waits."""
        try:
            self._waiting.put_nowait(record)
            self._start()
        except (Full, RuntimeError) as error:  # no thread can be started when the process ends
            self._drop(1, str(error) or "队列已满")

    def close(self, wait_s: float = _LAST_WAIT_S) -> None:
        """Write what waits, for at most ``wait_s``, and stop; the next record starts again."""
        with self._lock:
            thread, self._thread = self._thread, None
        self._closing.set()
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
                self._closing.clear()
                thread = Thread(target=self._write_all, name=f"journal-{self.name.replace(' ', '-')}", daemon=True)
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
                self._trouble.over()
            except Exception as error:
                # The thread must outlive whatever a driver comes up with.
                self._drop(len(batch), str(error))

    def _next_batch(self) -> tuple[list[Record], bool]:
        """Wait for a record, and take those that came meanwhile; with whether there may be more."""
        batch, given = list[Record](), self._waiting.get()
        if given is not None:
            # To open, commit and close for each record alone would cost as much as a good part of its answer.
            self._closing.wait(self._linger_s)
        while given is not None:
            batch.append(given)
            if len(batch) == _LARGEST_BATCH:
                return batch, True
            try:
                given = self._waiting.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _drop(self, count: int, reason: str) -> None:
        with self._lock:
            self.dropped += count
            self._trouble.met(self.name, reason)
