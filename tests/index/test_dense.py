from pathlib import Path

import numpy as np
import pytest

from qa_service.index.dense import DenseIndex
from qa_service.index.embedder import Vectors


def unit(n: int, d: int = 16) -> Vectors:
    vectors = np.random.default_rng(3).normal(size=(n, d)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_search_agrees_with_a_plain_product() -> None:
    vectors = unit(200)
    index = DenseIndex.from_vectors(vectors)
    for query in unit(5):
        rows, scores = index.search(query, 10)
        expected = np.argsort(-(vectors @ query))[:10]
        np.testing.assert_array_equal(rows, expected)
        np.testing.assert_allclose(scores, (vectors @ query)[expected], rtol=1e-5)


def test_scores_of_chosen_rows_are_their_cosines() -> None:
    vectors = unit(50)
    scores = DenseIndex.from_vectors(vectors).scores_of(vectors[7], np.array([7, 3]))
    np.testing.assert_allclose(scores, [1.0, vectors[3] @ vectors[7]], rtol=1e-5)


def test_more_than_there_are_is_all_there_are() -> None:
    rows, _ = DenseIndex.from_vectors(unit(3)).search(unit(1)[0], 10)
    assert sorted(rows) == [0, 1, 2]


def test_an_empty_index_finds_nothing() -> None:
    rows, scores = DenseIndex.from_vectors(np.zeros((0, 16), np.float32)).search(unit(1)[0], 5)
    assert len(rows) == len(scores) == 0


def test_saving_and_loading_keeps_every_vector(tmp_path: Path) -> None:
    index = DenseIndex.from_vectors(unit(20))
    index.save(tmp_path / "x.faiss")
    loaded = DenseIndex.load(tmp_path / "x.faiss")
    assert (len(loaded), loaded.dimension) == (20, 16)
    np.testing.assert_array_equal(loaded.search(unit(1)[0], 20)[0], index.search(unit(1)[0], 20)[0])


def test_a_wrong_shape_is_named() -> None:
    with pytest.raises(ValueError, match=r"\(3,\)"):
        DenseIndex.from_vectors(np.zeros(3, np.float32))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> DenseIndex:
    """An index that counts as a large one."""
    monkeypatch.setattr("qa_service.index.dense._LARGE", 100)
    return DenseIndex.from_vectors(unit(3000, 64))


def test_a_large_index_finds_what_a_plain_product_finds(large: DenseIndex) -> None:
    vectors = unit(3000, 64)
    for query in unit(20, 64):
        rows, scores = large.search(query, 30)
        expected = np.argsort(-(vectors @ query))[:30]
        np.testing.assert_array_equal(rows, expected)
        np.testing.assert_allclose(scores, (vectors @ query)[expected], rtol=1e-5)


def test_a_large_index_looks_only_where_it_may(large: DenseIndex) -> None:
    within = np.arange(3000) % 100 == 0
    rows, _ = large.search(unit(1, 64)[0], 50, within)
    assert sorted(rows) == list(range(0, 3000, 100))


def test_a_large_index_takes_a_question_of_no_known_word(large: DenseIndex) -> None:
    rows, scores = large.search(np.zeros(64, np.float32), 5)
    assert len(rows) == 5
    assert not scores.any()
