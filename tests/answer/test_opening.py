from datetime import date

import pytest

from qa_service.service import Service

DAY = date(2026, 7, 1)


def opening(service: Service, question: str, day: date = DAY) -> str:
    """The first line of an answer, up to its first full stop."""
    return service.answerer.ask(question, as_of=day).text.split("。")[0]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("发明专利保护期15年对吗", "不对，是20年"),
        ("外观设计保护期15年是吗", "对"),
        ("商标有效期20年对吗", "不对，是10年"),
        ("外观设计年费第三年多少", "600元"),
        ("发明专利第20年年费多少钱", "8000元"),
        ("发明专利第三年年费是1200元对吗", "不对，是900元"),
        ("实用新型第6年年费是1200元吗", "对"),
        ("实用新型复审费1000元对吗", "不对，是300元"),
        ("木本植物新品种保护期20年对吗", "不对，是25年"),
        ("海关备案有效期多久", "10年"),
        ("海门质押金额目标是50亿对吗", "不对，是15亿元"),
        ("商标异议期是2个月对吗", "不对，是3个月"),
    ],
)
def test_an_answer_opens_with_what_was_asked(service: Service, question: str, word: str) -> None:
    assert opening(service, question) == word


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("商标续展费250元对吗", ("对", "不对")),
        ("商标续展多少钱", ("250元",)),
        ("实用新型实审费多少钱", ("2500元",)),
        ("外观设计年费第12年多少", ("2000元", "85%")),
        ("实用新型年费第11年多少", ("2000元", "85%")),
        ("发明专利年费多少钱", ("1200元",)),
        ("外观设计优先审查多久", ("六个月",)),
        ("质押登记几天办完", ("3个工作日",)),
        ("地理标志产品保护申请要多少钱", ("15亿元",)),
        ("驰名商标恶意注册受五年限制吗", ("对",)),
        ("商标异议审查期12个月对吗", ("不对，是3个月",)),
        ("2027年以后商标异议期几个月", ("3个月",)),
        ("假冒注册商标罪判几年", ("10年",)),
        ("侵犯商业秘密罚款多少", ("一百万元以上五百万元以下",)),
        ("发明和外观设计的年费一样吗", ("一样",)),
        ("商标和专利的保护期一样吗", ("一样", "不一样")),
    ],
)
def test_no_answer_opens_with_what_is_only_near(service: Service, question: str, never: tuple[str, ...]) -> None:
    assert opening(service, question) not in never


def test_a_change_to_come_is_left_out_until_it_comes(service: Service) -> None:
    assert opening(service, "商标异议期是3个月吗") == "对"
    assert opening(service, "商标异议期是3个月吗", date(2027, 1, 2)) != "对"


@pytest.mark.parametrize("question", ["发明专利年费多少钱", "侵犯商业秘密罚款多少", "费减比例是多少"])
def test_of_several_cases_all_are_told_and_none_opens(service: Service, question: str) -> None:
    answer = service.answerer.ask(question, as_of=DAY)
    first, *cases = answer.text.splitlines()
    assert first.endswith("：")
    assert len(cases) > 1
