from pathlib import Path

import numpy as np
import pytest

from qa_service.index.unanswered import UnansweredIndex

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32)
REASONS = ["out_of_scope", "not_stated", "out_of_scope", "not_stated"]


def test_each_reason_tells_its_nearest_question() -> None:
    nearest = UnansweredIndex.from_vectors(REASONS, VECTORS).nearest(np.array([0.8, 0.6], np.float32))
    assert nearest == {"out_of_scope": pytest.approx(0.96), "not_stated": pytest.approx(0.6)}


def test_an_index_reads_back_what_it_wrote(tmp_path: Path) -> None:
    index = UnansweredIndex.from_vectors(REASONS, VECTORS)
    index.save(tmp_path / "unanswered.npz")
    again = UnansweredIndex.load(tmp_path / "unanswered.npz")
    vector = np.array([0.0, 1.0], np.float32)
    assert len(again) == 4
    assert again.nearest(vector) == index.nearest(vector)


def test_where_none_is_known_none_is_near(tmp_path: Path) -> None:
    index = UnansweredIndex.from_vectors([], np.zeros((0, 2), np.float32))
    index.save(tmp_path / "unanswered.npz")
    assert UnansweredIndex.load(tmp_path / "unanswered.npz").nearest(np.array([1, 0], np.float32)) == {}
