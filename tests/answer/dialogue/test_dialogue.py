from datetime import date

import pytest

from qa_service.answer.dialogue.conversation import Conversation, Turn, continued
from qa_service.answer.dialogue.dialogue import Dialogue
from qa_service.answer.models import Answer, Reason, Status
from qa_service.service import Service

DAY = date(2026, 7, 1)


def talk(service: Service, *questions: str) -> list[Answer]:
    said: Conversation = ()
    answers = []
    for question in questions:
        answers.append(service.answerer.ask(question, conversation=said))
        said = continued(said, Turn.of(answers[-1]), 6)
    return answers


def read(service: Service, *questions: str) -> str | None:
    """How the last question is read after the others, all of which were answered; None where it stands alone."""
    said = [Turn(question, Status.ANSWERED) for question in questions[:-1]]
    reading = Dialogue(service.searcher).read(questions[-1], said, DAY)
    return reading.text if reading.leans else None


@pytest.mark.parametrize(
    ("before", "question", "reading"),
    [
        ("发明专利保护期是多久", "那实用新型呢？", "实用新型保护期是多久"),
        ("发明专利保护期是多久", "要多少钱？", "发明专利要多少钱"),
        ("商标注册要多久", "去哪办？", "商标注册去哪办"),
        ("商标注册要多久", "个人呢", "商标注册个人要多久"),
        ("商标注册要多久", "续展呢", "商标续展要多久"),
        ("商标注册要多久", "费用呢", "商标注册要多少钱"),
        (
            "2020年底马德里国际注册商标是多少件",
            "那到规划期末呢",
            "到规划期末马德里国际注册商标是多少件",
        ),
        (
            "2020年海门专利质押融资额是多少",
            "目标呢",
            "（限《海门区“十四五”知识产权发展规划》三、（二）2）海门专利质押融资额目标是多少",
        ),
        ("《商标法》第四十条，能补办吗", "要多少钱", "能补办要多少钱"),
        ("独家委托外面写的软件著作权归谁", "要是合作开发的呢", "合作开发的软件著作权归谁"),
        ("什么是商业秘密", "它要满足哪些条件", "商业秘密要满足哪些条件"),
        ("专利年费没交会怎样", "能恢复吗", "专利年费没交能恢复吗"),
        ("专利法第十一条讲什么", "第十二条呢", "专利法第十二条讲什么"),
        ("独占许可和普通许可有什么区别", "后者要备案吗", "普通许可要备案"),
        ("年费多少", "发明专利第5年呢", "发明专利第5年年费多少"),
        ("被驳回了怎么办", "我问的是商标", "商标被驳回了怎么办"),
    ],
)
def test_what_a_follow_up_leaves_out_is_taken_from_the_last_question(
    service: Service, before: str, question: str, reading: str
) -> None:
    assert read(service, before, question) == reading


@pytest.mark.parametrize(
    "question",
    [
        "今天天气怎么样",
        "那今天天气怎么样",
        "那帮我订张高铁票",
        "社保怎么交",
        "醉驾罚多少",
        "离婚财产怎么分",
        "孩子上学怎么报名",
        "多少家企业贯标",
        "质押金额目标是多少",
        "怎么举报假货",
        "规划四（三）4讲什么",
        "软件著作权登记去哪办",
        "海关备案有效期几年",
    ],
)
def test_a_question_of_its_own_is_left_alone(service: Service, question: str) -> None:
    assert read(service, "商标注册要多久", question) is None


def test_without_a_conversation_every_question_stands_alone(service: Service) -> None:
    assert read(service, "那实用新型呢") is None


def test_follow_ups_follow_follow_ups(service: Service) -> None:
    answers = talk(service, "发明专利保护期是多久", "那外观设计呢", "要多少钱", "实用新型呢")
    assert [answer.interpreted for answer in answers] == [
        None,
        "外观设计保护期是多久",
        "外观设计要多少钱",
        "实用新型要多少钱",
    ]
    assert "500元" in answers[-1].text


def test_out_of_scope_and_small_talk_do_not_end_a_conversation(service: Service) -> None:
    answers = talk(service, "发明专利保护期是多久", "今天天气怎么样", "谢谢", "那实用新型呢")
    assert (answers[1].status, answers[1].interpreted) == (Status.NO_ANSWER, None)
    assert answers[2].status is Status.SMALLTALK
    assert "十年" in answers[3].text


def test_the_second_point_is_the_clause_it_stands_in(service: Service) -> None:
    answers = talk(service, "规划的基本原则有哪几条", "第二条详细说说", "第四条呢", "第三条呢")
    assert [answer.citations[0].passage.location for answer in answers[1:]] == [
        "二、（二）坚持市场导向",
        "二、（二）坚持统筹协调",
        "二、（二）坚持产业融合",
    ]


def test_the_neighbours_of_a_clause_are_no_points_of_a_list(service: Service) -> None:
    turn = Turn.of(talk(service, "专利法第四十二条讲什么")[0])
    assert (turn.said, turn.points) == (("专利法#第四十二条",), ())


