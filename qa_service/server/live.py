"""The service that answers now: when another build becomes the live one, it takes over without a request being lost.

The new build is opened beside the one that answers, asked one question, and put in its place in a single assignment.
A request keeps the service it began with to its end, and so answers from one build; the old one is let go with its
last request. Until a build could be opened, the one before it goes on answering.
"""

import logging
import time
import weakref
from collections.abc import Callable
from datetime import date
from threading import Event, Thread

from qa_service.errors import QaError
from qa_service.index.store import BuildStore
from qa_service.server.opening import give_back_memory, quietly
from qa_service.service import Service, reopen_service

LOOK_EVERY_S = 2.0
"""How often it is looked whether another build is live: one small file is read."""
_FIRST_WAIT_S = 4.0
_LONGEST_WAIT_S = 300.0
_WARMING = "知识产权保护有哪些规定"
_LONG_AGO = date(2000, 1, 1)
"""Asked as of a day before any answer was approved, the warming question counts as no hit."""
_log = logging.getLogger(__name__)


class LiveService:
    """Holds the service that answers, and replaces it when another build is live. Safe to share between threads."""

    def __init__(
        self,
        service: Service,
        *,
        reopen: Callable[[Service], Service] = reopen_service,
        changed: Callable[[Service], None] = lambda service: None,
        looked: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with a service; nothing is looked at before :meth:`start`.

        Args:
            service: what answers first.
            reopen: opens the live build in the place of a service.
            changed: told of the service that answers from now on; must not wait.
            looked: called after every look.
            monotonic: a clock that is never set back, in seconds.
        """
        self.service = service
        self.trouble: str | None = None
        """Why the live build is not the one that answers, in a sentence for the operator; None where all is well."""
        self.swaps = 0
        """How often another build took over since the start."""
        self.failures = 0
        """How often one could not be opened."""
        self._store = BuildStore(service.settings.index_dir)
        self._reopen = reopen
        self._changed = changed
        self._looked = looked
        self._monotonic = monotonic
        self._wake = Event()
        self._ended = False
        self._freed = False
        self._failed: str | None = None
        self._wait = _FIRST_WAIT_S
        self._again_at = 0.0
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to look, every two seconds, in a thread of its own."""
        self._thread = Thread(target=self._watch, name="live-build", daemon=True)
        self._thread.start()

    def stop(self, wait_s: float = 2.0) -> None:
        """Look no more. A build that is being opened is not waited for any longer than ``wait_s`` seconds."""
        self._ended = True
        self._wake.set()
        if self._thread:
            self._thread.join(wait_s)

    def look_now(self) -> None:
        """Look at once, also where the last try failed a moment ago; returns before it is done."""
        self._again_at = 0.0
        self._wake.set()

    def look(self) -> bool:
        """Let the live build take over if it is another; returns whether it did."""
        current = self._store.current()
        name = current.name if current else None
        build = self.service.build
        if name is None or build is None or name == build.name:
            self.trouble, self._failed, self._wait = None, None, _FIRST_WAIT_S
            return False
        if name == self._failed and self._monotonic() < self._again_at:
            return False
        began = self._monotonic()
        try:
            with quietly(self.service.settings.data_dir):
                following = self._reopen(self.service)
                following.answerer.ask(_WARMING, as_of=_LONG_AGO)
        except Exception as error:
            # Whatever is wrong with the new build, the old one answers as before.
            self._put_off(name, error)
            return False
        self._take_over(following, began)
        return True

    def _take_over(self, following: Service, began: float) -> None:
        # A service is seen whole or not at all: readers take the attribute once, and keep what they took.
        old, self.service = self.service, following
        self.trouble, self._failed, self._wait = None, None, _FIRST_WAIT_S
        self.swaps += 1
        self._changed(following)
        names = (old.build.name if old.build else "", following.build.name if following.build else "")
        weakref.finalize(old, self._let_go, names[0]).atexit = False
        _log.info("build %s took over from %s after %.1f s", names[1], names[0], self._monotonic() - began)

    def _let_go(self, name: str) -> None:
        self._freed = True
        _log.info("build %s is let go", name)

    def _put_off(self, name: str, error: Exception) -> None:
        reason = str(error) if isinstance(error, QaError) else f"{type(error).__name__}，详见日志"
        self.failures += 1
        self._wait = self._wait * 2 if name == self._failed else _FIRST_WAIT_S
        self._wait = min(self._wait, _LONGEST_WAIT_S)
        self._again_at = self._monotonic() + self._wait
        sentence = (
            f"新索引 {name} 没有启用，仍用 {self.service.build.name if self.service.build else ''} 作答：{reason}"
        )
        if sentence != self.trouble:
            known = isinstance(error, QaError)
            _log.error("%s", sentence, exc_info=None if known else error)
        self.trouble, self._failed = sentence, name

    def _watch(self) -> None:
        while not self._ended:
            self._wake.wait(LOOK_EVERY_S)
            self._wake.clear()
            if not self._ended:
                self._look_and_tell()

    def _look_and_tell(self) -> None:
        try:
            if self._freed:
                self._freed = False
                give_back_memory()
            self.look()
            self._looked()
        except Exception:
            # The thread must outlive a disk that fails for a while.
            _log.exception("the live build could not be looked at")
