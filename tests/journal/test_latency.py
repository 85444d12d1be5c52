from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.journal.latency import EDGES_MS, latency_of


@given(st.lists(st.floats(0, 40_000).map(lambda value: round(value, 2)), min_size=1, max_size=300))
def test_percentiles_and_bins_are_those_of_numpy(values: list[float]) -> None:
    latency = latency_of(sorted(Counter(values).items()), len(values))
    assert latency.count == len(values)
    for percentile, found in ((50, latency.p50), (90, latency.p90), (99, latency.p99)):
        assert found == np.percentile(values, percentile, method="inverted_cdf")
    edges = [*EDGES_MS[:-1], 1e9]
    assert list(latency.bins) == np.histogram(values, edges)[0].tolist()


def test_of_nothing_there_is_none() -> None:
    latency = latency_of([], 0)
    assert (latency.p50, latency.p90, latency.p99, sum(latency.bins)) == (None, None, None, 0)


@pytest.mark.parametrize("edge", EDGES_MS[:-1])
def test_a_bin_holds_its_lower_edge(edge: float) -> None:
    assert latency_of([(edge, 3)], 3).bins[EDGES_MS.index(edge)] == 3
