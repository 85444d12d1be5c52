"""Opening a build beside one that answers, at little cost to those who ask meanwhile."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_LOCK = "reload.lock"
_TURN_S = 60.0
_SWITCH_S = 0.0005
"""How long opening may hold the interpreter before a request gets it: a tenth of what is usual."""


@contextmanager
def quietly(folder: Path) -> Iterator[None]:
    """Open something large meanwhile: one worker after another, and requests first.

    The interpreter changes threads more often, and the garbage collector, whose full passes over a build that is half
    read stop everybody for a good part of a second, rests until it is read.

    Args:
        folder: the data folder, where the workers take turns.
    """
    with _turn(folder):
        interval, collecting = sys.getswitchinterval(), gc.isenabled()
        sys.setswitchinterval(_SWITCH_S)
        gc.disable()
        try:
            yield
        finally:
            sys.setswitchinterval(interval)
            if collecting:
                gc.enable()


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / _LOCK, timeout=_TURN_S, thread_local=False)
    with suppress(OSError, Timeout):
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def give_back_memory() -> None:
    """Free what only holds itself, as a build does, and give it back to the system where the C library can (glibc).

    What is then left lasts as long as the build: the garbage collector need not look at it again and again, which with
    some hundred thousand objects would stop every thread for a good part of a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
