import re
from datetime import date

import pytest

from qa_service.answer.models import Answer, Reason, Status
from qa_service.corpus.models import EverydayQuestion
from qa_service.search.searcher import Filters
from qa_service.service import Service
from qa_service.text.normal import normalise

OPENING = re.compile(r"(?:不?对(?:，是.+)?|视情况|[^，。]{1,12})。")
"""The word an answer opens with; what it may say has its own tests."""
PLAN = Filters(document_ids=("haimen-ip-plan",))


def ask(service: Service, text: str, **kwargs: object) -> Answer:
    """Ask the plan alone: what else the shipped corpus holds grows."""
    return service.answerer.ask(text, filters=PLAN, **kwargs)  # type: ignore[arg-type]


def of_the_plan(service: Service) -> list[EverydayQuestion]:
    return [q for q in service.library.questions if q.document_id == "haimen-ip-plan"]


def test_the_pledge_target_is_answered_from_its_clause(service: Service) -> None:
    answer = ask(service, "知识产权质押金额目标是多少")
    assert (answer.status, answer.reason) == (Status.ANSWERED, Reason.COMPLETE)
    assert "15亿元" in answer.text
    first = answer.citations[0]
    assert first.passage.location == "三、（二）2"
    assert [span.of(first.passage.text) for span in first.highlights] == [first.passage.text]


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("授权一件发明专利奖励多少钱", Status.RELATED, Reason.AMOUNT_NOT_STATED),
        ("知识产权维权援助的电话是多少", Status.RELATED, Reason.NOT_STATED),
        ("昆山的知识产权质押金额目标是多少", Status.RELATED, Reason.PLACE_NOT_COVERED),
        ("2035年知识产权质押金额目标是多少", Status.RELATED, Reason.TIME_NOT_COVERED),
        ("规划七（一）讲什么", Status.RELATED, Reason.NOT_STATED),
        ("贯标奖多少", Status.RELATED, Reason.AMOUNT_NOT_STATED),
        ("《海洋环境保护法》第十六条讲什么", Status.RELATED, Reason.NOT_STATED),
        ("专利代理机构10家都叫什么", Status.RELATED, Reason.NOT_STATED),
        ("高价值专利培育中心要建几个", Status.RELATED, Reason.AMOUNT_NOT_STATED),
        ("区里的投诉服务站几点开门", Status.RELATED, Reason.NOT_STATED),
        ("重大经济科技活动评议办法的文号是多少", Status.RELATED, Reason.NOT_STATED),
        ("几家", Status.CLARIFY, Reason.PARTIAL),
        ("海门今天天气怎么样", Status.NO_ANSWER, Reason.OUT_OF_SCOPE),
        ("欧洲专利异议费多少欧元", Status.NO_ANSWER, Reason.NO_EVIDENCE),
        ("红烧肉怎么做好吃", Status.NO_ANSWER, Reason.OUT_OF_SCOPE),
        ("？", Status.NO_ANSWER, Reason.EMPTY),
        ("你好", Status.SMALLTALK, Reason.COMPLETE),
    ],
)
def test_a_question_that_is_not_answered_says_why(
    service: Service, question: str, status: Status, reason: Reason
) -> None:
    answer = ask(service, question)
    assert (answer.status, answer.reason) == (status, reason)
    assert answer.text


def test_a_clause_is_shown_when_it_is_asked_for(service: Service) -> None:
    answer = ask(service, "规划四（三）4讲什么")
    assert answer.status is Status.ANSWERED
    head, first, *_ = answer.text.splitlines()
    assert head.startswith(
        "《海门区“十四五”知识产权发展规划》四、（三）4（四、主要任务，（三）高效益引导知识产权运用）"
    )
    assert "完善知识产权质押融资" in first
    assert answer.citations[0].passage.location == "四、（三）4"


def test_a_section_is_listed_by_its_items(service: Service) -> None:
    answer = ask(service, "规划三（二）")
    assert [c.passage.location for c in answer.citations] == [f"三、（二）{n}" for n in range(1, 6)]
    assert "知识产权质押金额累计15亿元" in answer.text
    assert all(f"[{n}]" in answer.text for n in range(1, 6))


def test_a_whole_part_is_listed_by_its_sections(service: Service) -> None:
    answer = ask(service, "规划第四部分包括哪些内容")
    assert answer.text.splitlines()[0] == "四、主要任务包括："
    assert len(answer.text.splitlines()) == 6
    assert "（三）高效益引导知识产权运用" in answer.text


@pytest.mark.parametrize(
    ("question", "locations"),
    [
        (
            "规划的基本原则有哪几条",
            ["二、（二）坚持改革创新", "二、（二）坚持市场导向", "二、（二）坚持产业融合", "二、（二）坚持统筹协调"],
        ),
        ("定量指标第5条是什么", ["三、（二）5"]),
        ("保障措施的第二条讲什么", ["五、（二）"]),
        ("第三条基本原则", ["二、（二）坚持产业融合"]),
    ],
)
def test_a_section_may_be_called_by_its_heading(service: Service, question: str, locations: list[str]) -> None:
    answer = service.answerer.ask(question)
    assert answer.status is Status.ANSWERED
    assert [c.passage.location for c in answer.citations if c.highlights or len(locations) > 1] == locations


@pytest.mark.parametrize("question", ["海门这份知识产权规划现在过了有效期没", "2026年都过了，规划还在有效期吗"])
def test_whether_a_plan_is_over_is_said_first(service: Service, question: str) -> None:
    assert "规划期为2021—2025年，已届满" in ask(service, question).text


