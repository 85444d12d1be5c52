"""Progress of a slow step, for a person who waits at a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO


class ProgressLine:
    """Shows each stage on stderr: a line that counts up at a terminal, a line a stage elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._stage = ""

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live and self._stage:
            self._stream.write("\n")

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` of a stage are done."""
        text = f"{stage}… {done}/{total}" if total > 1 else f"{stage}…{' 完成' if done else ''}"
        if self._live:
            lead = "\n" if self._stage not in {"", stage} else "\r"
            self._stream.write(f"{lead}{text}\033[K")
        elif stage != self._stage or done == total:
            self._stream.write(f"{text}\n")
        self._stage = stage
        self._stream.flush()
