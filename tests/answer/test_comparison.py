from datetime import date

import pytest

from qa_service.answer.comparison import Comparison, comparison_in
from qa_service.service import Service

DAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("question", "comparison"),
    [
        ("集体商标和证明商标的区别", Comparison(("集体商标", "证明商标"), "")),
        ("请问集体商标跟证明商标有什么不同?", Comparison(("集体商标", "证明商标"), "")),
        ("发明和实用新型的保护期一样吗", Comparison(("发明", "实用新型"), "保护期", True)),
        ("著作权与版权是一回事吗", Comparison(("著作权", "版权"), "", True)),
        ("商标和商标的区别", None),
        ("专利保护几年", None),
        ("专利和商标怎么申请", None),
    ],
)
def test_what_is_compared_is_read(question: str, comparison: Comparison | None) -> None:
    assert comparison_in(question) == comparison


def test_each_side_is_asked_by_itself() -> None:
    assert Comparison(("甲", "乙"), "保护期").questions() == ("甲保护期", "乙保护期")
    assert Comparison(("甲", "乙"), "").questions() == ("什么是甲", "什么是乙")


def test_two_things_are_each_defined(service: Service) -> None:
    text = service.answerer.ask("集体商标和证明商标的区别", as_of=DAY).text
    assert "集体商标：" in text
    assert "证明商标：" in text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("发明和实用新型的保护期一样吗", "不一样。"),
        ("实用新型和外观设计的复审费一样吗", "一样。"),
        ("发明和实用新型的复审费一样吗", "不一样。"),
    ],
)
def test_whether_both_have_the_same_figure_is_said_first(service: Service, question: str, verdict: str) -> None:
    assert service.answerer.ask(question, as_of=DAY).text.startswith(f"{verdict}[1]")


@pytest.mark.parametrize("question", ["发明和外观设计的年费一样吗", "商标和专利的保护期一样吗"])
def test_where_the_figure_hangs_on_the_year_or_the_kind_nothing_is_said_of_it(service: Service, question: str) -> None:
    text = service.answerer.ask(question, as_of=DAY).text
    assert not text.startswith(("一样", "不一样"))
