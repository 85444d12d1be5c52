import pytest

from qa_service.benchmark.timings import Timings, percentile, time_each


@pytest.mark.parametrize(("percent", "value"), [(50, 50.0), (90, 90.0), (99, 99.0), (100, 100.0), (0.5, 1.0)])
def test_a_percentile_of_a_hundred_values_is_the_value_of_that_rank(percent: float, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == value


def test_a_percentile_is_one_of_the_values_even_of_few() -> None:
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([3.0, 1.0], 50) == 1.0
    assert percentile([7.0], 99) == 7.0


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1.0], 0), ([1.0], 101)])
def test_a_percentile_that_is_none_is_refused(values: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match=r"percentile"):
        percentile(values, percent)


def test_durations_in_seconds_are_summed_up_in_milliseconds() -> None:
    timings = Timings.of([0.001 * n for n in range(1, 101)])
    assert timings.count == 100
    assert [timings.p50_ms, timings.p90_ms, timings.p99_ms] == pytest.approx([50, 90, 99])
    assert timings.mean_ms == pytest.approx(50.5)
    assert timings.per_second == pytest.approx(100 / 5.05)


def test_each_item_is_done_once_in_order_and_timed() -> None:
    done: list[str] = []
    seconds = time_each(done.append, ["甲", "乙"])
    assert done == ["甲", "乙"]
    assert len(seconds) == 2
    assert min(seconds) > 0
