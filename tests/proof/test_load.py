from proof.latencies import Latencies, Outcome
from proof.load import Run, best, recovery


def run(connections: int, per_second: float, p99: float | None) -> Run:
    return Run("", "closed", connections, Latencies(1, per_second, 1, 1, p99, p99, {}), 0, 0)


def test_the_best_rate_is_taken_among_those_that_stay_well() -> None:
    assert best([run(2, 100, 30), run(4, 180, 80), run(8, 200, 400)]) == 4


def test_where_none_stays_well_the_quickest_is_taken() -> None:
    assert best([run(2, 100, 130), run(4, 180, 180), run(8, 0, None)]) == 2


def probes(*seconds: tuple[float, str]) -> list[Outcome]:
    return [Outcome(n + part / 10, took, ended) for n, (took, ended) in enumerate(seconds) for part in range(10)]


def test_a_server_is_well_again_when_it_stays_so_for_three_seconds() -> None:
    slow, well, refused = (0.5, "200"), (0.02, "200"), (0.001, "503")
    assert recovery(probes(well, well, well)) == 0
    assert recovery(probes(slow, refused, well, slow, well, well, well)) == 4
    assert recovery(probes(slow, well, well)) is None
