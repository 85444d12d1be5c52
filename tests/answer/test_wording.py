from collections.abc import Callable

import pytest

from qa_service.answer.citing import Statement
from qa_service.answer.wording import flowing, in_lines, marked
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Form, Passage

MakeDocument = Callable[..., Document]


def passage(document: str, location: str) -> Passage:
    return Passage(f"{document}#{location}", document, location, (), "", "文", 0, 1)


NOTE, LAW = passage("notes", "第一条"), passage("law", "第二条")
NUMBER = {NOTE.id: 1, LAW.id: 2}


@pytest.fixture
def library(make_document: MakeDocument) -> Library:
    law = make_document("第一条 文。", id="law")
    notes = make_document("第一条 文。", id="notes", title="示例法", form=Form.NOTES)
    return Library({d.id: d for d in (law, notes)})


def test_every_statement_is_followed_by_its_number(library: Library) -> None:
    assert marked(Statement("甲。", LAW), NUMBER) == "甲。[2]"
    assert in_lines([Statement("甲：", NOTE), Statement("乙", LAW)], NUMBER) == "甲：[1]\n乙[2]"


def test_sentences_of_full_texts_flow_and_notes_say_whose_they_are(library: Library) -> None:
    said = [Statement("甲。", LAW), Statement("乙。", NOTE)]
    assert flowing(said, NUMBER, library) == "甲。[2]《示例法》第一条：乙。[1]"


def test_several_sentences_of_one_passage_are_lines_under_its_name(library: Library) -> None:
    said = [Statement("甲。", NOTE), Statement("乙。", NOTE), Statement("丙。", LAW)]
    assert flowing(said, NUMBER, library) == "《示例法》第一条：\n甲。[1]\n乙。[1]\n丙。[2]"


def test_the_word_that_opens_needs_no_name_before_it(library: Library) -> None:
    said = [Statement("对。", NOTE, opens=True), Statement("甲。", NOTE)]
    assert flowing(said, NUMBER, library) == "对。[1]《示例法》第一条：甲。[1]"


def test_nothing_said_is_no_text(library: Library) -> None:
    assert flowing([], {}, library) == in_lines([], {}) == ""
