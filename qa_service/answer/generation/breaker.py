"""A language model that keeps failing is left alone for a while, so that nobody waits for it."""

from datetime import datetime, timedelta

from qa_service.clock import Clock

_FAILURES = 3
_PAUSE = timedelta(seconds=60)


class Breaker:
    """Closed while requests succeed; open for a pause after so many failures in a row, then one request tries it."""

    def __init__(self, clock: Clock, *, failures: int = _FAILURES, pause: timedelta = _PAUSE) -> None:
        self._clock = clock
        self._most = failures
        self._pause = pause
        self._failed = 0
        self._open_until: datetime | None = None

    def admits(self) -> bool:
        """Whether a request may be made now. After a pause only the first may, and the next one a pause later."""
        if self._open_until is None:
            return True
        now = self._clock()
        # Longer than a pause it cannot be: then the clock was set back, and the pause must not last until it catches up.
        if now < self._open_until <= now + self._pause:
            return False
        self._open_until = now + self._pause
        return True

    def succeeded(self) -> None:
        """Take up a request that went through."""
        self._failed, self._open_until = 0, None

    def failed(self) -> None:
        """Take up a request that failed."""
        self._failed += 1
        if self._failed >= self._most:
            self._open_until = self._clock() + self._pause
