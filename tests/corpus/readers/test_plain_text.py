from pathlib import Path

import pytest

from qa_service.corpus.readers import Line, Setting, Table, read_manuscript
from qa_service.corpus.readers.plain_text import read_markdown
from qa_service.errors import ImportFileError

PARAGRAPH = "第一条　为了促进本区知识产权高质量发展，鼓励企业创造、运用、保护知识产权，根据有关法律法规，结合本区实际，制定本办法。"


def read(tmp_path: Path, text: str) -> list[Line | Table]:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    return list(read_manuscript(path).blocks)


def wrapped(text: str, width: int, indent: str = "") -> str:
    text = indent + text
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


@pytest.mark.parametrize("width", [20, 32, 40])
def test_lines_broken_at_a_width_are_joined(tmp_path: Path, width: int) -> None:
    paragraphs = [PARAGRAPH, PARAGRAPH.replace("第一条", "第二条"), PARAGRAPH.replace("第一条", "第三条")]
    text = "\n".join(wrapped(p, width, "\u3000\u3000") for p in paragraphs)
    assert [line.text for line in read(tmp_path, text) if isinstance(line, Line)] == paragraphs


def test_a_blank_line_ends_a_paragraph_where_none_is_indented(tmp_path: Path) -> None:
    first, second = "甲" * 39 + "。", "乙" * 60 + "。"
    text = "\n\n".join([wrapped(first, 20), wrapped(second, 20), wrapped(first, 20)])
    assert [line.text for line in read(tmp_path, text) if isinstance(line, Line)] == [first, second, first]


def test_lines_that_are_not_broken_stay_as_they_are(tmp_path: Path) -> None:
    text = "某办法\n第一条　短。\n第二条　" + "长" * 90 + "。\n"
    assert [line.text for line in read(tmp_path, text) if isinstance(line, Line)] == text.strip().split("\n")


def test_a_title_and_a_signature_are_seen_by_their_place(tmp_path: Path) -> None:
    body = wrapped(PARAGRAPH, 32, "\u3000\u3000")
    text = f"{'　' * 12}示例市奖励办法\n{body}\n{body}\n{body}\n{'　' * 20}示例市人民政府\n"
    settings = [line.setting for line in read(tmp_path, text) if isinstance(line, Line)]
    assert (settings[0], settings[-1]) == (Setting.CENTRED, Setting.RIGHT)


def test_page_numbers_are_dropped(tmp_path: Path) -> None:
    assert len(read(tmp_path, "甲。\n- 1 -\n乙。\n第 2 页 共 3 页\n")) == 2


def test_rows_set_with_tabs_are_a_table(tmp_path: Path) -> None:
    blocks = read(tmp_path, "标准如下：\n序号\t项目\t标准\n1\t专利\t1万元\n2\t商标\n完。\n")
    assert blocks[1] == Table((("序号", "项目", "标准"), ("1", "专利", "1万元"), ("2", "商标", ""))) or blocks[
        1
    ] == Table((("序号", "项目", "标准"), ("1", "专利", "1万元")))


def test_a_file_of_blanks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="没有文字"):
        read(tmp_path, " \n\u3000\n")


def test_markdown_headings_and_tables_are_read() -> None:
    manuscript = read_markdown("# 办法\n\n正文。\n\n| 项目 | 标准 |\n|---|:--|\n| 专利 | 1万元 |\n\n完。")
    assert manuscript.blocks == (
        Line("办法", heading_rank=1),
        Line("正文。"),
        Table((("项目", "标准"), ("专利", "1万元"))),
        Line("完。"),
    )
