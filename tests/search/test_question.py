from datetime import date

import pytest

from qa_service.corpus.library import Library
from qa_service.corpus.passages import passages_of
from qa_service.search.expected import Expected
from qa_service.search.question import QuestionReader
from qa_service.text.segmenter import Segmenter

DAY = date(2026, 7, 1)


@pytest.fixture
def reader(tiny_library: Library, segmenter: Segmenter) -> QuestionReader:
    passages = [p for d in tiny_library.documents.values() for p in passages_of(d, segmenter.count)]
    return QuestionReader(tiny_library, segmenter, passages, {"专利": 0.5, "资助": 0.5})


def test_a_slip_is_put_right_and_told(reader: QuestionReader) -> None:
    question = reader.read("发明专力有资助吗", DAY)
    assert question.normal == "发明专利有资助吗"
    assert question.understood == "发明专利有资助吗"


def test_a_slip_in_traditional_characters_is_told_in_simplified_ones(reader: QuestionReader) -> None:
    assert reader.read("發明專力有資助嗎", DAY).understood == "发明专利有资助吗"


def test_a_question_without_slips_was_read_as_it_stands(reader: QuestionReader) -> None:
    question = reader.read(" 发明专利\u200b有资助吗 ", DAY)
    assert question.text == "发明专利有资助吗"
    assert question.understood is None


def test_a_clause_is_one_of_the_document_named(reader: QuestionReader) -> None:
    question = reader.read("专利促进条例第三条", DAY)
    assert question.documents == {"test-law"}
    assert [clause.location for clause in question.clauses] == ["第三条"]


def test_a_clause_that_no_passage_answers_to_counts_only_where_its_document_is_named(reader: QuestionReader) -> None:
    assert [c.location for c in reader.read("专利促进条例第九十条", DAY).clauses] == ["第九十条"]
    assert reader.read("第九十条怎么说", DAY).clauses == ()


def test_a_law_that_is_not_there_is_told_by_its_name(reader: QuestionReader) -> None:
    assert reader.read("海商法第三条", DAY).unknown_document == "海商法"
    assert reader.read("海商法管什么", DAY).unknown_document is None


def test_the_most_telling_kind_of_answer_goes_first(reader: QuestionReader) -> None:
    question = reader.read("资助多少钱，怎么办理", DAY)
    assert question.expected is Expected.AMOUNT
    assert question.how
