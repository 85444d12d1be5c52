import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa_service.answer.dialogue.conversation import Conversation
from qa_service.answer.models import Answer
from qa_service.evaluation.golden import Evidence, GoldenQuestion
from qa_service.evaluation.runner import evaluate

TODAY = date(2026, 7, 1)
MakeQuestion = Callable[..., GoldenQuestion]
MakeAnswer = Callable[..., Answer]


def silent(stage: str, done: int, total: int) -> None:
    pass


def test_every_question_is_asked_in_order_on_its_day(make_question: MakeQuestion, make_answer: MakeAnswer) -> None:
    asked: list[tuple[str, date]] = []

    def ask(text: str, day: date, said: Conversation) -> Answer:
        asked.append((text, day))
        return make_answer("每件资助一万元。[1]", "第三条")

    told: list[tuple[str, int, int]] = []
    questions = [make_question(id="d#1", text="甲"), make_question(id="d#2", text="乙", as_of=date(2027, 1, 1))]
    verdicts = evaluate(questions, ask, day=TODAY, corpus=[], progress=lambda *step: told.append(step))
    assert asked == [("甲", TODAY), ("乙", date(2027, 1, 1))]
    assert [verdict.id for verdict in verdicts] == ["d#1", "d#2"]
    assert told == [("逐题作答", 0, 2), ("逐题作答", 1, 2), ("逐题作答", 2, 2)]


def test_the_turns_of_a_dialogue_follow_each_other_and_every_dialogue_begins_afresh(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    heard: list[list[str]] = []

    def ask(text: str, day: date, said: Conversation) -> Answer:
        heard.append([turn.question for turn in said])
        return replace(make_answer("每件资助一万元。[1]", "第三条"), question=text)

    ids = ["d#1", "d#2", "d#3", "e#1", "e#2", "alone", "f#1"]
    evaluate([make_question(id=i, text=i) for i in ids], ask, day=TODAY, corpus=[], progress=silent)
    assert heard == [[], ["d#1"], ["d#1", "d#2"], [], ["e#1"], [], []]


def test_a_crash_costs_one_question_and_is_logged(
    make_question: MakeQuestion, make_answer: MakeAnswer, caplog: pytest.LogCaptureFixture
) -> None:
    def ask(text: str, day: date, said: Conversation) -> Answer:
        if text == "坏":
            raise ValueError("算错了")
        return make_answer("每件资助一万元。[1]", "第三条")

    questions = [make_question(text="坏"), make_question(id="b")]
    with caplog.at_level(logging.ERROR):
        verdicts = evaluate(questions, ask, day=TODAY, corpus=[], progress=silent)
    assert [verdict.status for verdict in verdicts] == ["failed", "answered"]
    assert "算错了" in caplog.text


def test_evidence_that_the_corpus_lacks_is_told_from_evidence_not_found(
    make_question: MakeQuestion, make_answer: MakeAnswer
) -> None:
    questions = [
        make_question(id="cited"),
        make_question(id="missed", evidence=(Evidence("条例", "第二条", ("费用为二百元",)),)),
        make_question(id="absent", evidence=(Evidence("别的法", "第九条", ("此处另有规定的除外",)),)),
        make_question(id="unnamed", evidence=()),
    ]
    verdicts = evaluate(
        questions,
        lambda text, day, said: make_answer("每件资助一万元。[1]", "第三条"),
        day=TODAY,
        corpus=["应当在三个月内提交材料，费用为二百元。", "每件资助一万元。"],
        progress=silent,
    )
    assert {verdict.id for verdict in verdicts if verdict.evidence_absent} == {"absent"}
