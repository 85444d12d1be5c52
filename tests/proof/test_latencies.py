import pytest

from proof.latencies import Outcome, summary


def test_a_backlog_answered_late_does_not_count_as_a_higher_rate() -> None:
    outcomes = [Outcome(n / 10, 2.0, "200") for n in range(10)]
    assert summary(outcomes, 1).per_second == pytest.approx(10 / 2.9)


def test_without_requests_there_are_no_times() -> None:
    found = summary([], 5)
    assert (found.count, found.per_second, found.p99_ms, found.statuses) == (0, 0, None, {})


def test_refusals_do_not_stretch_the_time() -> None:
    assert summary([Outcome(0, 0.1, "200"), Outcome(0.5, 9, "timeout")], 1).per_second == 1
