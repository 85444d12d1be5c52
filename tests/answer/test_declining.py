from datetime import date

import pytest

from qa_service.answer.declining import clause_unknown, document_unknown, missing_in_words, not_answered, unclear
from qa_service.answer.models import Reason, Status
from qa_service.search.expected import Expected
from qa_service.service import Service

DAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("question", "reason", "turn_to"),
    [
        ("专利证书丢了怎么补", Reason.NO_EVIDENCE, "cponline.cnipa.gov.cn"),
        ("劳动合同没签怎么办", Reason.OUT_OF_SCOPE, "人力资源和社会保障部门"),
        ("增值税怎么报", Reason.OUT_OF_SCOPE, "主管税务机关"),
        ("红烧肉怎么做", Reason.OUT_OF_SCOPE, "12345"),
    ],
)
def test_what_is_not_answered_says_why_and_where_to_turn(
    service: Service, question: str, reason: Reason, turn_to: str
) -> None:
    answer = not_answered(service.searcher.understand(question, DAY), service.library)
    assert (answer.status, answer.reason, answer.citations) == (Status.NO_ANSWER, reason, ())
    assert turn_to in answer.text
    assert ("不在本服务的范围内" in answer.text) is (reason is Reason.OUT_OF_SCOPE)


def test_a_clause_that_is_not_there_is_named_with_its_document(service: Service) -> None:
    answer = clause_unknown(service.searcher.understand("专利法第九百条讲什么", DAY), service.library)
    assert "《中华人民共和国专利法》中没有“第九百条”这一条" in answer.text
    assert answer.status is Status.RELATED


def test_a_law_that_is_not_held_is_named(service: Service) -> None:
    question = service.searcher.understand("《海洋环境保护法》第十六条讲什么", DAY)
    assert "没有“海洋环境保护法”" in document_unknown(question, "海洋环境保护法").text


def test_who_asks_of_nothing_is_asked_back(service: Service) -> None:
    answer = unclear(service.searcher.understand("几家", DAY))
    assert (answer.status, bool(answer.suggestions)) == (Status.CLARIFY, True)


@pytest.mark.parametrize(
    ("reason", "asked", "words"),
    [
        (Reason.PLACE_NOT_COVERED, Expected.AMOUNT, "没有所问地区的内容"),
        (Reason.TIME_NOT_COVERED, Expected.NUMBER, "没有所问时间的内容"),
        (Reason.AMOUNT_NOT_STATED, Expected.NUMBER, "没有写明具体数量"),
        (Reason.AMOUNT_NOT_STATED, Expected.YES_NO, "没有写明具体金额"),
        (Reason.NOT_STATED, Expected.CONTACT, "没有写明电话、地址等联系方式"),
        (Reason.NOT_STATED, Expected.OPEN, "没有写明所问的内容"),
    ],
)
def test_what_is_missing_is_said(reason: Reason, asked: Expected, words: str) -> None:
    assert missing_in_words(reason, asked) == words
