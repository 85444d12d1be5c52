import pytest

from qa_service.corpus.instructions import Change, Place, Quotations, read_instructions


def read(text: str) -> tuple[list[Change], list[str]]:
    quotations = Quotations(text)
    return read_instructions(quotations, quotations.text)


FOURTH = Place(article="第四条")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("一、将第四条中的“3万元”修改为“5万元”。", [Change(FOURTH, "3万元", "5万元")]),
        ("第四条“3万元”改为“5万元”。", [Change(FOURTH, "3万元", "5万元")]),
        ("将第四条中的奖励由3万元提高到5万元。", [Change(FOURTH, "3万元", "5万元")]),
        ('将第四条中的"3万元"修改为"5万元"。', [Change(FOURTH, "3万元", "5万元")]),
        ("（一）第4条中的“甲”一词修改为“乙”；", [Change(FOURTH, "甲", "乙")]),
        (
            "将第四条中的“3万元”修改为“5万元”，“每年”修改为“每两年”。",
            [Change(FOURTH, "3万元", "5万元"), Change(FOURTH, "每年", "每两年")],
        ),
        (
            "将第四条中的“甲”“乙”分别修改为“丙”“丁”。",
            [Change(FOURTH, "甲", "丙"), Change(FOURTH, "乙", "丁")],
        ),
        ("将第四条中的“甲”、“乙”统一修改为“丙”。", [Change(FOURTH, "甲", "丙"), Change(FOURTH, "乙", "丙")]),
        (
            "将第四条、第六条第二款中的“甲”修改为“乙”。",
            [Change(FOURTH, "甲", "乙"), Change(Place(article="第六条", paragraph=2), "甲", "乙")],
        ),
        (
            "第四条第一款和第三款中的“甲”修改为“乙”。",
            [Change(Place(article="第四条", paragraph=n), "甲", "乙") for n in (1, 3)],
        ),
        ("第四条修改为：“企业应当申报。”", [Change(FOURTH, None, "企业应当申报。")]),
        (
            "第四条第二款修改为：“企业应当申报。”",
            [Change(Place(article="第四条", paragraph=2), None, "企业应当申报。")],
        ),
        ("第四条第（三）项修改为：“（三）丙；”", [Change(Place(article="第四条", item=3), None, "（三）丙；")]),
        (
            "第四条第二款第三项修改为：“丙；”",
            [Change(Place(article="第四条", paragraph=2, item=3), None, "丙；")],
        ),
        ("第四条之一修改为：“甲。”", [Change(Place(article="第四条之一"), None, "甲。")]),
        ("删去第九条。", [Change(Place(article="第九条"), None, "")]),
        (
            "删除第九条、第十条第二款。",
            [Change(Place(article="第九条"), None, ""), Change(Place(article="第十条", paragraph=2), None, "")],
        ),
        ("将第九条删去。", [Change(Place(article="第九条"), None, "")]),
        ("删去第四条中的“甲”。", [Change(FOURTH, "甲", "")]),
        ("将第四条中的“甲”删除。", [Change(FOURTH, "甲", "")]),
        ("增加一条，作为第十条：“甲。”", [Change(Place(article="第十条"), None, "甲。", adds="条")]),
        ("在第九条后增加一条，作为第十条：“甲。”", [Change(Place(article="第十条"), None, "甲。", adds="条")]),
        ("增加一条：“第十条　甲。”", [Change(Place(article="第十条"), None, "第十条　甲。", adds="条")]),
        (
            "增加二条，作为第十条、第十一条：“第十条　甲。\n第十一条　乙。”",
            [
                Change(Place(article="第十条"), None, "第十条　甲。", adds="条"),
                Change(Place(article="第十一条"), None, "第十一条　乙。", adds="条"),
            ],
        ),
        ("第四条增加一款，作为第二款：“甲。”", [Change(Place(article="第四条", paragraph=2), None, "甲。", adds="款")]),
        ("在第四条中增加一款：“甲。”", [Change(FOURTH, None, "甲。", adds="款")]),
        ("增加一款，作为第四条第三款：“甲。”", [Change(Place(article="第四条", paragraph=3), None, "甲。", adds="款")]),
        ("第四条增加一项，作为第（四）项：“甲。”", [Change(Place(article="第四条", item=4), None, "甲。", adds="项")]),
        (
            "将附件1中“马德里商标”的奖励标准由“每件1万元”调整为“每件1.5万元”。",
            [Change(Place(attachment=1, row="马德里商标"), "每件1万元", "每件1.5万元")],
        ),
        (
            "将附件1中“马德里商标”的奖励标准由每件1万元调整为每件1.5万元。",
            [Change(Place(attachment=1, row="马德里商标"), "每件1万元", "每件1.5万元")],
        ),
        (
            "附件一《标准表》中“马德里商标”的奖励标准修改为“每件1.5万元”。",
            [Change(Place(attachment=1, row="马德里商标", column="奖励标准"), None, "每件1.5万元")],
        ),
        (
            "将附件1序号3的奖励标准由“1万元”调整为“2万元”。",
            [Change(Place(attachment=1, row="序号：3"), "1万元", "2万元")],
        ),
        ("将附件2第三条中的“甲”修改为“乙”。", [Change(Place(attachment=2, article="第三条"), "甲", "乙")]),
    ],
)
def test_an_instruction_in_a_usual_form_is_understood(text: str, changes: list[Change]) -> None:
    assert read(text) == (changes, [])


@pytest.mark.parametrize(
    "text",
    [
        "第三条改为第四条。",
        "将全文中的“甲”修改为“乙”。",
        "第四条、第五条修改为：“甲。”",
        "删去第四条中关于分公司的内容。",
        "附件1修改为新的附件1。",
        "增加一款：“甲。”",
        "第四条增加两款，分别作为第二款、第三款。",
    ],
)
def test_what_is_not_understood_is_named_as_printed(text: str) -> None:
    changes, unread = read(text)
    assert (changes, unread) == ([], [text.rstrip("。")])


@pytest.mark.parametrize("text", ["各镇政府要认真学习。", "本通知自2026年10月1日起施行。", "附件：1.新的标准表"])
def test_what_tells_to_change_nothing_is_passed_over(text: str) -> None:
    assert read(text) == ([], [])


def test_a_new_text_of_several_paragraphs_is_taken_whole() -> None:
    changes, _ = read("第五条修改为：“第一款。\n“第二款，依照第六条第一款执行。”\n二、删去第九条。")
    assert changes == [
        Change(Place(article="第五条"), None, "第一款。\n\n第二款，依照第六条第一款执行。"),
        Change(Place(article="第九条"), None, ""),
    ]


def test_quotations_within_a_new_text_belong_to_it() -> None:
    changes, unread = read("第二条修改为：“本办法所称“企业”，是指法人。”")
    assert (changes[0].new, unread) == ("本办法所称“企业”，是指法人。", [])


def test_a_quotation_that_is_never_closed_does_no_harm() -> None:
    assert read("第二条修改为：“本办法所称企业。") == ([], ["第二条修改为：“本办法所称企业"])
