from collections.abc import Callable

import pytest

from qa_service.evaluation.figures import Figure, estimates, median_answer_length, value_of
from qa_service.evaluation.verdict import Verdict

MakeVerdict = Callable[..., Verdict]


@pytest.fixture
def run(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> list[Verdict]:
    """Four answerable questions, three that must be refused, and small talk."""
    return [
        make_verdict(id="first", ranks=(1,)),
        make_verdict(id="third", ranks=(3,), facts=(True, False)),
        make_verdict(id="several", ranks=(2, 5), places=2, needs_all=True, answer="八个字的答案啊。"),
        make_verdict(id="refused", ranks=(), refused=True, facts=(False,), answer="没有找到。"),
        refusal_due(id="kept"),
        refusal_due(id="kept too"),
        refusal_due(id="answered", refused=False),
        make_verdict(id="hello", kind="smalltalk", answerable=False, places=0, ranks=(), facts=(), refused=True),
    ]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (Figure.EVIDENCE_1, 1 / 4),
        (Figure.EVIDENCE_3, 3 / 4),
        (Figure.EVIDENCE_5, 3 / 4),
        (Figure.ALL_EVIDENCE_5, 1.0),
        (Figure.MRR, (1 + 1 / 3 + 1 / 2) / 4),
        (Figure.ACCURACY, 2 / 4),
        (Figure.REFUSED_ANSWERABLE, 1 / 4),
        (Figure.ABSTENTION_PRECISION, 2 / 3),
        (Figure.ABSTENTION_RECALL, 2 / 3),
        (Figure.ABSTENTION_F1, 2 / 3),
    ],
)
def test_figures_are_as_computed_by_hand(run: list[Verdict], figure: Figure, value: float) -> None:
    assert value_of(figure, run) == pytest.approx(value)
    assert estimates(run)[figure].value == pytest.approx(value)


def test_f1_is_the_harmonic_mean_of_precision_and_recall(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> None:
    run = [refusal_due(), refusal_due(refused=False), *[make_verdict(refused=True)] * 3]
    precision, recall = value_of(Figure.ABSTENTION_PRECISION, run), value_of(Figure.ABSTENTION_RECALL, run)
    assert (precision, recall) == (1 / 4, 1 / 2)
    assert value_of(Figure.ABSTENTION_F1, run) == pytest.approx(2 * (1 / 4) * (1 / 2) / (3 / 4))


def test_questions_without_evidence_count_for_answers_only(make_verdict: MakeVerdict) -> None:
    run = [make_verdict(places=0, ranks=()), make_verdict()]
    assert value_of(Figure.EVIDENCE_1, run) == 1.0
    assert value_of(Figure.ACCURACY, run) == 1.0


def test_several_places_count_together_only_where_all_are_needed(make_verdict: MakeVerdict) -> None:
    assert value_of(Figure.ALL_EVIDENCE_5, [make_verdict(places=2, ranks=(1,))]) is None
    missed = make_verdict(places=2, ranks=(1,), needs_all=True)
    late = make_verdict(places=2, ranks=(1, 6), needs_all=True)
    assert value_of(Figure.ALL_EVIDENCE_5, [missed, late]) == 0.0


def test_a_figure_that_no_question_bears_on_has_no_value(refusal_due: MakeVerdict) -> None:
    run = [refusal_due()]
    assert value_of(Figure.ACCURACY, run) is None
    assert set(estimates(run)) == {Figure.ABSTENTION_PRECISION, Figure.ABSTENTION_RECALL, Figure.ABSTENTION_F1}
    assert estimates([]) == {}


def test_intervals_are_the_same_every_time_and_hold_the_value(run: list[Verdict]) -> None:
    first = estimates(run * 10)
    assert first == estimates(run * 10)
    for estimate in first.values():
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_the_interval_of_a_share_is_about_two_standard_errors(make_verdict: MakeVerdict) -> None:
    run = [make_verdict(refused=n < 50) for n in range(100)]
    estimate = estimates(run)[Figure.ACCURACY]
    assert estimate.value == 0.5
    assert estimate.low == pytest.approx(0.402, abs=0.02)
    assert estimate.high == pytest.approx(0.598, abs=0.02)


def test_more_questions_make_the_interval_narrower(run: list[Verdict]) -> None:
    few, many = estimates(run * 2)[Figure.MRR], estimates(run * 50)[Figure.MRR]
    assert many.high - many.low < (few.high - few.low) / 3
    assert (few.questions, many.questions) == (8, 200)


def test_the_length_is_that_of_answers_that_were_given(run: list[Verdict], refusal_due: MakeVerdict) -> None:
    assert median_answer_length(run) == len("每件资助一万元。[1]")
    assert median_answer_length([refusal_due(refused=False, answer="不该有的答案")]) is None


def test_less_is_better_only_for_questions_refused_by_mistake() -> None:
    assert [figure for figure in Figure if not figure.more_is_better] == [Figure.REFUSED_ANSWERABLE]
    assert all(figure.label for figure in Figure)
