from datetime import date

import pytest

from qa_service.answer.contents import asks_for_the_clause, contents, heading_below, heading_of
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Form, Passage
from qa_service.search.clause import read_clauses
from qa_service.service import Service

DAY = date(2026, 7, 1)


def passage(location: str, *headings: str, text: str = "正文一。正文二。", document: str = "plan") -> Passage:
    return Passage(f"{document}#{location}", document, location, headings, headings[-1], text, 0, 1)


PART, SECTION = "二、总体要求", "（二）基本原则"
ONE = passage("二、（一）", "规划", PART, "（一）指导思想")
TWO = passage("二、（二）1", "规划", PART, SECTION, "1.坚持创新")
THREE = passage("二、（二）2", "规划", PART, SECTION, "2.坚持共享")
(THE_PART,), (THE_SECTION,) = read_clauses("规划第二部分"), read_clauses("规划二（二）")


@pytest.fixture
def library() -> Library:
    return Library({d: Document(d, f"示例{d}", Form.FULL_TEXT, "文") for d in ("plan", "other")})


def test_a_section_is_told_by_what_stands_one_level_below_it(library: Library) -> None:
    assert [s.text for s in contents([ONE, TWO, THREE], THE_PART, library)] == [
        "二、总体要求包括：\n（一）指导思想",
        "（二）基本原则",
    ]
    assert [s.text for s in contents([TWO, THREE], THE_SECTION, library)] == [
        "二、（二）基本原则包括：\n1.坚持创新",
        "2.坚持共享",
    ]


def test_what_is_said_is_cited_from_the_first_passage_under_it(library: Library) -> None:
    assert [s.passage for s in contents([ONE, TWO, THREE], THE_PART, library)] == [ONE, TWO]


def test_of_several_documents_each_is_named(library: Library) -> None:
    other = passage("二、（一）", "规划", PART, "（一）指导思想", document="other")
    said = [s.text for s in contents([ONE, other], THE_PART, library)]
    assert said[0].endswith("《示例plan》（一）指导思想")
    assert said[1] == "《示例other》（一）指导思想"


def test_where_nothing_stands_below_the_place_and_the_first_sentence_are_said() -> None:
    bare = passage("二、（二）", "规划", PART, SECTION)
    assert heading_below(bare, THE_SECTION) == "二、（二） 正文一。"
    assert heading_of(bare, THE_SECTION) == "二、（二）基本原则"


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("规划四（三）4讲什么", True),
        ("请帮我查一下专利法第六十五条的原文", True),
        ("专利法第六十五条怎么规定的", True),
        ("专利法第六十五条的行政处理多久", False),
        ("专利法第七十一条赔偿最高多少", False),
    ],
)
def test_whether_nothing_but_the_clause_is_asked_for(service: Service, question: str, only: bool) -> None:
    read = service.searcher.understand(question, DAY)
    hits = service.searcher.search(read, DAY, 10)
    named = [h.passage for h in hits if service.searcher.is_named(h.passage, read)]
    assert asks_for_the_clause(read, named, service.searcher.segmenter) is only
