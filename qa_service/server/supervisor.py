"""Several worker processes: one that dies is replaced, SIGHUP reaches all, and stopping comes to an end."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from qa_service.server.metrics import FOLDER_VARIABLE

_FOLDER = "metrics"
_SLACK_S = 10
"""Seconds beyond its own limit that a worker has to end, before it is killed."""
_STOPPING = {signal.SIGINT, signal.SIGTERM}


def prepare_metrics(data_dir: Path) -> None:
    """Give the workers an empty folder to keep their figures in, and name it in the environment."""
    folder = data_dir.absolute() / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


class Supervisor(Multiprocess):
    """Uvicorn's supervisor, but that SIGHUP makes the workers look at the live build instead of replacing them."""

    def __init__(
        self, config: Config, sockets: Sequence[socket.socket], *, shutdown_s: float, announce: Callable[[], None]
    ) -> None:
        """Take over the signals of this process.

        Args:
            config: for every worker.
            sockets: bound once, listened on by all.
            shutdown_s: seconds a worker may take to finish what it is doing.
            announce: called once every worker answers.
        """
        super().__init__(config, list(sockets))
        self.failed = False
        """Whether it ends because a worker could not start."""
        self._shutdown_s = shutdown_s
        self._announce: Callable[[], None] | None = announce
        self._asked_to_end = False

    def handle_hup(self) -> None:
        """Pass SIGHUP on to the workers that answer; one that is starting finds the live build anyway."""
        for process in self.processes:
            if process.pid is not None and process.is_ready(timeout=1):
                os.kill(process.pid, signal.SIGHUP)

    def handle_int(self) -> None:
        """End on SIGINT."""
        self._asked_to_end = True
        super().handle_int()

    def handle_term(self) -> None:
        """End on SIGTERM."""
        self._asked_to_end = True
        super().handle_term()

    def keep_subprocess_alive(self) -> None:
        """Replace workers that died, forget their gauges, and say so once all answer."""
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for gone in before - {process.pid for process in self.processes}:
            mark_process_dead(gone)  # type: ignore[no-untyped-call]
        if self.should_exit.is_set():
            self.failed = not self._asked_to_end
        elif self._announce and all(process.is_ready(timeout=1) for process in self.processes):
            self._announce()
            self._announce = None

    def join_all(self) -> None:
        """Wait for the workers; a second signal, or a worker that does not end in time, kills."""
        deadline = time.monotonic() + self._shutdown_s + _SLACK_S
        while any(process.process.is_alive() for process in self.processes):
            if time.monotonic() > deadline or _STOPPING & set(self.signal_queue):
                for process in self.processes:
                    process.process.kill()
            time.sleep(0.1)
        super().join_all()
