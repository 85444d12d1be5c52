import pytest

from qa_service.corpus.papers.body import body_of
from qa_service.corpus.readers import Line

TITLE = "《奖励办法》政策解读"


def body(*texts: str, title: str = TITLE) -> list[str]:
    return body_of(title, [Line(text) for text in texts], None).strip().split("\n\n")[1:]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (["问：怎样申报？", "答：网上申报。"], ["问：怎样申报？", "答：网上申报。"]),
        (["一、问：怎样申报？", "答：网上申报。"], ["一、问：怎样申报？", "答：网上申报。"]),
        (["问：怎样申报？答：网上申报。"], ["问：怎样申报？", "答：网上申报。"]),
        (["【问】怎样申报？", "【答】网上申报。"], ["问：怎样申报？", "答：网上申报。"]),
        (["【问题1】怎样申报", "【回答】网上申报。"], ["问：怎样申报？", "答：网上申报。"]),
        (["1.怎样申报？", "网上申报。"], ["1.问：怎样申报？", "网上申报。"]),
        (["一、怎样申报？", "网上申报。"], ["一、问：怎样申报？", "网上申报。"]),
        (["（一）怎样申报？", "网上申报。"], ["问：怎样申报？", "网上申报。"]),
        (["Q1：怎样申报？", "A1：网上申报。"], ["问：怎样申报？", "答：网上申报。"]),
        (["问：申报条件是什么。", "答：", "在本区登记。"], ["问：申报条件是什么？", "在本区登记。"]),
    ],
)
def test_every_way_to_print_a_question_is_read(printed: list[str], written: list[str]) -> None:
    assert body(*printed) == written


def test_a_list_of_questions_alone_is_text() -> None:
    assert body("1.怎样申报？", "2.何时申报？") == ["1.怎样申报？", "2.何时申报？"]


def test_in_other_papers_a_line_that_asks_is_text() -> None:
    assert body("怎样申报？", "网上申报。", title="奖励办法") == ["怎样申报？", "网上申报。"]
