import dataclasses
from pathlib import Path

import numpy as np
import pytest

from qa_service.corpus.library import Library
from qa_service.corpus.unanswered import UnansweredQuestion
from qa_service.errors import NotFoundError
from qa_service.index.build import write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine, best_rows
from qa_service.index.store import BuildStore
from qa_service.service import Service
from qa_service.text.segmenter import Segmenter


@pytest.fixture
def engine(tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(write_build(tiny_library, segmenter, hash_embedder, BuildStore(tmp_path / "index")))


def test_passages_stand_in_reading_order_and_are_found_by_id(engine: EmbeddedEngine) -> None:
    assert [p.location for p in engine.passages] == ["第一条", "第二条", "第三条"]
    assert engine.passage("test-law#第三条").text.startswith("第三条")
    with pytest.raises(NotFoundError, match="nothing"):
        engine.passage("nothing")


def test_a_candidate_brings_the_questions_that_are_asked_of_it(
    engine: EmbeddedEngine, hash_embedder: Embedder, segmenter: Segmenter
) -> None:
    text = "授权了有补贴吗"
    vector = hash_embedder.encode_queries([text])[0]
    found = engine.candidates(segmenter.index_terms(text), vector, 3, {"test-law"})
    third = next(c for c in found if c.passage.location == "第三条")
    assert third.asked[0][0].text == text
    assert third.signals.question_vector == pytest.approx(1.0, abs=1e-5)


def test_a_passage_nobody_wrote_questions_for_is_asked_by_its_own_sentences(
    engine: EmbeddedEngine, hash_embedder: Embedder, segmenter: Segmenter
) -> None:
    text = "应当在三个月内提交材料"
    found = engine.candidates(segmenter.index_terms(text), hash_embedder.encode_queries([text])[0], 3, {"test-law"})
    second = next(c for c in found if c.passage.location == "第二条")
    assert second.signals.question_vector > 0.5
    assert engine.manifest.questions == 2


def test_nothing_is_found_outside_the_documents_to_look_in(
    engine: EmbeddedEngine, hash_embedder: Embedder, segmenter: Segmenter
) -> None:
    vector = hash_embedder.encode_queries(["资助"])[0]
    assert engine.candidates(segmenter.index_terms("资助"), vector, 3, {"another"}) == []


def test_familiarity_is_the_share_of_known_words_by_how_much_they_tell(engine: EmbeddedEngine) -> None:
    assert engine.familiarity(["资助"]) == 1.0
    assert engine.familiarity(["天气"]) == 0.0
    assert 0 < engine.familiarity(["资助", "天气"]) < 0.5
    assert engine.familiarity([]) == 0.0


def test_a_passage_brings_its_sentences_held_against_the_question(
    engine: EmbeddedEngine, hash_embedder: Embedder, segmenter: Segmenter
) -> None:
    passage = engine.passage("test-law#第三条")
    vector = hash_embedder.encode_queries([f"{passage.title} {passage.text}"])[0]
    (match,) = engine.sentences(passage.id, segmenter.index_terms("资助"), vector)
    assert match.span.of(passage.text) == passage.text
    assert match.cosine == pytest.approx(1.0, abs=1e-5)
    assert "资助" in match.terms
    with pytest.raises(NotFoundError, match="nothing"):
        engine.sentences("nothing", [], vector)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_the_best_rows_are_those_of_a_whole_sort_and_none_of_score_zero(k: int) -> None:
    scores = np.array([0.0, 0.5, 0.2, 0.5, 0.0, 0.5], np.float32)
    assert best_rows(scores, k) == [1, 3, 5, 2][:k]


def test_a_question_known_not_to_be_answered_is_near_itself(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    known = dataclasses.replace(tiny_library, unanswered=(UnansweredQuestion("社保怎么补缴", "out_of_scope"),))
    engine = EmbeddedEngine(write_build(known, segmenter, hash_embedder, BuildStore(tmp_path / "index")))
    assert engine.unanswered(hash_embedder.encode_queries(["社保怎么补缴"])[0])["out_of_scope"] == pytest.approx(1.0)


def test_a_question_that_a_new_document_speaks_of_is_no_longer_known_not_to_be_answered(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    unanswered = (UnansweredQuestion("每件发明专利资助一万元吗", "amount_not_stated"),)
    # Nobody has written questions for the law yet: it may answer what the corpus did not.
    new = dataclasses.replace(tiny_library, questions=(), unanswered=unanswered)
    engine = EmbeddedEngine(write_build(new, segmenter, hash_embedder, BuildStore(tmp_path / "index")))
    assert engine.unanswered(hash_embedder.encode_queries([unanswered[0].text])[0]) == {}


def test_the_passages_of_a_document_stand_in_reading_order(engine: EmbeddedEngine) -> None:
    assert [p.location for p in engine.passages_of("test-law")] == ["第一条", "第二条", "第三条"]
    assert engine.passages_of("another") == ()


def test_every_passage_is_among_those_of_its_document(service: Service) -> None:
    documents = list(dict.fromkeys(p.document_id for p in service.engine.passages))
    assert [p for d in documents for p in service.engine.passages_of(d)] == list(service.engine.passages)


def test_all_the_questions_of_a_passage_are_told_with_their_cosines(
    engine: EmbeddedEngine, hash_embedder: Embedder
) -> None:
    vector = hash_embedder.encode_queries(["授权了有补贴吗"])[0]
    asked = {question.text: cosine for question, cosine in engine.asked_of("test-law#第三条", vector)}
    assert set(asked) >= {"拿到发明证书给多少钱", "授权了有补贴吗"}
    assert asked["授权了有补贴吗"] == pytest.approx(1, abs=1e-5)
    with pytest.raises(NotFoundError):
        engine.asked_of("test-law#第九条", vector)
