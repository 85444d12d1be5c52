import pytest

from qa_service.answer.curated.text import faults_of, figures_beyond, sentences_of

CLAUSE = "第1–3年每年年费600元，贴息不超过五十万元，三个月内提出。电话：0513-12345678。按百分之二十计。"


@pytest.mark.parametrize(
    "text",
    [
        "每年600元[1]。",
        "每年600元。[1]",
        "每年600元；[1]三个月内提出。[1]",
        "材料如下：\n1. 申请书[1]\n2. 证明[1]",
        "“每年600元。”[1]",
    ],
)
def test_a_text_whose_every_sentence_is_cited_has_no_fault(text: str) -> None:
    assert faults_of(text, 1) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("每年600元[1]。不收别的。", "没有注明引用：不收别的。"),
        ("每年600元[2]。", "[2] 没有对应的引用"),
        ("每年600元[0]。", "[0] 没有对应的引用"),
        ("每年600元。", "[1] 在答案里没有用到"),
        ("[1]每年600元。\n别的不收", "没有注明引用：别的不收"),
    ],
)
def test_what_is_wrong_with_the_citing_is_named(text: str, fault: str) -> None:
    assert any(fault in found for found in faults_of(text, 1))


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before() -> None:
    assert sentences_of("甲。[1]乙。[2][3]") == ["甲[1]。", "乙[2][3]。"]


@pytest.mark.parametrize(
    "text",
    [
        "每年600元[1]。",
        "最多500000元[1]。",
        "最多50万元[1]。",
        "3个月内提出[1]。",
        "拨打0513-12345678[1]。",
        "按20%计[1]。",
        "1. 每年600元[1]\n2. 三个月内[1]",
    ],
)
def test_the_figures_of_the_clause_are_known_however_they_are_written(text: str) -> None:
    assert figures_beyond(text, [CLAUSE]) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("每年700元[1]。", "700元"),
        ("最多五百万元[1]。", "5000000元"),
        ("拨打0513-87654321[1]。", "0513-87654321"),
        ("两个月内提出[1]。", "2月"),
    ],
)
def test_a_figure_of_our_own_is_named(text: str, figure: str) -> None:
    assert figures_beyond(text, [CLAUSE]) == [figure]


def test_a_figure_must_stand_in_the_clause_that_its_sentence_cites() -> None:
    assert figures_beyond("每年600元[2]。贴息50万元[1]。", [CLAUSE, "贴息50万元"]) == ["600元"]
