import pytest

from qa_service.answer.limits import kind_missing, name_beyond, place_beyond, time_beyond
from qa_service.answer.models import Reason
from qa_service.search.question import Question
from qa_service.service import Service


def understood(service: Service, text: str) -> Question:
    return service.searcher.understand(text)


def test_a_place_the_text_does_not_name_is_beyond_it(service: Service) -> None:
    question = understood(service, "启东的质押目标是多少")
    assert place_beyond(question, ["启东"], ["海门区质押15亿元"]) == "启东"
    assert place_beyond(question, ["启东"], ["海门、启东各15亿元"]) is None


@pytest.mark.parametrize(
    ("question", "text", "beyond"),
    [
        ("2030年质押多少", "到“十四五”末15亿元", "2030年"),
        ("2025年质押多少", "到“十四五”末15亿元", None),
        ("2020年有多少件", "至2020年底3754件", None),
        ("今年完成了多少", "累计15亿元", "今年"),
        ("质押多少", "累计15亿元", None),
    ],
)
def test_a_time_the_text_does_not_speak_of_is_beyond_it(
    service: Service, question: str, text: str, beyond: str | None
) -> None:
    assert time_beyond(understood(service, question), [text]) == beyond


def test_an_abbreviation_the_text_lacks_is_beyond_it(service: Service) -> None:
    question = understood(service, "规划里PCT申请的目标是多少")
    assert name_beyond(question, "海外发明专利授权100件") == "pct"
    assert name_beyond(question, "通过PCT途径申请400件") is None
    assert name_beyond(understood(service, "How many patents"), "专利20件") is None


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("补贴多少钱", "完善资助政策。", Reason.AMOUNT_NOT_STATED),
        ("电话是多少", "提供咨询服务。", Reason.NOT_STATED),
        ("补贴多少钱", "每件补贴1万元。", None),
        ("有补贴吗", "完善资助政策。", None),
    ],
)
def test_a_kind_of_answer_that_is_not_there_is_named(
    service: Service, question: str, sentence: str, reason: Reason | None
) -> None:
    assert kind_missing(understood(service, question), sentence) is reason
