"""How wide a text is printed, and columns of it."""

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def display_width(text: str) -> int:
    """Return the columns ``text`` takes in a fixed-width font: a Chinese character two, a Latin one one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a line a row, its columns as wide as their widest cell: the first to the left, the others to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return [_GAP.join(_filled(row, widths)).rstrip() for row in rows]


def _filled(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    blanks = [" " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)]
    return [cell + blank if n == 0 else blank + cell for n, (cell, blank) in enumerate(zip(row, blanks, strict=True))]