def test_the_clause_after_the_one_that_was_shown_is_shown(service: Service) -> None:
    answers = talk(service, "商标法第四十条讲什么", "下一条呢", "上一条讲什么")
    assert [answer.citations[0].passage.location for answer in answers] == ["第四十条", "第四十一条", "第四十条"]
    assert talk(service, "专利法第一条讲什么", "上一条呢")[1].text


@pytest.mark.parametrize(
    ("talked", "reading"),
    [
        (["别的厂照着我们的专利结构做了一批去卖，能叫它赔哪些", "明知故犯的会罚重些么", "起诉期限几年"], "专利"),
        (["我们请摄影师拍了一组照片，没签合同，版权算谁的", "那保护多久"], "版权保护多久"),
        (["有人拿我们的商标去注册了域名，想让他还回来，去哪告", "要多少钱"], "要多少钱"),
    ],
)
def test_stories_and_conditions_are_not_carried_on(service: Service, talked: list[str], reading: str) -> None:
    read_as = talk(service, *talked)[-1].interpreted or talked[-1]
    assert reading in read_as
    assert len(read_as) <= len(talked[-1]) + 10
    assert not any(told in read_as for told in ("照着", "明知故犯", "罚重", "摄影师", "合同", "有人", "还回来"))


@pytest.mark.parametrize(
    ("before", "question", "reading"),
    [
        ("我们请摄影师拍的照片，没签合同，版权算谁的", "要是自己公司的人拍的呢", "自己公司的人拍的照片，版权算谁的"),
        ("外包写的软件，合同没提，著作权归谁", "换成两家合作写的呢", "两家合作写的软件，著作权归谁"),
        ("假冒专利罚多少钱", "情节严重的呢", "假冒专利，情节严重，怎么处罚"),
        ("大企业欠我们的货款，最迟几天得付", "要是事业单位欠的呢", "事业单位欠我们的货款，最迟几天得付"),
    ],
)
def test_another_case_drops_what_it_contradicts(service: Service, before: str, question: str, reading: str) -> None:
    assert talk(service, before, question)[1].interpreted == reading


def test_what_was_said_of_any_turn_is_not_said_again(service: Service) -> None:
    first, second, third = talk(service, "展会上被侵权了去哪投诉", "除此之外还能找谁", "还有别的吗")
    said = {p for answer in (first, second) for p in Turn.of(answer).said}
    assert third.status is Status.ANSWERED
    assert not said & set(Turn.of(third).said)


def test_a_point_of_one_clause_is_asked_for_by_what_it_says(service: Service) -> None:
    listed, detail = talk(service, "专利质押登记要交哪些材料", "第二条详细说说")
    assert detail.interpreted
    assert detail.interpreted in listed.text


def test_what_has_no_second_point_may_be_the_second_clause(service: Service) -> None:
    answers = talk(service, "注册商标有效期几年", "第四十条呢")
    assert answers[1].interpreted == "《商标法》第四十条"
    assert "续展" in answers[1].text


def test_in_the_same_clause_something_else_is_found(service: Service) -> None:
    answers = talk(service, "贯标企业要达到多少家", "同一条里，省战略推进计划企业是几家")
    assert answers[1].interpreted == "（限《海门区“十四五”知识产权发展规划》三、（二）3）省战略推进计划企业是几家"
    assert "5家" in answers[1].text


def test_besides_what_was_said_something_else_is_said(service: Service) -> None:
    first, besides = talk(service, "展会上被侵权了去哪投诉", "除了它还能去哪")
    said = {c.passage.id for c in first.citations if f"[{c.n}]" in first.text}
    assert besides.status is Status.ANSWERED
    assert not said & {c.passage.id for c in besides.citations}


def test_a_slip_in_a_follow_up_is_put_right_first(service: Service) -> None:
    answers = talk(service, "发明专利保护期是多久", "那实用新刑专利呢")
    assert answers[1].understood == "那实用新型专利呢"
    assert answers[1].interpreted == "实用新型专利保护期是多久"


def test_an_answer_keeps_the_question_as_it_was_typed(service: Service) -> None:
    assert talk(service, "发明专利保护期是多久", "那实用新型呢？")[1].question == "那实用新型呢？"


def test_a_session_may_outlive_its_build(service: Service) -> None:
    said = (Turn("发明专利保护期是多久", Status.ANSWERED, said=("gone#1",)),)
    for question in ("同一条里还说了什么", "第二条呢", "还有吗", "要是外国人的呢", "它保护多久", "详细说说"):
        assert service.answerer.ask(question, conversation=said).text


@pytest.mark.parametrize(
    "question", ["", "？", "呢", "那", "那呢", "第", "第0条", "第999999条呢", "除了它", "如果呢", "the"]
)
def test_no_fragment_makes_it_fail(service: Service, question: str) -> None:
    said = (Turn("呢", Status.ANSWERED), Turn("", Status.RELATED), Turn("发明专利保护期是多久", Status.ANSWERED))
    for turns in (said, said[:1], said[:2]):
        assert service.answerer.ask(question, conversation=turns).reason in Reason


def test_a_chain_of_follow_ups_does_not_grow_without_end(service: Service) -> None:
    answers = talk(service, "商标注册要多久", *["那如果申请人是一家刚成立的外国公司在中国没有营业所的呢"] * 8)
    assert all(len(answer.interpreted or "") <= 160 for answer in answers)
