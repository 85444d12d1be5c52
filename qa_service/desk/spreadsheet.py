"""Tables as files that Excel and WPS open with a double click."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeVar

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet may calculate rather than show."""
_Cell = TypeVar("_Cell")


def csv_bytes(head: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV in UTF-8, with a byte order mark, without which Excel takes it for GBK; nothing is a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: _Cell) -> _Cell | str:
    if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(_FORMULA):
        return f"'{cell}"
    return cell
