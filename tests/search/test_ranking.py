import pytest

from qa_service.index.engine import Signals
from qa_service.search.ranking import NOTHING, Features, RankingWeights, best_of, relative


def test_the_best_of_each_signal_and_shares_of_it() -> None:
    signals = [Signals(0.2, 0.4, -0.1, 0.0, 0.0), Signals(0.1, 0.8, 0.5, 0.0, 0.2)]
    assert best_of(signals) == Signals(0.2, 0.8, 0.5, 0.0, 0.2)
    assert relative(signals) == [Signals(1.0, 0.5, 0.0, 0.0, 0.0), Signals(0.5, 1.0, 1.0, 0.0, 1.0)]


def test_no_candidates_have_no_best() -> None:
    assert best_of([]) == NOTHING
    assert relative([]) == []


def test_contributions_say_what_each_feature_adds() -> None:
    weights = RankingWeights(
        words=1, expanded=2, vector=3, question_vector=4, sentence=3, subject=5, topic=2, gives=5, standing=6
    )
    assert weights.contributions(Features(1.0, 0.5, 0.0, 0.25, 0.5, 0.2, 1.0, 1.0, 0.5)) == {
        "words": 1.0,
        "expanded": 1.0,
        "vector": 0.0,
        "question_vector": 1.0,
        "sentence": 1.5,
        "subject": 1.0,
        "topic": 2.0,
        "gives": 5.0,
        "standing": 3.0,
    }


def test_the_score_is_the_sum_of_the_contributions() -> None:
    weights = RankingWeights(
        words=1, expanded=2, vector=3, question_vector=4, sentence=3, subject=5, topic=2, gives=5, standing=6
    )
    features = Features(1.0, 0.5, 0.1, 0.25, 0.5, -1.0, 1.0, 1.0, 0.5)
    assert weights.score(features) == pytest.approx(sum(weights.contributions(features).values()))
