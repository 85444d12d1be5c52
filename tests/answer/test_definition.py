from datetime import date

import pytest

from qa_service.answer.definition import defining_first
from qa_service.service import Service
from tests.answer.test_compose import sentences


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        ("何为团体标准", "行业标准不同于团体标准。团体标准：由团体制定。", "团体标准：由团体制定。"),
        ("反向工程是什么", "以反向工程为由的不支持。反向工程是指拆卸、测绘。", "反向工程是指拆卸、测绘。"),
        ("什么是专利导航", "开展专利导航工作。专利导航是否需要备案另定。", "开展专利导航工作。"),
    ],
)
def test_what_says_what_a_thing_is_comes_first(service: Service, question: str, text: str, first: str) -> None:
    understood = service.searcher.understand(question, date(2026, 7, 1))
    ranked = sentences(text, 2.0, 1.0)
    assert defining_first(ranked, understood)[0].text.strip() == first
    assert len(defining_first(ranked, understood)) == 2
