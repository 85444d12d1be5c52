from datetime import date

import pytest

from qa_service.answer.limits import grant_beyond, known_miss, name_beyond, place_beyond, time_beyond
from qa_service.answer.models import Reason
from qa_service.corpus.lexicon import Lexicon
from qa_service.corpus.models import Document, Form
from qa_service.search.question import Question
from qa_service.service import Service


def understood(service: Service, text: str) -> Question:
    return service.searcher.understand(text, date(2026, 7, 1))


LEXICON = Lexicon(places=("启东", "上海"), own_places=("海门",))


def test_a_place_the_text_does_not_name_is_beyond_it(service: Service) -> None:
    question = understood(service, "启东的质押目标是多少")
    assert place_beyond(question, LEXICON, ["海门区质押15亿元"]) == "启东"
    assert place_beyond(question, LEXICON, ["海门、启东各15亿元"]) is None


def test_the_corpus_own_place_is_never_taken_for_another(service: Service) -> None:
    assert place_beyond(understood(service, "以上海门的目标是多少"), LEXICON, ["海门区质押15亿元"]) is None


def test_what_holds_in_the_whole_country_answers_for_every_place_in_it_and_for_none_abroad(service: Service) -> None:
    lexicon = Lexicon(places=("启东",), abroad=("美国",))
    law = ["商标法 注册商标有效期十年"]
    assert place_beyond(understood(service, "启东企业的商标管几年"), lexicon, law, national=True) is None
    assert place_beyond(understood(service, "美国商标管几年"), lexicon, law, national=True) == "美国"


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("余杭区的质押目标是多少", "余杭"),
        ("昆山工业园区有补贴吗", "昆山"),
        ("广东省专利资助怎么申请", "广东"),
        ("普通市民能旁听吗", None),
        ("办公区挂商标算使用吗", None),
        ("政策供给对应市场需求怎么讲", None),
        ("区里想怎么做", None),
    ],
)
def test_a_place_called_by_what_it_is_needs_no_list(service: Service, question: str, beyond: str | None) -> None:
    assert place_beyond(understood(service, question), LEXICON, ["海门区质押15亿元"]) == beyond
    own = place_beyond(understood(service, question), LEXICON, ["海门区质押15亿元"], is_own=lambda name: True)
    assert own is None


def test_what_a_place_pays_no_law_of_the_state_tells(service: Service) -> None:
    lexicon, law = Lexicon(places=("启东",)), ["专利法实施细则 奖金不少于4000元"]
    assert place_beyond(understood(service, "启东一件发明奖多少钱"), lexicon, law, national=True) == "启东"
    assert grant_beyond(understood(service, "区里一件发明奖多少钱"), national=True)
    assert not grant_beyond(understood(service, "区里一件发明奖多少钱"), national=False)
    assert not grant_beyond(understood(service, "职务发明奖金最低多少"), national=True)
    assert not grant_beyond(understood(service, "区里企业发明专利年费多少钱"), national=True)


IN_FORCE = Document("law", "某法", Form.NOTES, "文", kind="法律", effective=date(2021, 6, 1))
PLAN = Document("plan", "某规划", Form.FULL_TEXT, "文", kind="规划", expires=date(2025, 12, 31))
RULES = Document("rules", "某办法", Form.FULL_TEXT, "文", kind="办法")


@pytest.mark.parametrize(
    ("question", "text", "document", "beyond"),
    [
        ("2030年质押多少", "质押金额累计15亿元", PLAN, "2030年"),
        ("到2025年质押多少", "质押金额累计15亿元", PLAN, None),
        ("到2025年质押多少", "至2020年底4.2亿元", PLAN, "2025年"),
        ("2025年质押多少", "到“十四五”末15亿元", RULES, None),
        ("2025年质押多少", "质押金额累计15亿元", RULES, "2025年"),
        ("2024年质押了多少", "据2024年1月的公开报道，2023年超80亿元", RULES, "2024年"),
        ("2022年那份通知要求砍多少", "每年减25个百分点，2025年以前取消", RULES, None),
        ("2020年有多少件", "至2020年底3754件", PLAN, None),
        ("2026年申请费多少", "申请费900元", IN_FORCE, None),
        ("今年申请费多少", "申请费900元", IN_FORCE, None),
        ("最新的申请费多少", "申请费900元", IN_FORCE, None),
        ("2019年申请费多少", "申请费900元", IN_FORCE, "2019年"),
        ("今年完成了多少", "累计15亿元", PLAN, "完成了多少"),
        ("今年质押多少", "累计15亿元", PLAN, "今年"),
        ("去年我被侵权了，找谁维权", "建立维权援助分支机构", PLAN, None),
        ("去年贷不到款，质押目标是多少", "累计15亿元", PLAN, None),
        ("质押多少", "累计15亿元", PLAN, None),
    ],
)
def test_a_time_the_text_does_not_speak_of_is_beyond_it(
    service: Service, question: str, text: str, document: Document, beyond: str | None
) -> None:
    assert time_beyond(understood(service, question), text, document) == beyond


def test_an_abbreviation_the_text_lacks_is_beyond_it(service: Service) -> None:
    question = understood(service, "规划里PCT申请的目标是多少")
    assert name_beyond(question, "海外发明专利授权100件") == "pct"
    assert name_beyond(question, "通过PCT途径申请400件") is None
    assert name_beyond(understood(service, "How many patents"), "专利20件") is None


@pytest.mark.parametrize(
    ("question", "was", "reason"),
    [
        ("授权一件发明专利奖励多少钱", Reason.PLACE_NOT_COVERED, Reason.AMOUNT_NOT_STATED),
        ("启东授权一件发明专利奖励多少钱", Reason.PLACE_NOT_COVERED, Reason.PLACE_NOT_COVERED),
        ("去年质押了多少亿", Reason.TIME_NOT_COVERED, Reason.TIME_NOT_COVERED),
        ("质押了多少亿", Reason.TIME_NOT_COVERED, Reason.AMOUNT_NOT_STATED),
        ("投诉站几点开门", Reason.AMOUNT_NOT_STATED, Reason.NOT_STATED),
        ("马德里补贴标准", Reason.AMOUNT_NOT_STATED, Reason.AMOUNT_NOT_STATED),
    ],
)
def test_a_question_like_a_known_near_miss_is_told_what_it_asks_for_itself(
    service: Service, question: str, was: Reason, reason: Reason
) -> None:
    assert known_miss(understood(service, question), was, LEXICON) is reason
