from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.corpus.consolidation import apply
from qa_service.corpus.instructions import Change, Place
from qa_service.corpus.models import Document, Form

LINES = (
    "第一条　甲，奖励3万元，不是13万元。",
    "第二条　有下列情形的：",
    "（一）子；",
    "（二）丑。",
    "第二款，奖励3万元。",
    "第三条　丙。",
    "第四条　丁。",
    "## 附件1 标准表",
    "〔表1 第1行〕序号：1；项目：商标；标准：每件3万元；备注：无",
    "〔表1 第2行〕序号：2；项目：马德里商标；标准：每件3万元；备注：每家最高9万元",
)
Make = Callable[..., Document]


def changed(make: Make, change: Change, *lines: str) -> list[str] | None:
    document = apply(make(*(lines or LINES)), change)
    return None if document is None else document.body.strip().split("\n\n")[1:]


def expect(**by_index: str) -> list[str]:
    return [by_index.get(f"_{i}", line) for i, line in enumerate(LINES)]


@pytest.mark.parametrize(
    ("change", "result"),
    [
        (Change(Place(article="第一条"), "3万元", "5万元"), expect(_0="第一条　甲，奖励5万元，不是13万元。")),
        (Change(Place(article="第二条", paragraph=2), "3万元", "5万元"), expect(_4="第二款，奖励5万元。")),
        (Change(Place(article="第一条"), None, "新。"), expect(_0="第一条　新。")),
        (Change(Place(article="第一条"), None, "第一条 新。"), expect(_0="第一条 新。")),
        (Change(Place(article="第二条", paragraph=2), None, "新。"), expect(_4="新。")),
        (Change(Place(article="第二条", item=2), None, "新。"), expect(_3="（二）新。")),
        (Change(Place(article="第二条", item=2), None, "（二）新。"), expect(_3="（二）新。")),
        (Change(Place(article="第三条"), None, ""), expect(_5="第三条　（已删去）")),
        (Change(Place(article="第二条", item=1), None, ""), expect(_2="（一）（已删去）")),
        (
            Change(Place(attachment=1, row="马德里商标"), "每件3万元", "每件5万元"),
            expect(_9=LINES[9].replace("每件3", "每件5")),
        ),
        (
            Change(Place(attachment=1, row="商标", column="标准"), None, "每件5万元"),
            expect(_8=LINES[8].replace("每件3", "每件5")),
        ),
        (
            Change(Place(attachment=1, row="马德里商标"), "标准", "每件5万元"),
            expect(_9=LINES[9].replace("每件3", "每件5")),
        ),
        (
            Change(Place(attachment=1, row="序号：2"), "每件3万元", "每件5万元"),
            expect(_9=LINES[9].replace("每件3", "每件5")),
        ),
        (Change(Place(article="第二条", paragraph=2), None, ""), [*LINES[:4], *LINES[5:]]),
        (Change(Place(article="第二条", paragraph=1), None, ""), [LINES[0], "第二条　第二款，奖励3万元。", *LINES[5:]]),
        (Change(Place(article="第二条"), None, "三款。", adds="款"), [*LINES[:5], "三款。", *LINES[5:]]),
        (Change(Place(article="第二条", paragraph=2), None, "新。", adds="款"), [*LINES[:4], "新。", *LINES[4:]]),
        (Change(Place(article="第二条", item=3), None, "寅。", adds="项"), [*LINES[:4], "（三）寅。", *LINES[4:]]),
        (Change(Place(article="第五条"), None, "戊。", adds="条"), [*LINES[:7], "第五条　戊。", *LINES[7:]]),
        (Change(Place(article="第三条之一"), None, "戊。", adds="条"), [*LINES[:6], "第三条之一　戊。", *LINES[6:]]),
    ],
)
def test_a_change_is_made_in_its_place_and_nowhere_else(make_document: Make, change: Change, result: list[str]) -> None:
    assert changed(make_document, change) == result


