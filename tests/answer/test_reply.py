from datetime import date

import pytest

from qa_service.answer.models import Answer, Reason, Status
from qa_service.service import Service

DAY = date(2026, 7, 1)


def ask(service: Service, text: str) -> Answer:
    return service.answerer.ask(text, as_of=DAY)


def test_what_is_asked_of_a_document_itself_comes_before_all_else(service: Service) -> None:
    assert ask(service, "规划到期了吗").text.startswith("《南通市海门区“十四五”知识产权发展规划》的规划期为2021—2025年")


def test_a_law_that_is_not_held_is_not_quoted(service: Service) -> None:
    answer = ask(service, "《海洋环境保护法》第十六条讲什么")
    assert (answer.status, answer.citations) == (Status.RELATED, ())
    assert "海洋环境保护法" in answer.text


def test_a_premise_that_fails_is_denied_with_the_sentence_that_holds_it(service: Service) -> None:
    answer = ask(service, "发明专利保护期15年对吗")
    assert answer.text.startswith("不对，是20年。[1]《专利法》第四十二条：")
    assert "发明专利二十年" in answer.citations[0].passage.text


def test_what_is_compared_is_said_of_both_sides(service: Service) -> None:
    text = ask(service, "集体商标和证明商标的区别").text
    assert "集体商标：以团体、协会或其他组织名义注册" in text
    assert "证明商标：由对商品或服务有监督能力的组织控制" in text


def test_of_two_questions_the_one_without_an_answer_is_named_and_referred(service: Service) -> None:
    answer = ask(service, "商标有效期几年？商标代理费多少钱？")
    assert (answer.status, answer.reason) == (Status.ANSWERED, Reason.PARTIAL)
    assert "十年" in answer.text
    assert "“商标代理费多少钱”在所收录的文件里没有查到" in answer.text
    assert "www.cnipa.gov.cn" in answer.text


def test_two_answers_are_each_from_their_passage(service: Service) -> None:
    answer = ask(service, "发明专利申请费多少？商标有效期几年？")
    assert answer.reason is Reason.COMPLETE
    assert "900元" in answer.text
    assert "十年" in answer.text
    assert {c.document.id for c in answer.citations if c.highlights} >= {"专利收费标准", "商标法"}


@pytest.mark.parametrize(
    ("question", "missing", "whom"),
    [
        ("商标续展多少钱", "没有写明具体金额", "www.cnipa.gov.cn"),
        ("专利行政裁决多久办完", "没有写明具体时间", "12345"),
        ("外观设计年费第12年多少", "没有写明具体数字", "cponline.cnipa.gov.cn"),
        ("授权一件发明专利海门奖励多少钱", "没有写明具体金额", "海门区市场监督管理局"),
    ],
)
def test_what_is_not_stated_is_said_so_with_whom_to_ask(
    service: Service, question: str, missing: str, whom: str
) -> None:
    answer = ask(service, question)
    assert answer.status is Status.RELATED
    assert missing in answer.text
    assert whom in answer.text
    assert len(answer.citations) <= 3


@pytest.mark.parametrize("question", ["商标续展多少钱", "商标续展费多少", "商标续展要交多少钱"])
def test_the_fee_for_renewing_late_is_not_the_fee_for_renewing(service: Service, question: str) -> None:
    answer = ask(service, question)
    assert answer.status is Status.RELATED or "250元" not in answer.text


@pytest.mark.parametrize("year", [1, 3, 4, 5, 6, 8, 9, 10])
def test_no_design_fee_of_another_year_is_given(service: Service, year: int) -> None:
    due = {1: 600, 4: 900, 6: 1200, 9: 2000}[max(first for first in (1, 4, 6, 9) if first <= year)]
    for text in (f"外观设计年费第{year}年多少", f"外观设计专利第{year}年的年费是多少钱"):
        answer = ask(service, text)
        assert answer.status is Status.ANSWERED
        assert f"{due}元" in answer.text
        opening = answer.text.split("。")[0]
        assert opening == f"{due}元" or not opening.endswith("元")


def test_an_answer_from_a_text_that_will_change_says_so(service: Service) -> None:
    assert ask(service, "商标有效期几年").text.endswith("（《商标法》将自2027年1月1日起施行修改后的文本。）[1]")


def test_every_number_in_an_answer_has_its_citation(service: Service) -> None:
    for text in ("发明专利保护期15年对吗", "怎么注册商标", "专利法第六十五条讲什么", "集体商标和证明商标的区别"):
        answer = ask(service, text)
        numbers = {citation.n for citation in answer.citations}
        assert numbers == set(range(1, len(numbers) + 1))
        said = {int(part.split("]")[0]) for part in answer.text.split("[")[1:]}
        assert said <= numbers
