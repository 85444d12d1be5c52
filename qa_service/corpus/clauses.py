"""A document by its clauses: what a reader sees as one, also where it is cut into several passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from qa_service.corpus.marker import read_marker
from qa_service.corpus.models import Passage

_POINT = "- "
"""What opens a line of a list in markdown."""
_POINTS = re.compile(f"^{_POINT}", re.MULTILINE)
_LONGEST_MARK = 3
"""A heading stands within so many characters of the text that repeats it: behind 1. or ——."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The passages of one location, whole again."""

    key: str
    """The fragment of its address."""
    location: str
    title: str
    text: str
    """``body[start:end]`` of its document, from the first passage's start to the last one's end."""
    parts: tuple[Passage, ...]

    @property
    def titled_location(self) -> str:
        """The location with what its heading says."""
        return self.parts[0].titled_location

    @property
    def heading(self) -> str:
        """What its heading says, unless the text says it too: ——坚持改革创新。 is heading and text in one."""
        return "" if self.title in self.text[: len(self.title) + _LONGEST_MARK] else self.title

    @property
    def words(self) -> str:
        """The text without the clause's own number, which another version may have changed, and marks of a list."""
        marker = read_marker(self.text)
        own = bool(marker and marker.label and self.location.endswith(marker.label.strip("、")))
        return _POINTS.sub("", self.text[marker.length if marker and own else 0 :])


def clauses_of(passages: Sequence[Passage], body: str) -> tuple[Clause, ...]:
    """Return the clauses that ``passages`` of one document are parts of, in reading order.

    Args:
        passages: all of them, in reading order.
        body: the document's source, which their offsets count in.
    """
    return tuple(_joined(tuple(parts), body) for _, parts in groupby(passages, clause_key))


def clause_key(passage: Passage) -> str:
    """Return the key of the clause that a passage is part of."""
    return passage.key.removesuffix(f"~{passage.part}") if passage.parts > 1 else passage.key


def _joined(parts: tuple[Passage, ...], body: str) -> Clause:
    first, last = parts[0], parts[-1]
    return Clause(clause_key(first), first.location, first.title, body[first.start : last.end], parts)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that belongs to one passage."""

    passage: Passage
    text: str
    opens: bool
    """It is the first of its passage."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a clause as it is set."""

    runs: tuple[Run, ...]
    is_point: bool
    """It is one of a list, in markdown: its mark is left out."""


def lines_of(clause: Clause, body: str) -> tuple[Line, ...]:
    """Return the clause line by line, each stretch with the passage that it belongs to; blank lines are left out."""
    runs: list[tuple[Passage, str]] = []
    for part, following in zip(clause.parts, (*clause.parts[1:], None), strict=True):
        end = following.start if following else part.end
        runs += ((part, piece) for piece in body[part.start : end].splitlines(keepends=True))
    return tuple(_set_lines(runs))


def _set_lines(runs: Sequence[tuple[Passage, str]]) -> Iterator[Line]:
    seen: set[str] = set()
    line: list[Run] = []
    point = False
    for at, (passage, piece) in enumerate(runs):
        text = piece.strip() if not line else piece.rstrip()
        if not line:
            point = text.startswith(_POINT)
            text = text.removeprefix(_POINT)
        if text:
            line.append(Run(passage, text, passage.id not in seen))
            seen.add(passage.id)
        if line and (piece.endswith("\n") or at == len(runs) - 1):
            yield Line(tuple(line), point)
            line = []
