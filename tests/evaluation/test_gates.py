from collections.abc import Callable

from qa_service.evaluation.gates import GATES, broken_gates
from qa_service.evaluation.verdict import Verdict

MakeVerdict = Callable[..., Verdict]


def test_a_run_that_keeps_every_bound_breaks_no_gate(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> None:
    run = [make_verdict(), make_verdict(refused=True, ranks=()), refusal_due()]
    bounds = {"--min-accuracy": 0.5, "--min-evidence3": 0.5, "--min-abstention": 1.0, "--max-refused": 0.5}
    assert set(bounds) == set(GATES)
    assert broken_gates(run, bounds) == []


def test_every_broken_gate_is_a_sentence_with_both_numbers(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> None:
    run = [make_verdict(), make_verdict(refused=True, ranks=()), refusal_due(refused=False)]
    bounds = {"--min-accuracy": 0.6, "--min-evidence3": 0.75, "--min-abstention": 0.1, "--max-refused": 0.25}
    assert broken_gates(run, bounds) == [
        "答案正确率 50.0% 低于 --min-accuracy 的 60.0%",
        "前 3 条含依据 50.0% 低于 --min-evidence3 的 75.0%",
        "不该答的拒住 0.0% 低于 --min-abstention 的 10.0%",
        "可答的被误拒 50.0% 高于 --max-refused 的 25.0%",
    ]


def test_a_gate_that_is_not_set_holds_and_one_without_questions_does_not(refusal_due: MakeVerdict) -> None:
    run = [refusal_due()]
    assert broken_gates(run, {"--min-accuracy": None}) == []
    (broken,) = broken_gates(run, {"--min-accuracy": 0.0})
    assert "没有可算“答案正确率”的题" in broken
