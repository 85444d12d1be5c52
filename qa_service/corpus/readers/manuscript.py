"""What a reader gets out of a file, whatever its format: lines and tables in order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Setting(Enum):
    """How a line is set on its page."""

    BODY = auto()
    CENTRED = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One whole paragraph, hard line wraps undone, without surrounding blanks; never empty."""

    text: str
    setting: Setting = Setting.BODY
    heading_rank: int | None = None
    """1 to 6 where Markdown or HTML marks a heading."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a full grid: every row has as many cells as the widest, a merged cell stands in each place it covers."""

    rows: tuple[tuple[str, ...], ...]


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file's content in reading order. Running heads, page numbers, menus and scripts are gone."""

    blocks: tuple[Block, ...]
    stated: Mapping[str, str] = field(default_factory=dict)
    """Metadata that the file gives beside its text, under the names of the front matter: title issuer number issued …"""
