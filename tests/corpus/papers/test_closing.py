from datetime import date

import pytest

from qa_service.corpus.papers.closing import read_closing
from qa_service.corpus.readers import Block, Line, Table

DAY = date(2026, 3, 10)
SUPERVISION, FINANCE = "南通市海门区市场监督管理局", "南通市海门区财政局"
OPENING = [Line("各有关单位："), Line("现将有关事项通知如下。")]


def lines(*texts: str) -> list[Block]:
    return [*OPENING, *(Line(text) for text in texts)]


@pytest.mark.parametrize(
    "signature",
    [
        [SUPERVISION, FINANCE, "2026年3月10日"],
        [f"{SUPERVISION}　　　　{FINANCE}", "2026年3月10日"],
        [f"{SUPERVISION} {FINANCE}", "二〇二六年三月十日"],
        [f"{SUPERVISION}　　{FINANCE}", "2026年3月10日　　2026年3月10日"],
        [f"{SUPERVISION}　　{FINANCE}　2026年3月10日"],
    ],
)
def test_several_signers_are_read_however_they_are_set(signature: list[str]) -> None:
    closing = read_closing(lines(*signature))
    assert (closing.issuer, closing.issued) == (f"{SUPERVISION}、{FINANCE}", DAY)
    assert closing.kept == tuple(OPENING)


def test_signers_set_in_a_table_without_lines_are_read() -> None:
    closing = read_closing([*OPENING, Table(((SUPERVISION, FINANCE), ("2026年3月10日", "2026年3月10日")))])
    assert (closing.issuer, closing.issued, closing.kept) == (f"{SUPERVISION}、{FINANCE}", DAY, tuple(OPENING))


def test_a_table_of_amounts_is_no_signature() -> None:
    table = Table((("项目", "金额"), ("专利", "1万元")))
    assert read_closing([*OPENING, table]).kept[-1] == table


def test_attachments_follow_the_signature() -> None:
    closing = read_closing(lines(SUPERVISION, "2026年3月10日", "附件1", "申报表"))
    assert closing.signed_at == 2
    assert [b.text for b in closing.kept[2:] if isinstance(b, Line)] == ["附件1", "申报表"]


def test_what_is_attached_may_be_signed_too() -> None:
    closing = read_closing(lines(FINANCE, "2026年3月10日", "附件1", "承诺书", "某某有限公司", "2026年5月1日"))
    assert (closing.issuer, closing.issued) == (FINANCE, DAY)


def test_under_an_order_a_person_signs() -> None:
    closing = read_closing(lines("市长　张三", "2026年3月10日", "第一条 甲。"))
    assert (closing.issuer, closing.issued) == ("", DAY)
    assert [b.text for b in closing.kept if isinstance(b, Line)][-1] == "第一条 甲。"


@pytest.mark.parametrize("behind", [[], ["附件：申报表"]])
def test_a_day_alone_counts_at_the_end(behind: list[str]) -> None:
    assert read_closing(lines("2026年3月10日", *behind)).issued == DAY


def test_a_day_alone_in_the_middle_is_text() -> None:
    assert read_closing(lines("2026年3月10日", "为申报截止日。")).issued is None


def test_what_the_printer_adds_is_left_out() -> None:
    closing = read_closing(
        lines("抄送：区委各部门。", "南通市海门区人民政府办公室　2026年3月10日印发", "（此件公开发布）")
    )
    assert (closing.kept, closing.issued) == (tuple(OPENING), DAY)
