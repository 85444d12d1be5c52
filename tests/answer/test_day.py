from datetime import date

import pytest

from qa_service.answer.day import day_asked
from qa_service.service import Service

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("2027年商标异议期多久", date(2027, 7, 1)),
        ("2027年3月起商标怎么续展", date(2027, 3, 28)),
        ("2027年1月1日后怎么罚", date(2027, 1, 1)),
        ("明年商标法变了吗", date(2027, 7, 1)),
        ("商标异议期多久", None),
        ("法释2021年4号还有效吗", None),
    ],
)
def test_the_day_a_question_names_is_read(question: str, day: date | None) -> None:
    assert day_asked(question, TODAY) == day


@pytest.mark.parametrize(
    "question", ["新商标法续展宽展期多长", "2027年3月商标续展宽展期多长", "明年商标续展宽展期多长"]
)
def test_a_later_day_is_answered_from_the_text_of_that_day_which_is_said_to_come(
    service: Service, question: str
) -> None:
    answer = service.answerer.ask(question)
    assert "六个月" in answer.text
    assert "自2027年1月1日起施行，尚未施行" in answer.text
    assert answer.citations[0].document.effective == date(2027, 1, 1)


@pytest.mark.parametrize("question", ["商标续展宽展期多长", "2026年商标续展宽展期多长"])
def test_today_is_answered_from_what_holds_today(service: Service, question: str) -> None:
    answer = service.answerer.ask(question)
    assert "六个月" in answer.text
    assert "将自2027年1月1日起施行修改后的文本" in answer.text


def test_a_day_that_is_given_wins_over_one_that_is_said(service: Service) -> None:
    answer = service.answerer.ask("2027年商标续展宽展期多长", as_of=date(2026, 7, 1))
    assert "尚未施行" not in answer.text


def test_the_last_year_of_a_plan_is_no_other_day(service: Service) -> None:
    assert "15亿元" in service.answerer.ask("2025年质押金额目标是多少").text
