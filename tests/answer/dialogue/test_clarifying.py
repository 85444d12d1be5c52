import pytest

from qa_service.answer.dialogue.clarifying import MOST_CHOICES, picked
from qa_service.answer.dialogue.conversation import Turn
from qa_service.answer.models import Reason, Status
from qa_service.search.searcher import Filters
from qa_service.service import Service

CHOICES = ("商标续展要多久？", "海关备案续展要多久？", "专利年费要多久？")


@pytest.mark.parametrize("question", ["续展要多久", "转让要办什么手续？", "质押登记去哪办", "复审要多久", "保护期多久"])
def test_a_question_that_may_mean_several_matters_is_asked_back(service: Service, question: str) -> None:
    answer = service.answerer.ask(question)
    assert (answer.status, answer.reason) == (Status.CLARIFY, Reason.PARTIAL)
    assert 2 <= len(answer.choices) <= MOST_CHOICES
    assert "您问的是哪一件" in answer.text
    assert answer.citations == ()


def test_every_choice_is_a_question_that_the_corpus_speaks_of(service: Service) -> None:
    for choice in service.answerer.ask("续展要多久").choices:
        assert service.answerer.ask(choice).status in {Status.ANSWERED, Status.RELATED}, choice


@pytest.mark.parametrize(
    "question",
    [
        "商标续展要多久",
        "专利转让要办什么手续",
        "域名续展要多久",
        "专利法第四十二条的保护期",
        "转让给外国公司要办什么手续",
    ],
)
def test_a_question_that_says_what_it_means_is_answered(service: Service, question: str) -> None:
    assert not service.answerer.ask(question).choices


def test_nothing_is_asked_back_where_the_conversation_tells(service: Service) -> None:
    said = (Turn("商标注册要多久", Status.ANSWERED),)
    assert not service.answerer.ask("续展要多久", conversation=said).choices


def test_nothing_is_asked_back_within_one_document(service: Service) -> None:
    answer = service.answerer.ask("续展要多久", filters=Filters(document_ids=("商标法",)))
    assert not answer.choices


def test_hardly_any_everyday_question_is_asked_back(service: Service) -> None:
    clarifying, day = service.answerer.clarifying, service.answerer.today()
    questions = [q.text for q in service.library.questions if 8 <= len(q.text) <= 16][::20]
    back = [q for q in questions if clarifying.ask_back(service.searcher.understand(q, day), day)]
    assert len(questions) > 300
    assert len(back) <= 0.02 * len(questions), back


@pytest.mark.parametrize(
    ("reply", "n"),
    [
        ("1", 0),
        ("第二个", 1),
        ("选3", 2),
        ("三", 2),
        ("B", 1),
        ("商标", 0),
        ("我问的是海关的", 1),
        ("海关备案续展要多久？", 1),
        ("年费吧", 2),
    ],
)
def test_a_reply_picks_a_choice(reply: str, n: int) -> None:
    assert picked(reply, CHOICES) == CHOICES[n]


@pytest.mark.parametrize("reply", ["4", "0", "续展", "要多久", "今天天气怎么样", "", "的"])
def test_what_tells_no_choice_picks_none(reply: str) -> None:
    assert picked(reply, CHOICES) is None


def test_what_is_picked_is_asked(service: Service) -> None:
    back = service.answerer.ask("续展要多久")
    answer = service.answerer.ask("商标", conversation=(Turn.of(back),))
    assert answer.interpreted == "商标续展要多久？"
    assert "六个月" in answer.text
