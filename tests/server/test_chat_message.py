from typing import Any

from qa_service.answer.models import Origin, Reason, Status
from qa_service.corpus.models import ValidityState
from qa_service.server.chat_message import message
from qa_service.server.schemas import AnswerOut, CitationOut, ValidityOut

SITE = "https://ip.example/qa"
IN_FORCE = ValidityOut(state=ValidityState.IN_FORCE, label="现行有效", note="")


def cited(n: int) -> CitationOut:
    return CitationOut(
        n=n,
        passage_id=f"law#{n}",
        document_id="law",
        document="示例条例",
        location=f"第{n}条",
        text="",
        highlights=[],
        score=0.5,
        url=f"/documents/law#{n}",
        validity=IN_FORCE,
    )


def answered(text: str, *citations: CitationOut, **fields: Any) -> AnswerOut:
    made: dict[str, Any] = {"notices": [], "suggestions": [], "status": Status.ANSWERED, "reason": Reason.COMPLETE}
    made |= {"id": "", "session_id": "", "origin": Origin.EXTRACTED, "elapsed_ms": 0}
    return AnswerOut(answer=text, citations=list(citations), **{**made, **fields})


def test_what_an_answer_cites_is_listed_below_it_and_the_rest_is_left_out() -> None:
    made = message(answered("最高五万元。[2]另有贴息。[3]", cited(1), cited(2), cited(3)), SITE)
    assert made.said == "最高五万元。[2]另有贴息。[3]"
    assert made.below == (
        "\n\n出处：\n- [2] 《示例条例》第2条 https://ip.example/qa/documents/law#2"
        "\n- [3] 《示例条例》第3条 https://ip.example/qa/documents/law#3"
    )
    assert made.content == made.said + made.below


def test_where_an_answer_cites_nothing_what_was_found_is_listed() -> None:
    made = message(answered("没有写金额。", cited(1), cited(2), status=Status.RELATED), SITE)
    assert made.below.startswith("\n\n相关条款：\n- [1] 《示例条例》第1条 ")
    assert made.annotations == []


def test_every_mark_is_annotated_each_time_and_no_other_bracket_is() -> None:
    made = message(answered("五万元。[1]见附件[9]。另十万元。[1][2]", cited(1), cited(2), notices=["[1]"]), SITE)
    spans = [(a.url_citation.start_index, a.url_citation.end_index) for a in made.annotations]
    assert [made.content[start:end] for start, end in spans] == ["[1]", "[1]", "[2]"]
    assert spans == sorted(spans)
    assert {a.url_citation.url for a in made.annotations} == {f"{SITE}/documents/law#1", f"{SITE}/documents/law#2"}


def test_how_it_was_read_what_to_choose_from_and_what_to_mind_are_said_too() -> None:
    made = message(
        answered("请问是哪一种？", choices=["专利资助", "商标资助"], understood="资助", notices=["一。", "二。"]), SITE
    )
    assert made.below == "\n\n（按“资助”理解。）\n\n1. 专利资助\n2. 商标资助\n\n注意：一。\n\n注意：二。"


def test_choices_that_the_answer_names_already_are_not_named_twice() -> None:
    made = message(answered("专利资助还是商标资助？", choices=["专利资助", "商标资助"]), SITE)
    assert made.below == ""


def test_a_plain_answer_has_nothing_below_it() -> None:
    assert message(answered("您好！"), SITE).content == "您好！"
