import pytest

from qa_service.answer.confidence import Confidence, Evidence

NOTHING = Evidence(*[0.0] * len(Evidence._fields))


@pytest.fixture
def confidence() -> Confidence:
    weights = dict.fromkeys(Evidence._fields, 0.0) | {"vector": 8.0, "astray": -8.0}
    return Confidence(intercept=-2.0, weights=weights, threshold=0.5, margin=0.1)


def test_what_is_near_to_a_passage_is_on_topic(confidence: Confidence) -> None:
    assert confidence.on_topic(NOTHING._replace(vector=0.6), named=False)
    assert not confidence.on_topic(NOTHING, named=False)


def test_what_is_nearer_to_a_question_of_another_field_is_not(confidence: Confidence) -> None:
    assert not confidence.on_topic(NOTHING._replace(vector=0.6, astray=0.7), named=False)


def test_the_probability_stays_within_bounds_whatever_the_evidence(confidence: Confidence) -> None:
    assert confidence.probability(NOTHING._replace(vector=-1e9)) > 0
    assert confidence.probability(NOTHING._replace(vector=1e9)) <= 1


def test_a_near_miss_is_one_that_is_nearer_than_every_answered_question_by_the_margin(confidence: Confidence) -> None:
    unanswered = {"amount_not_stated": 0.9, "not_stated": 0.7, "out_of_scope": 0.99}
    assert confidence.missed(NOTHING._replace(question_vector=0.7), unanswered) == "amount_not_stated"
    assert confidence.missed(NOTHING._replace(question_vector=0.85), unanswered) is None


def test_where_no_near_miss_is_known_nothing_is_missed(confidence: Confidence) -> None:
    assert confidence.missed(NOTHING, {"out_of_scope": 0.99}) is None
    assert confidence.missed(NOTHING, {}) is None


def test_of_a_document_that_is_named_less_evidence_will_do(confidence: Confidence) -> None:
    evidence = NOTHING._replace(vector=0.2)
    assert 0.2 < confidence.probability(evidence) < 0.5
    assert confidence.on_topic(evidence, named=True)
    assert not confidence.on_topic(NOTHING, named=True)
