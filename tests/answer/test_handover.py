from dataclasses import replace

import pytest

from qa_service.answer.handover import NOBODY_NAMED, Handover
from qa_service.answer.manners.courtesy import courtesy
from qa_service.answer.models import Reason, Status
from qa_service.service import Service, open_service

STATION = Handover("海门区知识产权服务站", "0513-12345678", "政务服务中心3号窗口", "工作日")


@pytest.mark.parametrize(
    "asked",
    [
        "转人工",
        "人工",
        "人工客服",
        "我要找人工客服",
        "换人",
        "找客服",
        "客服电话",
        "你们的联系电话是多少",
        "有没有真人客服",
        "human",
    ],
)
def test_who_asks_for_a_person_is_told_where_to_find_one(asked: str) -> None:
    fixed = courtesy(asked)
    assert fixed is not None
    assert (fixed.status, fixed.reason) == (Status.SMALLTALK, Reason.HANDOVER)


@pytest.mark.parametrize(
    "asked",
    [
        "人工智能专利怎么申请",
        "找人代办专利可靠吗",
        "客服系统能申请软件著作权吗",
        "换人代理商标要办什么手续",
        "你是人工还是机器人",
        "联系不上发明人怎么办",
    ],
)
def test_a_question_that_only_names_people_is_not_taken_for_that(asked: str) -> None:
    fixed = courtesy(asked)
    assert fixed is None or fixed.reason is not Reason.HANDOVER


def test_it_says_who_how_and_when_as_far_as_is_known(service: Service) -> None:
    settings = service.settings.model_copy(
        update={"handover_name": STATION.name, "handover_phone": STATION.phone, "handover_hours": STATION.hours}
    )
    answer = open_service(settings, clock=service.clock).ask("转人工")
    assert answer.text == "可以找海门区知识产权服务站，电话：0513-12345678，时间：工作日。"
    assert service.ask("转人工").text == NOBODY_NAMED
    assert replace(STATION, phone=None).said == "可以找海门区知识产权服务站，地址：政务服务中心3号窗口，时间：工作日。"
