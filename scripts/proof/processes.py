"""What the processes of a server hold and use, as Linux tells in /proc."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Sample:
    """One process at one moment."""

    pid: int
    at: float
    """Seconds of ``time.monotonic``."""
    rss: int
    """Resident bytes."""
    cpu: float
    """Seconds of CPU since it began, in user and system mode."""
    fds: int
    """Open file descriptors."""
    threads: int


def sample(pid: int) -> Sample | None:
    """Look at a process; None where it has gone."""
    folder = _PROC / str(pid)
    try:
        fields = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
        pages = int((folder / "statm").read_text("ascii").split()[1])
        fds = len(os.listdir(folder / "fd"))
    except OSError:
        return None
    cpu = (int(fields[11]) + int(fields[12])) / _TICKS
    return Sample(pid, time.monotonic(), pages * _PAGE, cpu, fds, int(fields[17]))


def tree(root: int) -> list[int]:
    """Return a process and all its descendants, the root first."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            tasks = list((_PROC / str(pid) / "task").iterdir())
            todo += [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
        except OSError:
            continue
    return found


def cpu_seconds(root: int) -> float:
    """Return the CPU that a process and its descendants have used so far."""
    return sum(found.cpu for pid in tree(root) if (found := sample(pid)))


@dataclass
class Watch:
    """Samples of every process of a tree, taken at intervals beside whatever else happens."""

    root: int
    every_s: float
    samples: list[Sample] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Watch:
        """Begin."""
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Look a last time, and stop."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _look(self) -> None:
        ended = False
        while not ended:
            ended = self._stop.wait(self.every_s if self.samples else 0)
            self.samples += [found for pid in tree(self.root) if (found := sample(pid))]

    def of(self, pid: int) -> list[Sample]:
        """Return the samples of one process, in order."""
        return [found for found in self.samples if found.pid == pid]


@dataclass(frozen=True, slots=True)
class Growth:
    """What a process held early on and at the end of a run."""

    pid: int
    early: int
    late: int
    """Resident bytes: the median of the samples around that time."""
    highest: int
    fds: tuple[int, int]
    """Early and late."""
    threads: tuple[int, int]

    @property
    def share(self) -> float:
        """By how much it grew: 0.05 is five per cent."""
        return self.late / self.early - 1


def growth(samples: Sequence[Sample], settled_s: float, window_s: float) -> Growth:
    """Compare the first window after a process has settled with the last one.

    Args:
        samples: of one process, at least one.
        settled_s: how long after the first sample it counts as warm.
        window_s: how many seconds of samples are taken together at either end.
    """
    first, last = samples[0].at + settled_s, samples[-1].at
    early = [s for s in samples if first <= s.at <= first + window_s] or [samples[-1]]
    late = [s for s in samples if s.at >= last - window_s]
    return Growth(
        pid=samples[0].pid,
        early=int(median(s.rss for s in early)),
        late=int(median(s.rss for s in late)),
        highest=max(s.rss for s in samples),
        fds=(int(median(s.fds for s in early)), int(median(s.fds for s in late))),
        threads=(int(median(s.threads for s in early)), int(median(s.threads for s in late))),
    )


@contextmanager
def own_cpu() -> Iterator[list[float]]:
    """Measure the CPU seconds of this process; they are put into the list at the end."""
    spent: list[float] = []
    began = time.process_time()
    yield spent
    spent.append(time.process_time() - began)
