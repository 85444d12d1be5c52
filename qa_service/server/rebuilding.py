"""A build that staff ask for: made in a process of its own, one at a time over all workers, its progress in files."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Thread

from filelock import FileLock, Timeout

from qa_service.clock import Clock
from qa_service.progress import read_progress
from qa_service.settings import Settings

_LOCK = "rebuild.lock"
_STATE = "rebuild.json"
_OUTPUT = "rebuild.log"
_PROGRESS = "rebuild.progress"
_WANTED = "rebuild.wanted"
"""Holds who wants another build as soon as this one is over."""
_NICE = 10
_MOST_SHOWN = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A build that was asked for."""

    state: str
    """``running``, ``done``, ``failed``, or ``broken_off`` where the process that ran it is gone."""
    actor: str
    began: str
    """ISO 8601 with zone."""
    ended: str | None = None
    said: str = ""
    """The last line that it printed: how far it is, or what went wrong."""
    stage: str = ""
    """What it is doing, in Chinese; empty where that is not known."""
    percent: int = 0
    """How far it is, of 100."""


class Rebuilding:
    """Runs builds. Safe to share between threads and processes over one data folder."""

    def __init__(self, settings: Settings, clock: Clock, command: Sequence[str] | None = None) -> None:
        """Know what to build.

        Args:
            settings: corpus, index and data folder.
            clock: when it began and ended.
            command: what builds; None is ``qa-service build``.
        """
        self._folder = settings.data_dir
        self._clock = clock
        self._command = tuple(command or _command(settings))

    def last(self) -> Rebuild | None:
        """Return the latest rebuild as it stands now; None where there was none."""
        try:
            found = Rebuild(**json.loads((self._folder / _STATE).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        if found.state != "running":
            return found
        state = "running" if self._is_running() else "broken_off"
        far = read_progress(self._folder / _PROGRESS)
        return replace(found, state=state, said=self._last_line(), stage=far.stage, percent=far.percent)

    def want(self, actor: str, ended: Callable[[], None] = lambda: None) -> None:
        """See to it that a build begins after this moment: now, or when the one that is running is over.

        What was changed before the call is in that build. Whoever runs the one that is running begins it.

        Raises:
            OSError: as :meth:`start`.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        # Before the lock is tried: who holds it looks for this after letting go of it.
        (self._folder / _WANTED).write_text(actor, "utf-8")
        self._begin_wanted(ended)

    def start(self, actor: str, ended: Callable[[], None] = lambda: None) -> bool:
        """Begin a build; returns False where one is running.

        Args:
            actor: who asks for it.
            ended: called in another thread when it is done and went well.

        Raises:
            OSError: the data folder cannot be written, or no process started.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / _LOCK, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        try:
            (self._folder / _WANTED).unlink(missing_ok=True)
            (self._folder / _PROGRESS).unlink(missing_ok=True)
            begun = Rebuild("running", actor, self._now())
            self._write(begun)
            with (self._folder / _OUTPUT).open("wb") as output:
                process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env={**os.environ, "PYTHONUTF8": "1"},
                )
        except OSError:
            lock.release()
            raise
        Thread(target=self._wait, args=(process, begun, lock, ended), name="rebuild", daemon=True).start()
        return True

    def _wait(
        self, process: subprocess.Popen[bytes], begun: Rebuild, lock: FileLock, ended: Callable[[], None]
    ) -> None:
        try:
            status = process.wait()
            state = "failed" if status else "done"
            far = read_progress(self._folder / _PROGRESS)
            percent = far.percent if status else 100
            said = self._last_line()
            self._write(replace(begun, state=state, ended=self._now(), said=said, stage=far.stage, percent=percent))
            if not status:
                ended()
        except OSError:
            _log.exception("how a rebuild ended could not be written")
        finally:
            lock.release()
        try:
            self._begin_wanted(ended)
        except OSError:
            _log.exception("a rebuild that was asked for meanwhile could not be started")

    def _begin_wanted(self, ended: Callable[[], None]) -> None:
        try:
            actor = (self._folder / _WANTED).read_text("utf-8")
        except OSError:  # nobody wants one any more
            return
        self.start(actor, ended)

    def _is_running(self) -> bool:
        try:
            with FileLock(self._folder / _LOCK, timeout=0, thread_local=False):
                return False
        except Timeout:
            return True

    def _last_line(self) -> str:
        try:
            lines = (self._folder / _OUTPUT).read_text("utf-8", "replace").split("\n")
        except OSError:
            return ""
        return next((line.strip()[:_MOST_SHOWN] for line in reversed(lines) if line.strip()), "")

    def _write(self, rebuild: Rebuild) -> None:
        temporary = self._folder / f"{_STATE}.new"
        temporary.write_text(json.dumps(asdict(rebuild), ensure_ascii=False), "utf-8")
        os.replace(temporary, self._folder / _STATE)

    def _now(self) -> str:
        moment: datetime = self._clock()
        return moment.isoformat(timespec="seconds")


def _command(settings: Settings) -> list[str]:
    """Return ``qa-service build`` of this very installation; what else is set, it finds in the environment."""
    own = [sys.executable, "-c", "from qa_service.cli import main; main()", "build"]
    folders: dict[str, Path] = {
        "--corpus-dir": settings.corpus_dir,
        "--index-dir": settings.index_dir,
        "--progress-file": settings.data_dir / _PROGRESS,
    }
    nice = ["nice", "-n", str(_NICE)] if os.name != "nt" else []
    return [*nice, *own, *(word for flag, folder in folders.items() for word in (flag, str(folder)))]
