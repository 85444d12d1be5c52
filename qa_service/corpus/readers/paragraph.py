"""The paragraphs of a source text, in order, with their offsets."""

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+")
_BLANK = " \t\r\u3000\xa0\ufeff"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the source without its surrounding blanks: ``text == body[start:end]``."""

    text: str
    start: int
    end: int
    heading_rank: int | None = None
    """1 to 6 where Markdown marks a heading; the marks are not part of ``text``."""


def read_paragraphs(body: str, *, markup: str = "text") -> tuple[Paragraph, ...]:
    """Return the non-blank lines of ``body``; with ``markup="markdown"``, heading marks become ranks."""
    paragraphs = []
    for match in _LINE.finditer(body):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip(_BLANK))
        rank = None
        if markup == "markdown" and (mark := _MARKDOWN_HEADING.match(body, start, match.end())):
            rank, start = len(mark.group(1)), mark.end()
        text = body[start : match.end()].strip(_BLANK)
        if text:
            start = body.index(text, start)
            paragraphs.append(Paragraph(text, start, start + len(text), rank))
    return tuple(paragraphs)
