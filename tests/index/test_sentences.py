from pathlib import Path

import numpy as np
import pytest

from qa_service.corpus.models import Passage
from qa_service.index.sentences import SentenceIndex, sentence_input, spans_to_answer_from
from qa_service.text.sentences import Span

SPANS = [[Span(0, 4), Span(4, 9)], [], [Span(2, 8)]]
VECTORS = np.eye(3, dtype=np.float32)
TERMS = [["专利", "质押", "专利"], ["商标"], ["质押", "融资"]]


@pytest.fixture
def index() -> SentenceIndex:
    return SentenceIndex.from_sentences(SPANS, VECTORS, TERMS)


def test_a_passage_has_its_own_sentences_in_reading_order(index: SentenceIndex) -> None:
    found = index.of(0, ["质押", "专利", "天气"], VECTORS[0])
    assert [match.span for match in found] == SPANS[0]
    assert [match.cosine for match in found] == [1.0, 0.0]
    assert [match.terms for match in found] == [("专利", "质押"), ()]
    assert [match.span for match in index.of(2, [], VECTORS[0])] == SPANS[2]


def test_a_passage_without_sentences_has_none(index: SentenceIndex) -> None:
    assert index.of(1, ["专利"], VECTORS[0]) == []


def test_saving_and_loading_changes_nothing(index: SentenceIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "sentences.npz")
    loaded = SentenceIndex.load(tmp_path / "sentences.npz")
    assert len(loaded) == 3
    for row in range(3):
        assert loaded.of(row, ["质押", "商标"], VECTORS[2]) == index.of(row, ["质押", "商标"], VECTORS[2])


def test_an_index_of_nothing_can_be_kept(tmp_path: Path) -> None:
    SentenceIndex.from_sentences([[]], np.zeros((0, 3), np.float32), []).save(tmp_path / "sentences.npz")
    assert SentenceIndex.load(tmp_path / "sentences.npz").of(0, ["专利"], VECTORS[0]) == []


def test_marks_left_over_from_cutting_are_no_sentences_and_a_heading_speaks_for_its_lines() -> None:
    text = "①。费用为二百元。"
    passage = Passage("a#1", "a", "第一条", (), "收费", text, 0, len(text))
    (span,) = spans_to_answer_from(passage)
    assert span.of(text) == "费用为二百元。"
    assert sentence_input(passage, span) == "收费 费用为二百元。"


def test_the_nearest_sentence_of_each_passage_tells_how_near_the_passage_is(index: SentenceIndex) -> None:
    vector = np.array([0.6, 0.8, 0.0], np.float32)
    assert index.nearest(np.array([2, 0, 1]), vector).tolist() == pytest.approx([0.0, 0.8, 0.0])
    assert index.nearest(np.zeros(0, np.int64), vector).tolist() == []
