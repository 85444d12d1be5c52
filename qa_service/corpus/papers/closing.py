"""The end of a paper: signature, date, and what the printer adds below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.corpus.papers.issuers import is_body_name, is_person, names_in
from qa_service.corpus.readers.manuscript import Block, Line, Setting, Table
from qa_service.text.dates import dates_in, parse_date

_PRINTERS = re.compile(
    r"抄送[：:].*|[\u4e00-\u9fff\s]{2,30}[0-9〇一二三四五六七八九]{4}\s*年.{2,9}日\s*印发|[（(]?此件[^）)]{2,16}[）)]?"
)
_SIGNED = re.compile(r"(?P<issuer>.*?\D)\s*(?P<day>(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})\s*年.{2,8}日)")
_ATTACHMENT = re.compile(r"附\s*件")
_MOST_SIGNERS = 12


@dataclass(frozen=True, slots=True)
class Closing:
    """Who signed and when; ``kept`` is the text without it."""

    issuer: str
    issued: date | None
    kept: tuple[Block, ...]
    signed_at: int | None
    """The index in ``kept`` at which the signature stood: attachments follow."""


def read_closing(blocks: Sequence[Block]) -> Closing:
    """Take the signature out of a paper's text, wherever before the attachments it stands.

    The first day with a signer above it is the one: what is attached may be signed as well. A day alone counts where
    the text ends with it, or an attachment follows.
    """
    lines = [b for b in _unfolded(blocks) if not (isinstance(b, Line) and _PRINTERS.fullmatch(b.text))]
    printed = next(
        (d for b in blocks if isinstance(b, Line) and b.text.endswith("印发") for d in dates_in(b.text)), None
    )
    alone: Closing | None = None
    for index in range(1, len(lines)):
        block = lines[index]
        if not isinstance(block, Line):
            continue
        if (day := _day_of(block.text)) is not None:
            first, names = _signers(lines, index)
            if first < index:
                return _closing(lines, first, index, "、".join(dict.fromkeys(names)), day)
            if _ends_text(lines, index):
                alone = _closing(lines, index, index, "", day)
        elif len(block.text) <= 60 and (signed := _SIGNED.fullmatch(block.text)):
            names = names_in(signed["issuer"])
            if names:
                return _closing(lines, index, index, "、".join(names), parse_date(signed["day"]))
    return alone or Closing("", printed, tuple(lines), None)


def _unfolded(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, a table that only sets signers and days side by side as lines."""
    for block in blocks:
        cells = [cell for row in block.rows for cell in row if cell] if isinstance(block, Table) else []
        if (
            isinstance(block, Table)
            and any(parse_date(cell) for cell in cells)
            and all(parse_date(cell) or is_body_name(cell) for cell in cells)
        ):
            for row in block.rows:
                if text := "\u3000\u3000".join(dict.fromkeys(cell for cell in row if cell)):
                    yield Line(text, Setting.RIGHT)
        else:
            yield block


def _day_of(text: str) -> date | None:
    """Return the day that a line is, printed once or once under each signer."""
    if len(text) > 80:
        return None
    days = [parse_date(part) for part in re.split(r"[\s\u3000]+(?=[0-9〇○零一二三四五六七八九]{4}\s*年)", text.strip())]
    return days[0] if len({*days}) == 1 else None


def _ends_text(lines: Sequence[Block], index: int) -> bool:
    if index == len(lines) - 1:
        return True
    follower = lines[index + 1]
    return isinstance(follower, Line) and bool(_ATTACHMENT.match(follower.text))


def _closing(lines: Sequence[Block], first: int, last: int, issuer: str, day: date | None) -> Closing:
    return Closing(issuer, day, (*lines[:first], *lines[last + 1 :]), first)


def _signers(lines: Sequence[Block], date_at: int) -> tuple[int, list[str]]:
    """Return where the signers above a day begin, and the bodies among them; under an order a person signs."""
    first, names = date_at, list[str]()
    while first > 1 and date_at - first < _MOST_SIGNERS:
        block = lines[first - 1]
        if not isinstance(block, Line):
            break
        found = names_in(block.text)
        if not found and not is_person(block.text):
            break
        names = found + names
        first -= 1
    return first, names