def test_who_issued_a_plan_and_when_is_said(service: Service) -> None:
    answer = ask(service, "规划是哪年谁印发的")
    assert "南通市海门区政府办公室于2023年4月3日发布" in answer.text


def test_a_notice_that_names_what_it_issues_answers_nothing(service: Service) -> None:
    answer = ask(service, "海门的规划为什么要印发")
    assert not answer.text.startswith("《南通市海门区“十四五”知识产权发展规划》的通知")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("实用新型第二年的年费多少", "600元"),
        ("编造谣言诋毁对手最多罚多少", "一百万元"),
        ("没约定逾期利息，欠中小企业款一天按多少付", "万分之五"),
        ("集成电路布图设计专有权的保护是几年", "10年"),
        ("怎样的信息算商业秘密，哪三个要件", "不为公众所知悉"),
    ],
)
def test_a_figure_that_stands_in_the_corpus_is_given(service: Service, question: str, said: str) -> None:
    answer = service.answerer.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text


@pytest.mark.parametrize("question", ["海门授权一件发明专利奖励多少钱", "区政府给贯标企业奖几万"])
def test_no_law_of_the_state_answers_what_the_district_pays(service: Service, question: str) -> None:
    answer = service.answerer.ask(question)
    assert (answer.status, answer.reason) == (Status.RELATED, Reason.AMOUNT_NOT_STATED)


def test_the_targets_of_a_plan_are_those_of_its_last_year(service: Service) -> None:
    answer = ask(service, "到2025年地理标志产品销售额目标是多少")
    assert answer.status is Status.ANSWERED
    assert "15亿元" in answer.text


def test_two_questions_in_one_are_both_answered(service: Service) -> None:
    answer = ask(service, "质押金额目标多少？地理标志产品销售额目标多少？")
    assert {"三、（二）1", "三、（二）2"} <= {c.passage.location for c in answer.citations if c.highlights}


def test_a_plan_that_is_over_is_said_to_be_over(service: Service) -> None:
    (notice,) = ask(service, "知识产权质押金额目标是多少").notices
    assert "2021—2025年" in notice
    assert "2025年12月31日届满" in notice


def test_on_a_day_in_its_period_nothing_is_said_of_its_end(service: Service) -> None:
    answer = ask(service, "知识产权质押金额目标是多少", as_of=date(2024, 6, 1))
    assert answer.notices == ()
    assert answer.citations[0].validity.note == "规划期为2021—2025年，在规划期内"


@pytest.mark.parametrize("top_k", [1, 3, 8])
def test_no_more_is_cited_than_wanted_unless_it_is_said(service: Service, top_k: int) -> None:
    answer = ask(service, "知识产权质押金额目标是多少", top_k=top_k)
    said = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    assert len(answer.citations) == max(top_k, len(said))


def test_every_sentence_of_every_answer_stands_in_its_citation(service: Service) -> None:
    """Over a sixth of the everyday questions: no sentence without a citation that holds it word for word."""
    answered = 0
    for question in of_the_plan(service)[::6]:
        answer = ask(service, question.text)
        if answer.status is not Status.ANSWERED:
            continue
        answered += 1
        texts = {c.n: normalise(f"{c.passage.text}（{c.validity.note}。）") for c in answer.citations}
        pieces = [
            p for p in re.findall(r"(.+?)\[(\d+)\]", answer.text.replace("\n", "")) if not OPENING.fullmatch(p[0])
        ]
        assert pieces, question.text
        assert answer.text.endswith(f"[{pieces[-1][1]}]") or answer.reason is Reason.PARTIAL, question.text
        if "包括：" not in answer.text:
            assert all(normalise(text) in texts[int(n)] for text, n in pieces), question.text
    assert answered > 300


def test_of_the_everyday_questions_hardly_any_is_refused(service: Service) -> None:
    questions = of_the_plan(service)[::6]
    refused = [q.text for q in questions if ask(service, q.text).status is Status.NO_ANSWER]
    assert len(refused) / len(questions) < 0.05


@pytest.mark.parametrize("question", ["规划到期了吗", "这个规划还有效吗？", "海门知识产权规划管到哪年"])
def test_whether_a_document_is_in_force_is_answered_from_its_own_dates(service: Service, question: str) -> None:
    answer = ask(service, question)
    assert answer.status is Status.ANSWERED
    assert "规划期为2021—2025年，已届满" in answer.text
    assert "十四五" in answer.citations[0].passage.text


def test_a_question_on_something_that_expires_is_not_one_on_the_document(service: Service) -> None:
    assert not ask(service, "规划里专利到期了怎么办").text.startswith(
        "《南通市海门区“十四五”知识产权发展规划》的规划期为"
    )


def test_suggestions_are_other_questions_than_the_one_asked(service: Service) -> None:
    answer = ask(service, "知识产权质押金额目标是多少")
    assert answer.suggestions
    assert "知识产权质押金额目标是多少" not in answer.suggestions


def test_a_question_nothing_was_found_for_is_refused_though_it_is_near_one_that_is_known_not_to_be_answered(
    service: Service,
) -> None:
    known = service.library.unanswered[0].text
    answer = service.ask(known, filters=Filters(document_ids=("没有这份文件",)))
    assert answer.status is Status.NO_ANSWER


def test_who_asks_makes_no_difference_to_what_is_answered(service: Service) -> None:
    plain = service.ask("拿专利能贷款吗")
    told = service.ask("拿专利能贷款吗，回复到13912345678")
    assert (told.text, told.status) == (plain.text, plain.status)
    assert told.question == "拿专利能贷款吗，回复到13912345678"
    assert service.ask("13912345678").status in {Status.NO_ANSWER, Status.CLARIFY}
