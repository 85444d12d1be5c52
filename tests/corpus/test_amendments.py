from collections.abc import Callable
from datetime import date

import pytest

from qa_service.corpus.amendments import consolidate, consolidations, read_amendments
from qa_service.corpus.models import Document, Form

Make = Callable[..., Document]
TITLE = "关于修改《甲办法》的通知"


@pytest.fixture
def two(make_document: Make) -> list[Document]:
    """Two measures that notices amend."""
    return [
        make_document(
            "第一条　奖励3万元。",
            "第二条　每年一次。",
            "第三条　依照执行。",
            title="甲办法",
            number="海政规〔2026〕3号",
            effective=date(2026, 4, 10),
        ),
        make_document("第一条　贴息50%。", "第二条　每年一次。", title="乙细则", effective=date(2024, 5, 1)),
    ]


def notice(make: Make, *lines: str, title: str = TITLE, **fields: object) -> Document:
    return make(*lines, title=title, **{"kind": "通知", "effective": date(2026, 10, 1), **fields})


def bodies(documents: list[Document]) -> dict[str, list[str]]:
    return {c.document.id: c.document.body.strip().split("\n\n")[1:] for c in consolidations(documents)}


def test_the_text_reads_otherwise_from_the_day_the_notice_takes_effect(
    make_document: Make, two: list[Document]
) -> None:
    amending = notice(
        make_document, "对《甲办法》（海政规〔2026〕3号）作如下修改：", "一、将第一条中的“3万元”修改为“5万元”。"
    )
    (found,) = consolidations([*two, amending])
    assert found.document.id == "甲办法@2026-10-01"
    assert (found.document.effective, found.document.supersedes) == (date(2026, 10, 1), ("甲办法",))
    assert found.document.amended_by == amending.id
    assert "第一条　奖励5万元。" in found.document.body
    assert found.document.note == ("由本服务据《关于修改〈甲办法〉的通知》合并：第一条有修改；以官方发布的文本为准。")


def test_one_notice_may_amend_two_documents(make_document: Make, two: list[Document]) -> None:
    lines = (
        "一、对《甲办法》作如下修改：",
        "（一）将第一条中的“3万元”修改为“5万元”。",
        "（二）删去第二条。",
        "二、对《乙细则》作如下修改：",
        "将第一条中的“50%”修改为“60%”。",
    )
    amending = notice(make_document, *lines, title="关于修改《甲办法》和《乙细则》的通知")
    assert bodies([*two, amending]) == {
        "甲办法@2026-10-01": ["第一条　奖励5万元。", "第二条　（已删去）", "第三条　依照执行。"],
        "乙细则@2026-10-01": ["第一条　贴息60%。", "第二条　每年一次。"],
    }


def test_an_instruction_may_name_its_document_itself(make_document: Make, two: list[Document]) -> None:
    lines = ("一、将《甲办法》第一条中的“3万元”修改为“5万元”。", "二、将《乙细则》第一条中的“50%”修改为“60%”。")
    found = bodies([*two, notice(make_document, *lines, title="关于调整奖励标准的通知")])
    assert set(found) == {"甲办法@2026-10-01", "乙细则@2026-10-01"}


def test_instructions_for_an_unknown_document_touch_no_other(make_document: Make, two: list[Document]) -> None:
    lines = ("对《甲办法》作如下修改：删去第二条。", "对《丁规定》作如下修改：删去第一条。")
    assert bodies([*two, notice(make_document, *lines)])["甲办法@2026-10-01"][0] == "第一条　奖励3万元。"


def test_a_decision_of_numbered_items_is_read(make_document: Make, two: list[Document]) -> None:
    lines = (
        "区政府决定对《甲办法》作如下修改：",
        "一、第一条修改为：“奖励5万元。",
        "“同一企业每年最高20万元。”",
        "二、增加一条，作为第三条：“由区市场监管局解释。”",
        "本决定自2026年10月1日起施行。",
    )
    (found,) = consolidations([*two, notice(make_document, *lines, title="关于修改《甲办法》的决定", kind="决定")])
    assert found.document.body.strip().split("\n\n")[1:] == [
        "第一条　奖励5万元。",
        "同一企业每年最高20万元。",
        "第二条　每年一次。",
        "第三条　由区市场监管局解释。",
        "第四条　依照执行。",
    ]
    assert found.document.moved == (("第三条", "第四条"),)


def test_what_cannot_be_merged_is_named(make_document: Make, two: list[Document]) -> None:
    lines = ("对《甲办法》作如下修改：", "一、将第一条中的“4万元”修改为“5万元”。", "二、第二条改为第三条。")
    (found,) = consolidations([*two, notice(make_document, *lines)])
    assert found.undone == ("二、第二条改为第三条", "第一条“4万元”")
    assert "没有能够并入的修改" in (found.document.note or "")
    assert "未能自动并入" in (found.document.note or "")
    assert found.document.body == two[0].body


def test_a_second_notice_builds_on_the_first(make_document: Make, two: list[Document]) -> None:
    first = notice(make_document, "对《甲办法》作如下修改：将第一条中的“3万元”修改为“5万元”。", id="n1")
    second = notice(
        make_document,
        "对《甲办法》作如下修改：将第一条中的“5万元”修改为“8万元”。",
        id="n2",
        effective=date(2027, 1, 1),
    )
    found = list(consolidations([*two, second, first]))
    assert [c.document.id for c in found] == ["甲办法@2026-10-01", "甲办法@2027-01-01"]
    assert found[1].document.supersedes == ("甲办法@2026-10-01",)
    assert "奖励8万元" in found[1].document.body


def test_two_notices_of_one_day_make_one_text(make_document: Make, two: list[Document]) -> None:
    first = notice(make_document, "对《甲办法》作如下修改：将第一条中的“3万元”修改为“5万元”。", id="n1")
    second = notice(make_document, "对《甲办法》作如下修改：删去第二条。", id="n2")
    last = list(consolidations([*two, first, second]))[-1].document
    assert (last.id, last.supersedes) == ("甲办法@2026-10-01", ("甲办法",))
    assert "奖励5万元" in last.body
    assert "第二条　（已删去）" in last.body


@pytest.mark.parametrize(
    "fields",
    [{"kind": "政策解读"}, {"form": Form.NOTES}, {"effective": None, "issued": None}, {"amended_by": "x"}],
)
def test_only_a_dated_official_text_amends(make_document: Make, two: list[Document], fields: dict[str, object]) -> None:
    amending = notice(make_document, "对《甲办法》作如下修改：删去第二条。", **fields)
    assert read_amendments(amending, [*two, amending]) == ()


def test_a_notice_that_only_cites_a_document_amends_nothing(make_document: Make, two: list[Document]) -> None:
    citing = notice(
        make_document, "根据《甲办法》第一条，现组织申报。", "一、申报时间由各企业自定。", title="关于申报的通知"
    )
    assert read_amendments(citing, [*two, citing]) == ()


def test_a_notice_older_than_the_text_does_not_amend_it(make_document: Make, two: list[Document]) -> None:
    amending = notice(make_document, "对《甲办法》作如下修改：删去第二条。", effective=date(2025, 1, 1))
    assert read_amendments(amending, [*two, amending]) == ()


def test_a_notice_takes_effect_when_issued_where_it_says_nothing_else(make_document: Make, two: list[Document]) -> None:
    amending = notice(make_document, "对《甲办法》作如下修改：删去第二条。", effective=None, issued=date(2026, 9, 20))
    (amendment,) = read_amendments(amending, [*two, amending])
    assert consolidate(two[0], amendment).document.id == "甲办法@2026-09-20"
