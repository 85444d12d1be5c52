"""Word documents, read with python-docx: paragraphs and tables in order, with their automatic numbers."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa_service.corpus.marker import read_marker
from qa_service.corpus.readers.manuscript import Block, Line, Manuscript, Setting, Table
from qa_service.errors import ImportFileError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from qa_service.corpus.readers.docx_hidden import HiddenText
    from qa_service.corpus.readers.docx_numbering import Numbering

_SHOWN_TEXT = (
    ".//w:t[not(ancestor::w:txbxContent) and not(ancestor::w:moveFrom) and not(ancestor::w:del)]"
    " | .//w:r/w:tab[not(ancestor::w:txbxContent)]"
    " | .//w:r/w:br[not(ancestor::w:txbxContent)] | .//w:r/w:cr[not(ancestor::w:txbxContent)]"
    " | .//w:r/w:noBreakHyphen[not(ancestor::w:txbxContent)]"
)
_DELETED = "./w:pPr/w:rPr/w:del | ./w:pPr/w:rPr/w:moveFrom"
_CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。；：！？:;]$")
_BROKEN_HERE = "\n"


def read_docx(path: Path) -> Manuscript:
    """Read the body of a docx file; headers, footers, text boxes, the table of contents, deleted and hidden text are not.

    Raises:
        ImportFileError: Word's own package is damaged, or holds no text.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import InvalidXmlError
    from lxml.etree import XMLSyntaxError

    from qa_service.corpus.readers.docx_hidden import HiddenText
    from qa_service.corpus.readers.docx_numbering import Numbering

    damage = (KeyError, ValueError, TypeError, AttributeError, OSError, NotImplementedError)
    try:
        document = docx.Document(str(path))
        blocks = tuple(_Reader(document, Numbering(document), HiddenText(document)).blocks(document.element.body))
    except (*damage, OpcError, InvalidXmlError, XMLSyntaxError, zipfile.BadZipFile, zlib.error) as error:
        reason = " ".join(str(error).split())[:120]
        raise ImportFileError(f"{path}：Word 文档损坏，读不出内容（{reason}）。请用 Word 打开后另存一份。") from error
    if not blocks:
        raise ImportFileError(f"{path}：Word 文档里没有文字（可能只有图片）。请先做文字识别（OCR），核对后再导入。")
    return Manuscript(blocks)


class _Reader:
    def __init__(self, document: WordDocument, numbering: Numbering, hidden: HiddenText) -> None:
        self._document = document
        self._numbering = numbering
        self._hidden = hidden

    def blocks(self, parent: Any) -> Iterator[Block]:
        from docx.oxml.ns import qn

        for element in parent.iterchildren():
            if element.tag == qn("w:p"):
                yield from self._lines(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt") and not _found(element, ".//w:docPartGallery[@w:val='Table of Contents']"):
                for content in element.iterchildren(qn("w:sdtContent")):
                    yield from self.blocks(content)
            elif element.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
                yield from self.blocks(element)

    def _lines(self, element: Any) -> Iterator[Line]:
        text = self._labelled(element)
        if text and not self._lists_contents(element):
            setting = self._setting_of(element)
            yield from (Line(line, setting) for line in _unbroken(text.split(_BROKEN_HERE)))

    def _labelled(self, element: Any) -> str:
        text = _text_of(element, self._hidden)
        if not text and _found(element, _DELETED):
            return ""  # Word no longer counts it
        label = self._numbering.label(element)
        if not label or not text:
            return text
        return f"{label}\u3000{text}" if label.endswith(("条", "章", "节", "编")) else f"{label}{text}"

    def _table(self, table: Any) -> Iterator[Block]:
        rows = _found(table, "./w:tr | ./w:sdt/w:sdtContent/w:tr | ./w:ins/w:tr")
        rows = [row for row in rows if not _found(row, "./w:trPr/w:del")]
        cells = [_found(row, "./w:tc | ./w:sdt/w:sdtContent/w:tc") for row in rows]
        if all(len(row) <= 1 for row in cells):  # a frame around text
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell)
            return
        grid = self._grid(rows, cells)
        if any(any(row) for row in grid):
            yield Table(grid)

    def _grid(self, rows: Sequence[Any], cells: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
        """Return the cells as a full grid, a merged one in each place it covers."""
        grid: list[list[str]] = []
        for row, held in zip(rows, cells, strict=True):
            line = [""] * _number_in(row, "./w:trPr/w:gridBefore/@w:val", 0)
            for cell in held:
                goes_on = _found(cell, "./w:tcPr/w:vMerge[not(@w:val='restart')]")
                at = len(line)
                above = grid[-1][at] if goes_on and grid and at < len(grid[-1]) else None
                text = above if above is not None else self._cell_text(cell)
                line += [text] * _number_in(cell, "./w:tcPr/w:gridSpan/@w:val", 1)
            grid.append(line)
        width = max(map(len, grid))
        return tuple(tuple(line + [""] * (width - len(line))) for line in grid)

    def _cell_text(self, cell: Any) -> str:
        pieces = (self._labelled(p) for p in _found(cell, ".//w:p[not(ancestor::w:txbxContent)]"))
        return " ".join(" ".join(pieces).split())

    def _lists_contents(self, element: Any) -> bool:
        from docx.text.paragraph import Paragraph

        style = Paragraph(element, self._document).style
        return style is not None and bool(_CONTENTS_STYLE.fullmatch(style.name or ""))

    def _setting_of(self, element: Any) -> Setting:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.text.paragraph import Paragraph

        paragraph = Paragraph(element, self._document)
        alignment = paragraph.alignment
        style = paragraph.style
        while alignment is None and style is not None:
            alignment = style.paragraph_format.alignment
            style = style.base_style
        if alignment == WD_ALIGN_PARAGRAPH.CENTER:
            return Setting.CENTRED
        return Setting.RIGHT if alignment == WD_ALIGN_PARAGRAPH.RIGHT else Setting.BODY


def _text_of(paragraph: Any, hidden: HiddenText) -> str:
    """Return the paragraph's text with inserted and without deleted passages; a break within it is a line feed."""
    pieces = []
    for node in _found(paragraph, _SHOWN_TEXT):
        if hidden.hides(node.getparent()):
            continue
        name = node.tag.rpartition("}")[2]
        if name == "t":
            pieces.append(node.text or "")
        elif name in ("br", "cr"):
            pieces.append("" if _found(node, "./@w:type") in (["page"], ["column"]) else _BROKEN_HERE)
        else:
            pieces.append("\u3000\u3000" if name == "tab" else "-")
    return "".join(pieces).strip()


def _unbroken(lines: Sequence[str]) -> Iterator[str]:
    """Join what a manual line break parts in the middle of a sentence; other breaks end a paragraph."""
    held = ""
    for line in (stripped for line in lines if (stripped := line.strip())):
        if held and (_SENTENCE_END.search(held) or read_marker(line) or len(held) < 25):
            yield held
            held = ""
        held += line
    if held:
        yield held


def _number_in(element: Any, xpath: str, default: int) -> int:
    value = next(iter(_found(element, xpath)), "")
    return min(int(value), 63) if str(value).isdigit() else default


def _found(element: Any, xpath: str) -> list[Any]:
    """Return what an XPath finds below any element; python-docx knows its prefixes only for some."""
    from docx.oxml.ns import nsmap
    from lxml.etree import XPath

    return list(XPath(xpath, namespaces={"w": nsmap["w"]})(element))
