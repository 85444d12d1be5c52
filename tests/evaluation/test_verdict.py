from collections.abc import Callable

import pytest

from qa_service.answer.models import Answer, Reason, Status
from qa_service.evaluation.golden import Evidence, GoldenQuestion
from qa_service.evaluation.verdict import Verdict, failed, judge

REWARD = Evidence("专利促进条例", "第三条", ("每件资助一万元",))
FEE = Evidence("专利促进条例", "第二条", ("三个月内提交材料", "费用为二百元"))

MakeQuestion = Callable[..., GoldenQuestion]
MakeAnswer = Callable[..., Answer]
MakeVerdict = Callable[..., Verdict]


def test_an_answer_with_every_fact_and_its_evidence_first_is_right(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    verdict = judge(make_question(), make_answer("每件资助1万元。[1]", "第三条", "第二条"))
    assert (verdict.correct, verdict.right, verdict.refused) == (True, True, False)
    assert (verdict.ranks, verdict.facts, verdict.missing) == ((1,), (True,), ())
    assert verdict.citations == ("《专利促进条例》第三条", "《专利促进条例》第二条")


def test_a_fact_that_is_not_stated_is_named_and_makes_it_wrong(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    question = make_question(facts=(("资助",), ("一万元", "1万元")))
    verdict = judge(question, make_answer("有资助。[1]", "第三条"))
    assert not verdict.correct
    assert (verdict.facts, verdict.missing) == ((True, False), ("一万元或1万元",))


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (Status.ANSWERED, False),
        (Status.SMALLTALK, False),
        (Status.RELATED, True),
        (Status.CLARIFY, True),
        (Status.NO_ANSWER, True),
    ],
)
def test_the_status_says_whether_a_question_was_refused(
    make_question: MakeQuestion, make_answer: MakeAnswer, status: Status, refused: bool
) -> None:
    verdict = judge(make_question(), make_answer("每件资助一万元。[1]", "第三条", status=status))
    assert verdict.refused is refused
    assert verdict.correct is not refused


def test_an_answer_that_opens_with_a_refusal_refuses_unless_it_states_every_fact(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    empty_handed = judge(make_question(), make_answer("规划没有写明金额，请咨询主管部门。[1]", "第三条"))
    assert empty_handed.refused
    complete = judge(make_question(), make_answer("规划没有写明贴息，但每件资助一万元。[1]", "第三条"))
    assert (complete.refused, complete.correct) == (False, True)


def test_what_has_no_answer_must_be_refused_and_small_talk_only_answered(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    unanswerable = make_question(answerable=False, kind="unanswerable", evidence=(), facts=())
    refusal = make_answer("没有查到。", status=Status.NO_ANSWER, reason=Reason.NO_EVIDENCE)
    assert judge(unanswerable, refusal).right
    assert not judge(unanswerable, make_answer("每件资助一万元。[1]", "第三条")).right
    smalltalk = make_question(answerable=False, kind="smalltalk", evidence=(), facts=())
    assert judge(smalltalk, make_answer("您好！", status=Status.SMALLTALK)).right
    assert not judge(smalltalk, make_answer("", status=Status.SMALLTALK)).right


def test_the_rank_of_evidence_is_that_of_the_first_citation_with_any_of_its_quotes(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    question = make_question(evidence=(REWARD, FEE), needs_all=True)
    verdict = judge(question, make_answer("每件资助一万元。[3]", "第一条", "第二条", "第三条"))
    assert verdict.ranks == (2, 3)
    assert [verdict.cites_evidence(k) for k in (1, 2, 3)] == [False, True, True]
    assert [verdict.cites_all_evidence(k) for k in (2, 3)] == [False, True]


def test_evidence_that_is_not_cited_has_no_rank(make_question: MakeQuestion, make_answer: MakeAnswer) -> None:
    verdict = judge(make_question(evidence=(REWARD, FEE)), make_answer("每件资助一万元。[1]", "第三条", "第一条"))
    assert verdict.ranks == (1,)
    assert not verdict.cites_all_evidence(5)
    assert not judge(make_question(evidence=()), make_answer("一万元。", "第三条")).cites_all_evidence(5)


def test_a_question_the_service_broke_on_is_neither_answered_nor_refused(make_question: MakeQuestion) -> None:
    verdict = failed(make_question(), KeyError("第三条"))
    assert (verdict.status, verdict.refused, verdict.correct, verdict.right) == ("failed", False, False, False)
    assert "KeyError" in verdict.reason
    unanswerable = make_question(answerable=False, kind="unanswerable", facts=())
    assert not failed(unanswerable, KeyError("x")).right
