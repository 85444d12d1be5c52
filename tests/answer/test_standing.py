from dataclasses import replace
from datetime import date

import pytest

from qa_service.answer.standing import asks_standing, standing_of
from qa_service.corpus.models import Document
from qa_service.search.question import Question
from qa_service.service import Service

DAY = date(2026, 7, 1)
PLAN = "haimen-ip-plan"


def understood(service: Service, text: str) -> Question:
    return service.searcher.understand(text, DAY)


@pytest.fixture
def plan(service: Service) -> Document:
    return service.library[PLAN]


@pytest.mark.parametrize(
    "question", ["规划到期了吗", "海门这份知识产权规划还有效吗", "规划是谁印发的", "规划哪年发的，还管用吗"]
)
def test_a_question_on_nothing_but_the_document_asks_of_its_standing(
    service: Service, plan: Document, question: str
) -> None:
    assert asks_standing(understood(service, question), plan)


@pytest.mark.parametrize("question", ["规划里专利到期了怎么办", "规划发布了哪些任务", "规划的质押目标是多少"])
def test_a_question_on_what_the_document_says_does_not(service: Service, plan: Document, question: str) -> None:
    assert not asks_standing(understood(service, question), plan)


def test_of_an_issue_that_is_not_known_nothing_is_told(service: Service, plan: Document) -> None:
    assert not asks_standing(understood(service, "规划是谁印发的"), replace(plan, issued=None))


def test_who_issued_it_and_when_is_told_where_that_is_asked(service: Service, plan: Document) -> None:
    validity = service.library.validity(PLAN, DAY)
    issue = "由南通市海门区政府办公室于2023年4月3日发布"
    assert issue in standing_of(plan, validity, understood(service, "规划是谁印发的"))
    assert issue not in (said := standing_of(plan, validity, understood(service, "规划到期了吗")))
    assert said.endswith(f"{validity.note}。")
