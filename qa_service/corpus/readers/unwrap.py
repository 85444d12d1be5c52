"""Paragraphs out of lines that were broken at the right margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.corpus.marker import read_marker
from qa_service.corpus.readers.manuscript import Line, Setting

_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z0-9,;:)]$"), re.compile(r"[A-Za-z(]")


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it stands on the page, its measures in widths of a Chinese character."""

    text: str
    indent: float
    """From the left margin of the text."""
    shortfall: float
    """From its end to the right margin."""

    @property
    def setting(self) -> Setting:
        """Centred, to the right, or body text."""
        if self.indent > 3 and abs(self.indent - self.shortfall) <= 2.5:
            return Setting.CENTRED
        return Setting.RIGHT if self.indent > 8 and self.shortfall < 6 else Setting.BODY


def unwrap(lines: Sequence[SetLine]) -> list[Line]:
    """Join the lines of one paragraph: one goes on where it is not indented and the line before it was full."""
    joined: list[tuple[str, Setting]] = []
    last: SetLine | None = None
    for line in lines:
        if last is not None and _goes_on(last, line):
            text, setting = joined[-1]
            joined[-1] = (_join(text, line.text), setting)
        else:
            joined.append((line.text, line.setting))
        last = line
    return [Line(text, setting) for text, setting in joined]


def _goes_on(last: SetLine, line: SetLine) -> bool:
    if last.setting is not Setting.BODY or line.setting is not Setting.BODY:
        return False
    if line.indent >= 1.2 or last.shortfall > 2.6:
        return False
    # Where paragraphs are not indented, an article that opens a line after a full one still begins anew.
    marker = read_marker(line.text)
    return not (marker and marker.separated and re.search(r"[。；：]$", last.text))


def _join(text: str, more: str) -> str:
    gap = " " if _LATIN_END.search(text) and _LATIN_START.match(more) else ""
    return f"{text}{gap}{more}"
