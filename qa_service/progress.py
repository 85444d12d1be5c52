"""Progress of a slow step: for a person who waits at a terminal, and as data for one who waits before a page."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

_SHARES: Mapping[str, int] = {
    "加载向量模型": 20,
    "切分文件": 3,
    "计算段落向量": 6,
    "计算问法向量": 46,
    "计算无答案问题的向量": 6,
    "计算句子向量": 12,
    "建立词语索引": 7,
}
"""The stages of a build in their order, with the share of its time, of a hundred, that each took when measured."""
_OFTEN_S = 0.2


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a build is."""

    stage: str = ""
    percent: int = 0
    """Of the whole, 0 to 100; never goes back."""


def reached(stage: str, done: int, total: int) -> Reached:
    """Return how far a build is that has done so much of a stage; a stage that is not known says nothing of the whole."""
    if stage not in _SHARES:
        return Reached(stage)
    stages = list(_SHARES)
    before = sum(_SHARES[earlier] for earlier in stages[: stages.index(stage)])
    return Reached(stage, round(before + _SHARES[stage] * min(done / max(total, 1), 1)))


class ProgressFile:
    """Keeps in a file how far a build is, for other processes to read; what cannot be written stops no build."""

    def __init__(self, path: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._monotonic = monotonic
        self._again_at = 0.0
        self._said = Reached()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` of a stage are done; a few times a second at most."""
        now = self._monotonic()
        if now < self._again_at and stage == self._said.stage and done != total:
            return
        self._again_at = now + _OFTEN_S
        found = reached(stage, done, total)
        self._said = Reached(stage, max(found.percent, self._said.percent))
        with suppress(OSError):
            draft = self._path.with_name(f"{self._path.name}.new")
            draft.write_text(json.dumps(asdict(self._said), ensure_ascii=False), "utf-8")
            os.replace(draft, self._path)


def read_progress(path: Path) -> Reached:
    """Return what a ``ProgressFile`` noted last; nothing where there is none that can be read."""
    try:
        noted = json.loads(path.read_text("utf-8"))
        return Reached(str(noted["stage"]), int(noted["percent"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Reached()


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
