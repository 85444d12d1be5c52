"""Excerpts as a Word document, set as an office sets its papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qa_service.corpus.models import Form
from qa_service.corpus.validity import chinese_date
from qa_service.server.staff.export.excerpts import Excerpt, Excerpts

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_FOOT = "由程序依据所收录的文本整理，以官方发布为准。"
_LABELS = {Form.NOTES: "要点整理，非法条原文", Form.GUIDE: "办事指南，由本服务整理"}
_GREY, _SEAL, _BLUE = RGBColor(0x55, 0x60, 0x62), RGBColor(0x9B, 0x22, 0x26), RGBColor(0x0B, 0x52, 0x61)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_docx(given: Excerpts, at: datetime) -> bytes:
    """Return the document.

    Args:
        given: what goes into it.
        at: the moment it says it was made.
    """
    word = Document()
    _set_up(word, given.title, at)
    _titled(word, given)
    if given.answered:
        _heading(word, "问")
        _paragraphs(word, given.answered.question)
        _heading(word, "答")
        _paragraphs(word, given.answered.answer)
        _heading(word, "依据")
    for n, excerpt in enumerate(given.excerpts, 1):
        _excerpt(word, n, excerpt)
    _foot(word)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _clean(text: str) -> str:
    """Leave out what XML has no place for."""
    return _NOT_XML.sub("", text)


def _set_up(word: WordDocument, title: str, at: datetime) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.8)
    _font(_style(word, "Normal"), _SONG, Pt(12))
    for name, size in (("Title", Pt(20)), ("Heading 1", Pt(14)), ("Heading 2", Pt(13))):
        style = _style(word, name)
        _font(style, _HEI, size)
        style.font.bold = False
        style.font.color.rgb = RGBColor(0, 0, 0)
    title_style = _style(word, "Title").element.get_or_add_pPr()
    for border in title_style.findall(qn("w:pBdr")):  # the template's blue line
        title_style.remove(border)
    heading = _style(word, "Heading 2")
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(16), Pt(2)
    properties = word.core_properties
    properties.title, properties.language = _clean(title), "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)  # as the format wants it


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    return cast(ParagraphStyle, word.styles[name])


def _font(style: ParagraphStyle, chinese: str, size: Length) -> None:
    """Set a style in a Chinese face: Word takes it from ``eastAsia``, which python-docx does not set."""
    style.font.name, style.font.size = _LATIN, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _titled(word: WordDocument, given: Excerpts) -> None:
    title = word.add_paragraph(_clean(given.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(line, f"{chinese_date(given.day)}　共 {len(given.excerpts)} 条　效力按当日判断", Pt(10.5), _GREY)


def _heading(word: WordDocument, text: str) -> None:
    word.add_paragraph(_clean(text), style="Heading 1")


def _paragraphs(word: WordDocument, text: str) -> None:
    for line in _lines(text):
        paragraph = word.add_paragraph(line)
        paragraph.paragraph_format.line_spacing = 1.5
        paragraph.paragraph_format.space_after = Pt(4)


def _lines(text: str) -> Iterator[str]:
    return (line for line in _clean(text).splitlines() if line.strip())


def _excerpt(word: WordDocument, n: int, excerpt: Excerpt) -> None:
    word.add_paragraph(_clean(f"{n}. {excerpt.citation}"), style="Heading 2")
    standing = word.add_paragraph()
    standing.paragraph_format.space_after = Pt(4)
    standing.paragraph_format.keep_with_next = True
    if label := _LABELS.get(excerpt.form):
        _run(standing, f"{label}　", Pt(10.5), _SEAL, bold=True)
    _run(standing, f"效力：{excerpt.validity}", Pt(10.5), _GREY)
    if excerpt.path:
        _run(standing, f"　位置：{' › '.join(excerpt.path)}", Pt(10.5), _GREY)
    for line in _lines(excerpt.text):
        quoted = word.add_paragraph(line)
        quoted.paragraph_format.left_indent = Cm(0.6)
        quoted.paragraph_format.line_spacing = 1.5
        quoted.paragraph_format.space_after = Pt(2)
        _ruled(quoted)
    link = word.add_paragraph()
    link.paragraph_format.space_before = Pt(4)
    _run(link, "原文：", Pt(10.5), _GREY)
    _linked(link, excerpt.link)


def _run(paragraph: Paragraph, text: str, size: Length, colour: RGBColor, *, bold: bool = False) -> Run:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb, run.font.bold = size, colour, bold or None
    return run


def _ruled(paragraph: Paragraph) -> None:
    """Draw a line at the left of a quotation."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "9B2226")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    # The schema wants it before the indents and the spacing.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _linked(paragraph: Paragraph, address: str) -> None:
    """Add an address that can be followed; python-docx reads hyperlinks and does not write them."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = _run(paragraph, address, Pt(10.5), _BLUE)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _foot(word: WordDocument) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, f"{_FOOT}　第 ", Pt(9), _GREY)
    _field(foot, "PAGE")
    _run(foot, " 页，共 ", Pt(9), _GREY)
    _field(foot, "NUMPAGES")
    _run(foot, " 页", Pt(9), _GREY)


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a figure that Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = _run(paragraph, "1", Pt(9), _GREY)
    field.append(run._r)
    paragraph._p.append(field)
