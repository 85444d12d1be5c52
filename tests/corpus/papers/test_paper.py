from datetime import date

import pytest

from qa_service.corpus.papers import Paper, read_paper
from qa_service.corpus.readers import Block, Line, Manuscript, Setting, Table

MEASURE = "南通市海门区知识产权奖励办法"


def paper(*blocks: Block | str, **stated: str) -> Paper:
    return read_paper(Manuscript(tuple(Line(b) if isinstance(b, str) else b for b in blocks), stated))


def centred(*texts: str) -> list[Line]:
    return [Line(text, Setting.CENTRED) for text in texts]


def test_a_notice_that_issues_a_measure_is_the_measure() -> None:
    found = paper(
        *centred("南通市海门区人民政府办公室文件", "海政办规〔2026〕3号", f"关于印发《{MEASURE}》的通知"),
        "各区镇政府：",
        "现印发给你们。",
        "南通市海门区人民政府办公室",
        "2026年3月10日",
        *centred(MEASURE),
        "第一条　为了促进发展，制定本办法。",
        "第二条　本办法自2026年4月10日起施行，有效期至2028年12月31日。",
    )
    assert (found.title, found.kind, found.level) == (MEASURE, "办法", "海门区")
    assert (found.issuer, found.number) == ("南通市海门区人民政府办公室", "海政办规〔2026〕3号")
    assert (found.issued, found.effective, found.expires) == (date(2026, 3, 10), date(2026, 4, 10), date(2028, 12, 31))
    assert "2026年3月10日" not in found.body


def test_an_order_is_the_rules_that_it_publishes() -> None:
    found = paper(
        *centred("南通市人民政府令", "第15号"),
        "《南通市专利促进办法》已经2026年1月5日市人民政府第50次常务会议通过，现予公布，自2026年3月1日起施行。",
        Line("市长　张三", Setting.RIGHT),
        Line("2026年1月10日", Setting.RIGHT),
        *centred("南通市专利促进办法"),
        "第一条　为了促进发展，制定本办法。",
        "第二条　本办法自2026年3月1日起施行。",
    )
    assert (found.title, found.number, found.issuer) == (
        "南通市专利促进办法",
        "南通市人民政府令第15号",
        "南通市人民政府",
    )
    assert (found.issued, found.effective, found.level) == (date(2026, 1, 10), date(2026, 3, 1), "南通市")


def test_a_notice_of_numbered_parts_keeps_them() -> None:
    found = paper(
        *centred("关于组织申报2026年度奖励的通知"),
        "各有关企业：",
        "现将有关事项通知如下：",
        "一、申报时间",
        "（一）网上申报",
        "1.2026年9月1日至9月30日。",
        "南通市海门区市场监督管理局",
        "2026年8月15日",
    )
    assert found.body.strip().split("\n\n")[3:] == ["一、申报时间", "（一）网上申报", "1.2026年9月1日至9月30日。"]
    assert (found.kind, found.issuer, found.effective) == ("通知", "南通市海门区市场监督管理局", None)


def test_the_day_under_the_text_counts_before_the_day_on_the_page() -> None:
    found = paper(
        "关于申报的通知", "各企业：", "请申报。", "南通市海门区财政局", "2026年3月10日", published="2026-03-12"
    )
    assert found.issued == date(2026, 3, 10)
    assert paper("关于申报的通知", "各企业：", "请申报。", published="2026-03-12 10:00").issued == date(2026, 3, 12)


def test_a_head_set_in_a_table_is_the_front() -> None:
    head = Table((("南通市海门区财政局", "文件"), ("海财〔2026〕1号", "海财〔2026〕1号")))
    found = paper(head, *centred("关于下达资金的通知"), "各单位：", "请执行。")
    assert (found.title, found.number) == ("关于下达资金的通知", "海财〔2026〕1号")


@pytest.mark.parametrize("text", ["# 一级", "###### 六级"])
def test_a_paragraph_that_looks_like_a_heading_is_none(text: str) -> None:
    assert f"\u2060{text}" in paper("某办法", "各单位：", text).body
