import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answer.figures.confirming import confirms, statement_in


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("发明专利保护期15年对吗", "发明专利保护期15年"),
        ("海关备案管十年,我没记错吧?", "海关备案管十年"),
        ("每拖一个月加收5%,有这回事吧", "每拖一个月加收5%"),
        ("全区要做到40件,是这个数吗?", "全区要做到40件"),
        ("保护到第50年年底,这说法准吗?", "保护到第50年年底"),
    ],
)
def test_what_a_question_states_is_told_from_how_it_asks(question: str, stated: str) -> None:
    assert confirms(question)
    assert statement_in(question) == stated


@pytest.mark.parametrize("question", ["专利保护多久", "商标能转让吗", "怎么申请", "要交多少钱"])
def test_who_asks_for_something_confirms_nothing(question: str) -> None:
    assert not confirms(question)
    assert statement_in(question) == question


@given(st.text(max_size=60))
def test_what_is_stated_opens_the_question(question: str) -> None:
    assert question.startswith(statement_in(question))