@pytest.mark.parametrize(
    "change",
    [
        Change(Place(article="第一条"), "4万元", "5万元"),
        Change(Place(article="第九条"), "3万元", "5万元"),
        Change(Place(article="第二条", paragraph=3), None, "新。"),
        Change(Place(article="第二条", item=5), None, "新。"),
        Change(Place(attachment=2), "3万元", "5万元"),
        Change(Place(attachment=1, row="专利"), "每件3万元", "每件5万元"),
        Change(Place(attachment=1, row="每件3万元"), "每件3万元", "每件5万元"),
        Change(Place(attachment=1, row="马德里商标", column="限额"), None, "每件5万元"),
        Change(Place(article="第九条"), None, "新。", adds="条"),
        Change(Place(article="第二条", item=1), None, "新。", adds="项"),
        Change(Place(article="第二条", paragraph=5), None, "新。", adds="款"),
    ],
)
def test_a_change_that_does_not_fit_is_left_out(make_document: Make, change: Change) -> None:
    assert changed(make_document, change) is None


def test_a_new_article_in_between_moves_those_behind_it(make_document: Make) -> None:
    document = apply(make_document(*LINES), Change(Place(article="第三条"), None, "新。", adds="条"))
    assert document is not None
    assert document.body.strip().split("\n\n")[6:9] == ["第三条　新。", "第四条　丙。", "第五条　丁。"]
    assert dict(document.moved) == {"第三条": "第四条", "第四条": "第五条"}
    again = apply(document, Change(Place(article="第五条"), None, "又新。", adds="条"))
    assert again is not None
    assert dict(again.moved) == {"第三条": "第四条", "第四条": "第六条"}


def test_a_new_article_takes_the_place_of_a_deleted_one(make_document: Make) -> None:
    deleted = apply(make_document(*LINES), Change(Place(article="第三条"), None, ""))
    assert deleted is not None
    document = apply(deleted, Change(Place(article="第三条"), None, "新。", adds="条"))
    assert document is not None
    assert document.moved == ()
    assert document.body.strip().split("\n\n")[6:8] == ["第三条　新。", "第四条　丁。"]


def test_articles_of_an_attachment_are_told_from_those_of_the_paper(make_document: Make) -> None:
    lines = ("第一条　3万元。", "第二条　乙。", "## 附件1 细则", "第一条　3万元。", "第二条　丁。")
    own = changed(make_document, Change(Place(article="第一条"), "3万元", "5万元"), *lines)
    attached = changed(make_document, Change(Place(attachment=1, article="第一条"), "3万元", "5万元"), *lines)
    assert own == ["第一条　5万元。", *lines[1:]]
    assert attached == [*lines[:3], "第一条　5万元。", lines[4]]


def test_in_a_notice_without_articles_the_second_part_is_meant(make_document: Make) -> None:
    lines = ("一、申报时间", "9月30日前。", "二、申报方式", "9月30日前网上申报。")
    found = changed(make_document, Change(Place(article="第二条"), "9月30日", "10月31日"), *lines)
    assert found == [*lines[:3], "10月31日前网上申报。"]


WORDS = st.sampled_from(["奖励", "3万元", "13万元", "企业", "每年", "，", "本办法"])
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map("".join)
PLACES = st.builds(
    Place, article=st.sampled_from(["第一条", "第二条", "第三条"]), paragraph=st.sampled_from([None, 1, 2, 3])
)
NUMBERS = ("第一条", "第二条", "第三条")


@given(
    st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=3, max_size=3),
    st.builds(Change, PLACES, st.one_of(st.none(), WORDS), TEXTS, st.sampled_from(["", "款"])),
)
def test_text_outside_the_article_that_is_named_is_never_touched(articles: list[list[str]], change: Change) -> None:
    blocks = [
        "\n\n".join([f"{number}　{lines[0]}。", *(f"{line}。" for line in lines[1:])])
        for number, lines in zip(NUMBERS, articles, strict=True)
    ]
    body = "\n\n".join(["# 某办法", *blocks]) + "\n"
    document = Document("d", "某办法", Form.FULL_TEXT, body, markup="markdown")
    altered = apply(document, change)
    if altered is None:
        return
    at = NUMBERS.index(change.place.article)
    before = "\n\n".join(["# 某办法", *blocks[:at]]) + "\n\n"
    after = "\n\n".join(["", *blocks[at + 1 :]]) + "\n"
    assert altered.body.startswith(before + change.place.article)
    assert altered.body.endswith(after)
