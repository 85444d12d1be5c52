import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa_service.benchmark.measure import benchmark
from qa_service.clock import Clock
from qa_service.errors import BenchmarkError
from qa_service.service import Service
from qa_service.settings import Settings


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(inner)
    elif isinstance(value, int | float):
        yield value


def test_every_figure_measured_is_finite_and_positive(service: Service, fixed_clock: Clock) -> None:
    stages: dict[str, tuple[int, int]] = {}
    report = benchmark(
        service.settings,
        3,
        cold_starts=1,
        clock=fixed_clock,
        progress=lambda stage, done, total: stages.update({stage: (done, total)}),
    )
    (run,) = json.loads(report.as_json())["runs"]
    measured = list(numbers_in(run))
    assert len(measured) >= 20
    assert all(math.isfinite(number) and number > 0 for number in measured)
    assert run["corpus"]["passages"] == len(service.engine.passages)
    assert [run[name]["count"] for name in ("first_answers", "retrieval", "answering")] == [3, 3, 3]
    for name in ("first_answers", "retrieval", "answering"):
        assert run[name]["p50_ms"] <= run[name]["p90_ms"] <= run[name]["p99_ms"]
    assert report.created == "2026-07-01T12:00:00+08:00"
    assert len(stages) == 6
    assert all(done == total for done, total in stages.values())


def test_a_service_that_does_not_answer_is_not_measured(tmp_path: Path) -> None:
    settings = Settings(corpus_dir=tmp_path / "nothing", index_dir=tmp_path / "index")
    with pytest.raises(BenchmarkError, match="qa-service ask"):
        benchmark(settings, 3, cold_starts=1)
