"""What a power cut may leave of a folder: a trace of what was done to it, and the states that POSIX allows after it.

The model is the strict one of ALICE (Pillai et al. 2014, OSDI) and CrashMonkey (Mohan et al. 2018, OSDI):

- the bytes of a file are sure once the file was flushed; until then the file may be as it was when it was last flushed,
  empty, cut short, full of zeros, or whole;
- a name in a folder (made, renamed, removed) is sure once the folder was flushed; until then each change may or may not
  have happened, whatever became of the others. A rename within one folder is one change; between two it is two.

A change of a folder is found by comparing what is there after every call with what was there before it, so nothing has
to be known of who writes how.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

CALLS = ("fsync", "rename", "replace", "unlink", "mkdir", "rmdir", "link")
Name = tuple[int, str]
"""A folder's number, and a name in it."""


@dataclass
class _Event:
    changes: list[dict[Name, int | None]]
    """Changes of names: each happens whole or not at all."""
    flushed: int | None
    """The file or folder that was flushed."""
    content: dict[int, bytes]
    """Of every file, afterwards."""


@dataclass
class Trace:
    """What was done to a folder, call by call."""

    root: Path
    names: dict[Name, int] = field(default_factory=dict)
    """As they were at first, all of them durable."""
    content: dict[int, bytes] = field(default_factory=dict)
    folders: set[int] = field(default_factory=set)
    events: list[_Event] = field(default_factory=list)

    def states(self, count: int, seed: int) -> Iterator[tuple[str, Callable[[Path], None]]]:
        """Yield crash states, the same number after every call: a label, and what writes the state into a folder."""
        chance = random.Random(seed)
        for length in range(len(self.events) + 1):
            for number in range(count):
                # The first two are the extremes: nothing that was not flushed has happened, and all of it.
                likely = (0.0, 1.0)[number] if number < 2 else chance.random()
                names, content = self._after(length, likely, chance)
                yield f"{length}/{len(self.events)}:{number}", lambda to, n=names, c=content: self._write(to, n, c)  # type: ignore[misc]

    def _after(self, length: int, likely: float, chance: random.Random) -> tuple[dict[Name, int], dict[int, bytes]]:
        names: dict[Name, int | None] = dict(self.names)
        sure, seen = dict(self.content), dict(self.content)
        events = self.events[:length]
        for number, event in enumerate(events):
            later = {e.flushed for e in events[number + 1 :]}
            for change in event.changes:
                # Of a change in two folders, each half is sure only once its own folder was flushed.
                if {folder for folder, _ in change} <= later or chance.random() < likely:
                    names.update(change)
                else:
                    names.update({name: of for name, of in change.items() if name[0] in later})
            if event.flushed is not None and event.flushed in event.content:
                sure[event.flushed] = event.content[event.flushed]
            seen.update(event.content)
        left = {}
        for inode, data in seen.items():
            before = sure.get(inode, b"")
            cut = data[: chance.randrange(len(data) + 1)]
            choices = [before, b"", cut, bytes(len(data)), data]
            settled = before == data and inode in sure
            left[inode] = data if settled or chance.random() < likely else chance.choice(choices)
        return {name: inode for name, inode in names.items() if inode is not None}, left

    def _write(self, to: Path, names: dict[Name, int], content: dict[int, bytes]) -> None:
        below: dict[int, dict[str, int]] = {}
        for (folder, name), inode in names.items():
            below.setdefault(folder, {})[name] = inode

        def fill(folder: int, path: Path) -> None:
            path.mkdir(parents=True, exist_ok=True)
            for name, inode in below.get(folder, {}).items():
                if inode in self.folders:
                    fill(inode, path / name)
                else:
                    (path / name).write_bytes(content[inode])

        fill(self.root.stat().st_ino, to)


@contextmanager
def recording(root: Path) -> Iterator[Trace]:
    """Record what is done below a folder by way of ``os``; what is there at first counts as durable."""
    held: dict[int, int] = {}  # an inode's number is not used again while it is open

    def look() -> tuple[dict[Name, int], dict[int, bytes]]:
        names: dict[Name, int] = {}
        content: dict[int, bytes] = {}
        for path in sorted(root.rglob("*")):
            inode = path.lstat().st_ino
            names[path.parent.stat().st_ino, path.name] = inode
            if inode not in held:
                held[inode] = os.open(path, os.O_RDONLY)
            if path.is_dir():
                trace.folders.add(inode)
            else:
                content[inode] = path.read_bytes()
        return names, content

    trace = Trace(root)
    trace.names, trace.content = last, _ = look()

    def recorded(call: Callable[..., Any]) -> Callable[..., Any]:
        def recording_call(*args: Any, **kwargs: Any) -> Any:
            nonlocal last
            flushed = os.fstat(args[0]).st_ino if call is originals["fsync"] else None
            if flushed is not None:
                last = _note(trace, last, *look(), None)  # files opened and written since
            result = call(*args, **kwargs)
            last = _note(trace, last, *look(), flushed)
            return result

        return recording_call

    originals = {name: getattr(os, name) for name in CALLS}
    try:
        with patch.multiple(os, **{name: recorded(call) for name, call in originals.items()}):
            yield trace
        _note(trace, last, *look(), None)
    finally:
        for descriptor in held.values():
            os.close(descriptor)


def _note(
    trace: Trace, before: dict[Name, int], now: dict[Name, int], content: dict[int, bytes], flushed: int | None
) -> dict[Name, int]:
    """Add what was done between two looks to a trace, unless it was nothing; returns the names as they are."""
    gone = {name: inode for name, inode in before.items() if now.get(name) != inode}
    new = {name: inode for name, inode in now.items() if before.get(name) != inode}
    changes: list[dict[Name, int | None]] = []
    for name, inode in new.items():
        moved = [old for old, of in gone.items() if of == inode]
        changes.append({**dict.fromkeys(moved), name: inode})
        for old in (*moved, name):
            gone.pop(old, None)
    changes += [{name: None} for name in gone]
    same = trace.events and trace.events[-1].content == content
    if changes or flushed is not None or not same:
        trace.events.append(_Event(changes, flushed, content))
    return now
