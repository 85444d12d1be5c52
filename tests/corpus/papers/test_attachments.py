import pytest

from qa_service.corpus.papers.attachments import attachment_heading
from qa_service.corpus.readers import Block, Line, Setting, Table

TABLE = Table((("项目", "金额"), ("专利", "1万元")))


def headings(blocks: list[Block], signed_at: int | None) -> list[str]:
    found = (attachment_heading(blocks, index, signed_at) for index in range(len(blocks)))
    return [heading.text for heading in found if heading]


@pytest.mark.parametrize(
    ("texts", "heading"),
    [
        (["附件1：奖励标准表"], "附件1 奖励标准表"),
        (["附件1 奖励标准表"], "附件1 奖励标准表"),
        (["附件1", "奖励标准表"], "附件1 奖励标准表"),
        (["附件一", "奖励标准表"], "附件一 奖励标准表"),
        (["附 件", "奖励标准表"], "附件 奖励标准表"),
        (["附件2："], "附件2"),
    ],
)
def test_an_attachment_below_the_signature_keeps_its_title(texts: list[str], heading: str) -> None:
    assert headings([Line("正文。"), *map(Line, texts), TABLE], 1)[0] == heading


def test_a_title_over_two_centred_lines_is_one() -> None:
    title = [Line("南通市海门区知识产权", Setting.CENTRED), Line("奖励标准表", Setting.CENTRED)]
    assert headings([Line("正文。"), Line("附件1"), *title, TABLE], 1) == ["附件1 南通市海门区知识产权奖励标准表"]


@pytest.mark.parametrize(
    "texts",
    [["附件：1.奖励标准表", "2.申报表"], ["附件1：奖励标准表", "附件2：申报表"], ["附件：", "1.奖励标准表"]],
)
def test_above_the_signature_attachments_are_only_listed(texts: list[str]) -> None:
    assert headings([Line("正文。"), *map(Line, texts)], 1 + len(texts)) == []


@pytest.mark.parametrize("texts", [["附件1：标准表", "附件2：申报表"], ["附件：", "1.标准表"], ["附件1：标准表"]])
def test_without_a_signature_a_list_is_told_by_what_follows(texts: list[str]) -> None:
    assert headings([Line("正文。"), *map(Line, texts)], None) == []


def test_without_a_signature_an_attachment_with_content_is_one() -> None:
    blocks: list[Block] = [
        Line("正文。"),
        Line("附件1：标准表"),
        TABLE,
        Line("附件2"),
        Line("申报材料"),
        Line("申请表。"),
    ]
    assert headings(blocks, None) == ["附件1 标准表", "附件2 申报材料"]


def test_a_link_to_a_file_is_no_attachment() -> None:
    assert headings([Line("正文。"), Line("附件1：申报表.docx"), Line("完。")], 1) == []
