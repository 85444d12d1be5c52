import pytest

from proof.wrk import WrkError, read_result

SAID = (
    "Running 1s test\n"
    'RESULT {"count": 300, "us": 2000000, "p50": 1500, "p90": 2500, "p99": 9000, "max": 12000, '
    '"statuses": {"200": 280, "503": 20}, "closed": 0, "refused": 0, "timeout": 3}\n'
)


def test_the_rate_is_that_of_answers_and_not_of_refusals() -> None:
    found = read_result(SAID)
    assert found.per_second == 140
    assert found.count == 300


def test_times_are_in_milliseconds_and_what_had_no_status_is_counted_beside_the_statuses() -> None:
    found = read_result(SAID)
    assert (found.p50_ms, found.p99_ms, found.max_ms) == (1.5, 9.0, 12.0)
    assert found.statuses == {"200": 280, "503": 20, "timeout": 3}


def test_without_a_result_it_says_what_was_said() -> None:
    with pytest.raises(WrkError, match="unable to connect"):
        read_result("unable to connect to 127.0.0.1")
