from datetime import date

import pytest

from qa_service.corpus.papers.front import clean_number, read_front, without_contents
from qa_service.corpus.readers import Line, Setting, Table

TEXT = Line("各区镇政府，区各委办局：")


def centred(*texts: str) -> list[Line]:
    return [Line(text, Setting.CENTRED) for text in texts]


@pytest.mark.parametrize(
    ("lines", "title", "issuer", "number"),
    [
        (
            ["南通市海门区人民政府办公室文件", "海政办规〔2026〕3号", "关于印发《奖励办法》的通知"],
            "关于印发《奖励办法》的通知",
            "南通市海门区人民政府办公室",
            "海政办规〔2026〕3号",
        ),
        (
            ["海政办规〔2026〕3号", "南通市海门区人民政府办公室", "关于印发奖励办法的通知"],
            "南通市海门区人民政府办公室关于印发奖励办法的通知",
            "",
            "海政办规〔2026〕3号",
        ),
        (
            ["南通市海门区市场监督管理局", "海市监（2026）12号", "专利质押贴息实施细则"],
            "专利质押贴息实施细则",
            "南通市海门区市场监督管理局",
            "海市监〔2026〕12号",
        ),
        (
            ["南通市海门区财政局", "南通市海门区市场监督管理局　文件", "海财〔2026〕1号", "关于下达资金的通知"],
            "关于下达资金的通知",
            "南通市海门区财政局、南通市海门区市场监督管理局",
            "海财〔2026〕1号",
        ),
        (
            [
                "南通市海门区人民政府文件",
                "海政发〔2026〕3号　　　签发人：张三",
                "特急",
                "关于促进发展的若干意见（试行）",
            ],
            "关于促进发展的若干意见（试行）",
            "南通市海门区人民政府",
            "海政发〔2026〕3号",
        ),
        (
            ["发布机构：海门区市场监督管理局", "发文字号：海市监〔2026〕3号", "奖励办法"],
            "奖励办法",
            "海门区市场监督管理局",
            "海市监〔2026〕3号",
        ),
    ],
)
@pytest.mark.parametrize("setting", [Setting.CENTRED, Setting.BODY])
def test_head_number_and_title_are_told_apart(
    lines: list[str], title: str, issuer: str, number: str, setting: Setting
) -> None:
    front = read_front([*(Line(text, setting) for text in lines), TEXT])
    assert (front.title, front.issuer, front.number, front.preface) == (title, issuer, number, ())


def test_an_order_prints_its_number_below_its_name() -> None:
    front = read_front([*centred("南通市人民政府令", "第 15 号"), Line("《某办法》已经市政府常务会议通过，现予公布。")])
    assert (front.number, front.issuer) == ("南通市人民政府令第15号", "南通市人民政府")


def test_the_days_of_its_making_are_its_history() -> None:
    line = "（2020年10月17日通过　根据2024年3月1日《关于修改〈某法〉的决定》修正）"
    assert read_front([*centred("某条例", line), TEXT]).history == (date(2020, 10, 17), date(2024, 3, 1))


def test_a_title_over_several_lines_is_one() -> None:
    front = read_front([*centred("关于印发《南通市海门区知识产权", "高质量发展奖励办法》", "的通知"), TEXT])
    assert front.title == "关于印发《南通市海门区知识产权高质量发展奖励办法》的通知"


def test_a_title_marked_as_a_heading_of_any_rank_is_the_title() -> None:
    assert read_front([Line("奖励办法", heading_rank=2), TEXT]).title == "奖励办法"


def test_a_stated_title_is_not_kept_twice() -> None:
    front = read_front([*centred("奖 励 办 法"), TEXT], "奖励办法")
    assert (front.title, front.preface) == ("奖励办法", ())


def test_a_paper_that_opens_with_a_table_has_no_front() -> None:
    assert read_front([Table((("项目", "金额"),))]).length == 0


@pytest.mark.parametrize(
    "number", ["海政办发[2026]5号", "海政办发（2026）5 号", "海政办发【2026】5号", "海政办发〔2026〕第5号"]
)
def test_a_number_is_written_one_way(number: str) -> None:
    assert clean_number(number).startswith("海政办发〔2026〕")


def test_a_table_of_contents_is_left_out() -> None:
    texts = ["办法", "目　录", "第一章　总则……1", "第二章　奖励……2", "第一章 总则", "第一条 甲。"]
    assert [b.text for b in without_contents([Line(t) for t in texts]) if isinstance(b, Line)] == [
        "办法",
        "第一章 总则",
        "第一条 甲。",
    ]
