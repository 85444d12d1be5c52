"""PDF files with a text layer, read with pdfplumber."""

from __future__ import annotations

import itertools
import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_service.corpus.readers.manuscript import Block, Manuscript, Table
from qa_service.corpus.readers.pdf_bomb import refuse_pdf_bomb
from qa_service.corpus.readers.pdf_hidden import shown
from qa_service.corpus.readers.unwrap import SetLine, unwrap
from qa_service.errors import ImportFileError

MOST_PAGES = 1000
_FEWEST_CHARACTERS = 8
"""Fewer on a page that is covered by a picture, and the page is a scan."""
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*第?\s*\d{1,4}\s*页?(?:[\s/／，,共]+\d{1,4}\s*页?)?[-—–－·\s]*")
_UNREADABLE = re.compile(r"\(cid:\d+\)")
_MOST_UNREADABLE = 0.05
"""The share of letters that a font may leave without a character behind them."""
_MARGIN = 0.12
"""The share of a page's height in which running heads and page numbers stand."""
_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError, struct.error)
"""What pdfminer raises on a file whose parts contradict each other."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line or a table with its place, in points from the page's upper left."""

    page: int
    top: float
    left: float
    right: float
    size: float
    text: str = ""
    table: Table | None = None


def read_pdf(path: Path) -> Manuscript:
    """Read lines and tables page by page; running heads, page numbers and unseen letters are dropped, wraps undone.

    Raises:
        ImportFileError: the file is damaged, encrypted, too long, or a page has no text layer.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    refuse_pdf_bomb(path)
    try:
        # Given a path, pdfplumber leaves the file open where it is damaged.
        with path.open("rb") as file, pdfplumber.open(file) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise ImportFileError(f"{path}：有 {len(pdf.pages)} 页，超过 {MOST_PAGES} 页的上限。请拆成几份。")
            _refuse_unreadable(path, pdf.pages)
            heights = [float(page.height) for page in pdf.pages]
            placed = [item for number, page in enumerate(pdf.pages) for item in _on_page(number, shown(page))]
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise ImportFileError(f"{path}：PDF 加了密码。请去掉密码（用阅读器另存）后再导入。") from error
        raise ImportFileError(f"{path}：PDF 损坏，读不出内容（{error}）。请重新下载。") from error
    except (*_DAMAGE, MalformedPDFException, PSException) as error:
        raise ImportFileError(f"{path}：PDF 损坏，读不出内容（{error}）。请重新下载。") from error
    kept = _without_running_heads(placed, heights)
    if not kept:
        raise ImportFileError(f"{path}：PDF 里没有正文。请核对文件。")
    return Manuscript(tuple(_merge_tables(_blocks(kept))))


def _refuse_unreadable(path: Path, pages: Sequence[Any]) -> None:
    if not pages:
        raise ImportFileError(f"{path}：PDF 损坏，一页也读不出。请重新下载。")
    counts = [(len(page.chars), bool(page.images)) for page in pages]
    scans = [n for n, (characters, pictures) in enumerate(counts, 1) if characters < _FEWEST_CHARACTERS and pictures]
    if scans or not any(characters for characters, _ in counts):
        part = scans and len(scans) < len(pages)
        which = f"第 {'、'.join(map(str, scans[:5]))} 页{'等' if len(scans) > 5 else ''}" if part else "整份文件"
        raise ImportFileError(
            f"{path}：该 PDF 没有文本层（{which}是扫描图片），读不出文字。"
            "请先做文字识别（OCR）并核对，存成 docx、txt 或带文本层的 PDF 再导入。"
        )
    letters = [char["text"] for page in pages for char in page.chars]
    unknown = sum(bool(_UNREADABLE.match(letter)) or letter == "\ufffd" for letter in letters)
    if unknown > _MOST_UNREADABLE * len(letters):
        raise ImportFileError(
            f"{path}：PDF 的字体没有文字编码（{unknown} 个字读不出）。请用原文件另存，或做文字识别（OCR）后再导入。"
        )


def _on_page(number: int, page: Any) -> Iterator[_Placed]:
    tables = [t for t in page.find_tables() if len(t.rows) > 1 or len(t.cells) > 1]
    items = [_placed_table(number, page, table) for table in tables]
    outside = page
    for table in tables:
        outside = outside.outside_bbox(table.bbox, strict=False)
    for line in outside.extract_text_lines(return_chars=True):
        size = max(char["size"] for char in line["chars"])
        items.append(_Placed(number, line["top"], line["x0"], line["x1"], size, line["text"].strip()))
    yield from sorted((i for i in items if i.text or i.table), key=lambda item: item.top)


def _placed_table(number: int, page: Any, table: Any) -> _Placed:
    left, top, right, _ = table.bbox
    return _Placed(number, top, left, right, 0, table=Table(_grid(page, table)))


def _grid(page: Any, table: Any) -> tuple[tuple[str, ...], ...]:
    """Return the cells as a full grid, a merged one repeated wherever its box reaches."""
    edges = sorted({round(c[0], 1) for c in table.cells} | {round(c[2], 1) for c in table.cells})
    columns = [(a + b) / 2 for a, b in itertools.pairwise(edges) if b - a > 2]
    heights = sorted({round(c[1], 1) for c in table.cells} | {round(c[3], 1) for c in table.cells})
    rows = [(a + b) / 2 for a, b in itertools.pairwise(heights) if b - a > 2]
    texts: dict[tuple[float, ...], str] = {}

    def text_at(x: float, y: float) -> str:
        box = next((c for c in table.cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
        if box is None:
            return ""
        if box not in texts:
            inside = page.crop(box, strict=False).extract_text() or ""
            texts[box] = "".join(inside.split("\n")).strip()
        return texts[box]

    return tuple(tuple(text_at(x, y) for x in columns) for y in rows)


def _without_running_heads(placed: Sequence[_Placed], heights: Sequence[float]) -> list[_Placed]:
    pages = len(heights)

    def key(item: _Placed) -> tuple[str, int]:
        return re.sub(r"\d+", "#", item.text), round(item.top / 6)

    def in_margin(item: _Placed) -> bool:
        return not _MARGIN * heights[item.page] <= item.top <= (1 - _MARGIN) * heights[item.page]

    seen = Counter(key(item) for item in placed if item.text and in_margin(item))
    return [
        item
        for item in placed
        if item.table
        or not in_margin(item)
        or not (_PAGE_NUMBER.fullmatch(item.text) or (pages > 1 and seen[key(item)] >= max(2, pages * 0.4)))
    ]


def _blocks(placed: Sequence[_Placed]) -> Iterator[Block]:
    lines = [item for item in placed if item.text]
    left = _left_margin(lines)
    right = max((item.right for item in lines), default=0.0)
    run: list[SetLine] = []
    for item in placed:
        if item.table:
            yield from unwrap(run)
            run = []
            yield item.table
        else:
            run.append(SetLine(item.text, (item.left - left) / item.size, (right - item.right) / item.size))
    yield from unwrap(run)


def _left_margin(lines: Sequence[_Placed]) -> float:
    """The leftmost edge at which at least one line in twenty begins."""
    edges = Counter(round(item.left) for item in lines)
    common = [edge for edge, count in edges.items() if count >= max(1, len(lines) / 20)]
    return float(min(common, default=0))


def _merge_tables(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join a table that goes on over the page's end; a head that is printed again is dropped."""
    held: Table | None = None
    for block in blocks:
        if isinstance(block, Table) and held is not None and len(block.rows[0]) == len(held.rows[0]):
            held = _continued(held, block)
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(block, Table):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def _continued(table: Table, more: Table) -> Table:
    """Join two parts of a table. What the page's end cut in a row, or in a cell merged over rows, is put together."""
    heads = next((n for n, (a, b) in enumerate(zip(table.rows, more.rows, strict=False)) if a != b), 0)
    rows, rest = list(table.rows), list(more.rows[heads:])
    if rest and not rest[0][0] and any(rest[0]):
        last, first = rows[-1], rest[0]
        if sum(not cell for cell in first) * 2 > len(first):
            rows[-1] = tuple(a if a == b else f"{a}{b}" for a, b in zip(last, first, strict=True))
            rest = rest[1:]
    while rest and not rest[0][0] and any(rest[0][1:]):
        # The name of a group of rows is printed only where it begins.
        rows.append((rows[-1][0], *rest[0][1:]))
        rest = rest[1:]
    return Table(tuple(rows + rest))
