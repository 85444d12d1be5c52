from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qa_service.corpus.readers import Line, Setting, Table, read_manuscript
from qa_service.errors import ImportFileError

W = nsdecls("w")


def texts(path: Path) -> list[str]:
    return [block.text for block in read_manuscript(path).blocks if isinstance(block, Line)]


def table(path: Path) -> tuple[tuple[str, ...], ...]:
    return next(block.rows for block in read_manuscript(path).blocks if isinstance(block, Table))


def append(document: Any, xml: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml))


def test_lines_and_tables_come_in_their_order_with_their_setting(write_docx: Callable[..., Path]) -> None:
    path = write_docx(("centre", "标题"), "正文。", [["项目", "金额"], ["专利", "1万元"]], ("right", "某局"))
    blocks = read_manuscript(path).blocks
    assert [type(b).__name__ for b in blocks] == ["Line", "Line", "Table", "Line"]
    assert [b.setting for b in blocks if isinstance(b, Line)] == [Setting.CENTRED, Setting.BODY, Setting.RIGHT]


def test_tracked_changes_are_read_as_accepted(write_docx: Callable[..., Path]) -> None:
    changed = (
        f'<w:p {W}><w:r><w:t>奖励</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>旧处</w:t></w:r></w:moveFrom></w:p>'
    )
    assert texts(write_docx(then=lambda d: append(d, changed))) == ["奖励5万元"]


def test_tracked_changes_within_a_cell_are_read_as_accepted(write_docx: Callable[..., Path]) -> None:
    def change(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 1).paragraphs[0]._p
        paragraph.append(parse_xml(f'<w:ins {W} w:id="2" w:author="a"><w:r><w:t>5万元</w:t></w:r></w:ins>'))

    assert table(write_docx([["项目", "金额"], ["专利", ""]], then=change))[1] == ("专利", "5万元")


def test_merged_cells_stand_wherever_they_reach(write_docx: Callable[..., Path]) -> None:
    def merge(document: Any) -> None:
        held = document.tables[0]
        held.cell(0, 1).merge(held.cell(0, 2))
        held.cell(1, 0).merge(held.cell(2, 0))

    rows = [["类别", "标准", ""], ["专利", "国家级", "20万元"], ["", "省级", "10万元"]]
    assert table(write_docx(rows, then=merge)) == (
        ("类别", "标准", "标准"),
        ("专利", "国家级", "20万元"),
        ("专利", "省级", "10万元"),
    )


def test_a_cell_that_goes_on_from_nowhere_is_read_as_it_is(write_docx: Callable[..., Path]) -> None:
    def damage(document: Any) -> None:
        cell = document.tables[0].cell(0, 0)._tc
        cell.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {W}/>"))

    assert table(write_docx([["项目", "金额"], ["专利", "1万元"]], then=damage))[0] == ("项目", "金额")


def test_a_table_of_one_column_is_a_frame_around_text(write_docx: Callable[..., Path]) -> None:
    assert texts(write_docx([["框里的第一段"], ["框里的第二段"]])) == ["框里的第一段", "框里的第二段"]


def numbered(document: Any, levels: str, numbers: str, paragraphs: list[tuple[str, int, int]]) -> None:
    """Give a document its own lists, and paragraphs of (text, list, level)."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.append(parse_xml(f'<w:abstractNum {W} w:abstractNumId="7">{levels}</w:abstractNum>'))
    for xml in numbers.split("|"):
        root.append(parse_xml(xml))
    for text, number, level in paragraphs:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
)
ONE = f'<w:num {W} w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
ON = f'<w:num {W} w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
ANEW = (
    f'<w:num {W} w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_automatic_numbers_are_printed(write_docx: Callable[..., Path]) -> None:
    items = [("甲。", 1, 0), ("子；", 1, 1), ("丑；", 1, 1), ("细", 1, 2), ("乙。", 1, 0), ("寅。", 1, 1)]
    path = write_docx(then=lambda d: numbered(d, LEVELS, ONE, items))
    assert texts(path) == ["第一条\u3000甲。", "（一）子；", "（二）丑；", "1.细", "第二条\u3000乙。", "（一）寅。"]


@pytest.mark.parametrize(("second", "label"), [(ON, "第二条"), (ANEW, "第一条")])
def test_a_second_list_counts_on_unless_it_starts_anew(
    write_docx: Callable[..., Path], second: str, label: str
) -> None:
    path = write_docx(then=lambda d: numbered(d, LEVELS, f"{ONE}|{second}", [("甲。", 1, 0), ("乙。", 2, 0)]))
    assert texts(path)[1] == f"{label}\u3000乙。"


def test_a_style_gives_its_number_to_the_styles_based_on_it(write_docx: Callable[..., Path]) -> None:
    def style(document: Any) -> None:
        numbered(document, LEVELS, ONE, [])
        base = document.styles.add_style("条文", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        properties = base.element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))
        derived = document.styles.add_style("条文二", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        derived.base_style = base
        document.add_paragraph("甲。", style="条文二")

    assert texts(write_docx(then=style)) == ["第一条\u3000甲。"]


def test_numbers_in_a_table_are_printed(write_docx: Callable[..., Path]) -> None:
    def number(document: Any) -> None:
        numbered(document, LEVELS, ONE, [])
        for row in (1, 2):
            properties = document.tables[0].cell(row, 0).paragraphs[0]._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'))

    rows = [["条目", "金额"], ["专利", "1万元"], ["商标", "2万元"]]
    assert [row[0] for row in table(write_docx(rows, then=number))] == ["条目", "1.专利", "2.商标"]


def test_a_manual_break_ends_a_paragraph_but_not_a_sentence(write_docx: Callable[..., Path]) -> None:
    def broken(document: Any) -> None:
        document.add_paragraph("一、申报时间为每年九月。\n二、申报方式为网上申报。")
        document.add_paragraph("为了促进知识产权高质量发展，根据有关法律法规和政策规定，\n结合本区实际，制定本办法。")

    assert texts(write_docx(then=broken)) == [
        "一、申报时间为每年九月。",
        "二、申报方式为网上申报。",
        "为了促进知识产权高质量发展，根据有关法律法规和政策规定，结合本区实际，制定本办法。",
    ]


def test_heads_feet_text_boxes_and_contents_are_left_out(write_docx: Callable[..., Path]) -> None:
    def furnish(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "页脚"
        box = f"<w:p {W}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
        append(document, box)
        append(
            document,
            f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            "<w:sdtContent><w:p><w:r><w:t>第一章……1</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        )

    assert texts(write_docx("正文。", then=furnish)) == ["正文。"]


def test_a_document_without_text_is_refused(write_docx: Callable[..., Path]) -> None:
    with pytest.raises(ImportFileError, match="没有文字"):
        read_manuscript(write_docx())


def test_a_package_whose_document_is_no_xml_is_damaged(write_docx: Callable[..., Path], tmp_path: Path) -> None:
    import zipfile

    whole, broken = write_docx("正文。"), tmp_path / "坏.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part, data[: len(data) // 2] if part.filename == "word/document.xml" else data)
    with pytest.raises(ImportFileError, match="损坏"):
        read_manuscript(broken)
