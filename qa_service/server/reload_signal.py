"""SIGHUP: look at once whether another build is live."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from qa_service.server.live import LiveService


@contextmanager
def reloaded_by_signal(live: LiveService | None) -> Iterator[None]:
    """Let SIGHUP mean a look at the live build meanwhile, where the system has it and this is the main thread."""
    if live is None or not hasattr(signal, "SIGHUP") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGHUP, lambda number, frame: live.look_now())
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
