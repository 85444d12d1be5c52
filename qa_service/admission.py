"""How many questions are worked on at once: whoever comes beyond is turned away at once instead of piling up."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from starlette.concurrency import run_in_threadpool

from qa_service.errors import BusyError

T = TypeVar("T")


class Admission:
    """Lets a few questions be computed, a few more wait a little, and turns the others away.

    Computing a question keeps one processor busy: of more at once each would only take longer. What a language model
    writes afterwards takes no place here.
    """

    def __init__(self, *, at_once: int, waiting: int, patience_s: float) -> None:
        """Begin with nobody inside.

        Args:
            at_once: how many are computed at a time, at least 1.
            waiting: how many may wait, at least 0.
            patience_s: how long one waits at most, in seconds.
        """
        self._at_once = at_once
        self._most_waiting = waiting
        self._patience_s = patience_s
        self._places: anyio.Semaphore | None = None
        self._waiting = 0
        self.turned_away = 0
        """Questions that were not taken since the start."""

    @property
    def is_full(self) -> bool:
        """Whether the next question would be turned away."""
        return self._waiting >= self._most_waiting and self._places is not None and self._places.value == 0

    def turn_away(self) -> BusyError:
        """Count a question that is not taken, and return what to raise."""
        self.turned_away += 1
        return BusyError("现在提问的人多，请稍等几秒再问。")

    async def run(self, compute: Callable[[], T]) -> T:
        """Compute something beside the event loop, when it is its turn.

        Raises:
            BusyError: too many wait already, or it waited too long.
        """
        if self._places is None:
            self._places = anyio.Semaphore(self._at_once)
        places = self._places
        try:
            places.acquire_nowait()
        except anyio.WouldBlock:
            await self._wait(places)
        try:
            return await run_in_threadpool(compute)
        finally:
            places.release()

    async def _wait(self, places: anyio.Semaphore) -> None:
        if self.is_full:
            raise self.turn_away()
        self._waiting += 1
        try:
            with anyio.fail_after(self._patience_s):
                await places.acquire()
        except TimeoutError:
            raise self.turn_away() from None
        finally:
            self._waiting -= 1
