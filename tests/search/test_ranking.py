from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.errors import ModelError
from qa_service.index.engine import Signals
from qa_service.search.ranking import RankingWeights, best_of, read_weights, relative


def test_the_best_of_each_signal_and_shares_of_it() -> None:
    signals = [Signals(0.2, 0.4, -0.1, 0.0), Signals(0.1, 0.8, 0.5, 0.0)]
    best = best_of(signals)
    assert best == Signals(0.2, 0.8, 0.5, 0.0)
    assert relative(signals[0], best) == Signals(1.0, 0.5, 0.0, 0.0)


def test_no_candidates_have_no_best() -> None:
    assert best_of([]) == Signals(0, 0, 0, 0)


def test_contributions_say_what_each_signal_adds() -> None:
    weights = RankingWeights(words=1, expanded=2, vector=3, question_vector=4)
    best = Signals(1.0, 1.0, 1.0, 1.0)
    assert weights.contributions(Signals(1.0, 0.5, 0.0, 0.25), best) == {
        "words": 1.0,
        "expanded": 1.0,
        "vector": 0.0,
        "question_vector": 1.0,
    }


def test_the_shipped_weights_are_read_and_none_is_negative() -> None:
    weights = read_weights(shipped.calibration_file())
    assert min(weights.words, weights.expanded, weights.vector, weights.question_vector) >= 0


@pytest.mark.parametrize("text", ["{", "{}", '{"ranking": {"words": 1}}', '{"ranking": {"words": "viel"}}'])
def test_a_damaged_file_is_an_error_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "calibration.json").write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"calibration\.json"):
        read_weights(tmp_path / "calibration.json")
