"""Text and Markdown files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qa_service.corpus.readers.encoding import read_text
from qa_service.corpus.readers.manuscript import Block, Line, Manuscript, Table
from qa_service.corpus.readers.unwrap import SetLine, unwrap
from qa_service.errors import ImportFileError
from qa_service.text.width import display_width

_BLANK = " \t\u3000\xa0\ufeff"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+)")
_TABLE_ROW = re.compile(r"\|(.+)\|\s*")
_RULE = re.compile(r"[\s|:\-]+")
_WRAPPED_SHARE, _BROKEN_SHARE = 0.3, 0.5
_SENTENCE_ENDS = ("。", "；", "：", "！", "？")
_SPACED_SHARE = 0.8
_NO_WIDTH = 40
"""Characters of a line where the file is not broken at any width."""
_FEWEST_TABS = 2
_NARROWEST_WRAP, _WIDEST_WRAP = 15, 60
_PAGE_NUMBER = re.compile(r"[-—–－\s]{1,6}\d{1,4}[-—–－\s]{1,6}|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?")


def read_plain_text(path: Path) -> Manuscript:
    """Read a txt file; lines that an editor broke at a fixed width are joined again, rows set with tabs are tables.

    Raises:
        ImportFileError: it holds no text.
    """
    lines = [line for line in read_text(path).split("\n") if not _PAGE_NUMBER.fullmatch(line.strip(_BLANK))]
    texts = [line for line in lines if line.strip(_BLANK)]
    if not texts:
        raise ImportFileError(f"{path}：文件里没有文字。请核对后重新导出。")
    width = _wrap_width([line.expandtabs(4) for line in texts])
    blank = len(lines) - len(texts)
    blocks: list[Block] = []
    # A blank line ends a paragraph, unless one stands between all lines.
    for group in _groups(lines if blank < _SPACED_SHARE * len(texts) else texts):
        if len(group) > 1 and all("\t" in line.strip(_BLANK) for line in group):
            blocks.append(_tabbed(group))
        elif width is None:
            blocks += [Line(line.strip(_BLANK), _set(line, _NO_WIDTH).setting) for line in group]
        else:
            blocks += unwrap([_set(line, width) for line in group])
    return Manuscript(tuple(blocks))


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines between blank ones, those of a table by themselves."""
    run: list[str] = []
    for line in [*lines, ""]:
        tabbed = len(line.strip(_BLANK).split("\t")) > _FEWEST_TABS
        if run and (not line.strip(_BLANK) or tabbed != (len(run[-1].strip(_BLANK).split("\t")) > _FEWEST_TABS)):
            yield run
            run = []
        if line.strip(_BLANK):
            run.append(line)


def _tabbed(lines: list[str]) -> Table:
    rows = [tuple(cell.strip(_BLANK) for cell in line.strip("\n\r \u3000").split("\t")) for line in lines]
    width = max(map(len, rows))
    return Table(tuple(row + ("",) * (width - len(row)) for row in rows))


def read_markdown(text: str) -> Manuscript:
    """Read Markdown without its front matter: headings, paragraphs, pipe tables."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*text.split("\n"), ""]:
        line = raw.strip(_BLANK)
        if row := _TABLE_ROW.fullmatch(line):
            if not _RULE.fullmatch(line):
                rows.append(tuple(cell.strip() for cell in row[1].split("|")))
            continue
        if rows:
            width = max(map(len, rows))
            blocks.append(Table(tuple(row + ("",) * (width - len(row)) for row in rows)))
            rows = []
        if heading := _HEADING.fullmatch(line):
            blocks.append(Line(heading[2].strip(), heading_rank=len(heading[1])))
        elif line:
            blocks.append(Line(line))
    return Manuscript(tuple(blocks))


def _set(line: str, width: float) -> SetLine:
    line, text = line.expandtabs(4), " ".join(line.strip(_BLANK).split("\t"))
    indent = display_width(line) / 2 - display_width(line.lstrip(_BLANK)) / 2
    return SetLine(text, indent, max(0.0, width - indent - display_width(text) / 2))


def _wrap_width(lines: list[str]) -> float | None:
    """Return the width, in Chinese characters, at which the file is broken; None where it is not.

    Short paragraphs may happen to be equally long: only lines that break off in a sentence tell.
    """
    widths = [round(display_width(line.rstrip(_BLANK)) / 2) for line in lines]
    widest = max(widths)
    full = [line.rstrip(_BLANK) for line, width in zip(lines, widths, strict=True) if width >= widest - 2]
    if not _NARROWEST_WRAP <= widest <= _WIDEST_WRAP or len(full) < max(3, _WRAPPED_SHARE * len(lines)):
        return None
    broken = sum(not line.endswith(_SENTENCE_ENDS) for line in full)
    return float(widest) if broken > _BROKEN_SHARE * len(full) else None
