"""A manuscript understood as an official paper."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.corpus.papers.body import body_of
from qa_service.corpus.papers.classify import issuer_of, kind_of, level_of, topics_of
from qa_service.corpus.papers.closing import read_closing
from qa_service.corpus.papers.front import NUMBER, clean_number, read_front, without_contents
from qa_service.corpus.papers.term import effective_of, expires_of
from qa_service.corpus.readers.manuscript import Block, Line, Manuscript, Setting, Table
from qa_service.text.dates import parse_date
from qa_service.text.letters import letters_of

_ISSUED_WITH = re.compile(r"(?:印发|发布|公布|转发)[〈《<](?P<title>.+?)[〉》>]的(?:通知|公告|决定)$")
_BY_ORDER = re.compile(r"(?:现公布)?《(?P<title>[^《》]+)》[^。]{0,80}(?:通过|公布|发布|施行)")
_MOST_HEAD_CELLS = 8


@dataclass(frozen=True, slots=True)
class Paper:
    """What was understood of a file. What could not be found is empty or None."""

    title: str
    issuer: str
    number: str
    issued: date | None
    effective: date | None
    expires: date | None
    history: tuple[date, ...]
    """When it was passed, published, revised."""
    kind: str | None
    level: str | None
    topics: tuple[str, ...]
    body: str
    """Markdown, as ``papers.body`` writes it."""

    @property
    def last_change(self) -> date | None:
        """The latest day on which it was made or revised."""
        return max((*self.history, *((self.issued,) if self.issued else ())), default=None)


def read_paper(manuscript: Manuscript) -> Paper:
    """Understand a manuscript as an official paper: front, text, signature, attachments, term."""
    stated = manuscript.stated
    blocks = without_contents(_without_frame(manuscript.blocks))
    front = read_front(blocks, stated.get("title", ""))
    closing = read_closing([*front.preface, *blocks[front.length :]])
    title, kept = _inner(front.title, closing.kept)
    text = "\n".join(_text(block) for block in kept)
    kind = kind_of(title)
    number = clean_number(stated["number"]) if stated.get("number") else front.number or _number_in(kept)
    issued = (
        parse_date(stated.get("issued", ""))
        or closing.issued
        or (front.history[0] if front.history else None)
        or parse_date(stated.get("published", "")[:10])
    )
    issuer = (
        stated.get("issuer")
        or closing.issuer
        or front.issuer
        or issuer_of(front.title, kind)
        or stated.get("source", "")
    )
    effective = parse_date(stated.get("effective", "")) or effective_of(text, closing.issued or issued)
    return Paper(
        title=title,
        issuer=issuer,
        number=number,
        issued=issued,
        effective=effective,
        expires=parse_date(stated.get("expires", "")) or expires_of(text, effective),
        history=front.history,
        kind=kind,
        level=level_of(front.title, issuer, kind),
        topics=topics_of(title, text),
        body=body_of(title, kept, closing.signed_at),
    )


def _without_frame(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, a table at the very top that only sets the head of the paper as centred lines."""
    if not blocks or not isinstance(blocks[0], Table):
        return list(blocks)
    cells = list(dict.fromkeys(cell for row in blocks[0].rows for cell in row if cell))
    if len(cells) > _MOST_HEAD_CELLS or not any(re.search(r"文\s*件$|号$", cell) for cell in cells):
        return list(blocks)
    return [*(Line(cell, Setting.CENTRED) for cell in cells), *blocks[1:]]


def _inner(title: str, blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """Of a notice that only issues a measure, the paper is the measure: it is what people look for and cite."""
    lines = [b for b in blocks if isinstance(b, Line)]
    issued_with = _ISSUED_WITH.search(title) or (None if kind_of(title) else _issued_by_order(lines))
    if not issued_with:
        return title, blocks
    wanted = letters_of(issued_with["title"])
    at = next((i for i, line in enumerate(lines) if letters_of(line.text) == wanted), None)
    if at is not None:
        return lines[at].text, blocks
    joined = next(
        (i for i, (a, b) in enumerate(itertools.pairwise(lines)) if letters_of(a.text + b.text) == wanted), None
    )
    if joined is None:
        return title, blocks
    first, second = lines[joined], lines[joined + 1]
    whole = Line(first.text + second.text, first.setting)
    return whole.text, [whole if b is first else b for b in blocks if b is not second]


def _issued_by_order(lines: Sequence[Line]) -> re.Match[str] | None:
    """An order has no title of its own: 《title》已经……通过，现予公布."""
    return next((m for line in lines[:3] if (m := _BY_ORDER.match(line.text))), None)


def _number_in(blocks: Sequence[Block]) -> str:
    """A number that stands alone on one of the first lines of the text."""
    for block in blocks[:8]:
        if isinstance(block, Line) and (found := NUMBER.fullmatch(block.text.strip("（）() "))):
            return clean_number(found.group())
    return ""


def _text(block: Block) -> str:
    return "\n".join("；".join(row) for row in block.rows) if isinstance(block, Table) else block.text
