import random
from collections import Counter

from proof.latencies import Latencies
from proof.processes import Growth
from proof.soak import Figures, Plan, judge
from proof.visitors import Visitors
from qa_service.benchmark.machine import Machine


def figures(late: int = 100, statuses: dict[str, int] | None = None, replaced: int = 0, tracebacks: int = 0) -> Figures:
    return Figures(
        machine=Machine(2, "", "", "", 0.0),
        plan=Plan(20, 50, 2),
        visits=Latencies(10, 1, 1, 1, 1, 1, statuses or {"200": 10, "404": 2}),
        by_kind={},
        skipped=0,
        growth=(Growth(1, 100, late, late, (5, 5), (4, 4)),),
        rss_mb={},
        replaced=replaced,
        tracebacks=tracebacks,
    )


def test_a_quiet_run_passes() -> None:
    assert judge(figures(late=104)) == []


def test_growth_errors_and_deaths_do_not() -> None:
    assert "5.0%" in judge(figures(late=105))[0]
    assert "500" in judge(figures(statuses={"500": 1}))[0]
    assert "timeout" in judge(figures(statuses={"timeout": 1}))[0]
    assert judge(figures(replaced=1))
    assert judge(figures(tracebacks=1))


def test_a_process_is_warm_after_five_minutes_and_in_a_short_run_after_a_quarter() -> None:
    assert Plan(20, 50, 2).settled_s == 300
    assert Plan(4, 50, 2).settled_s == 60


def test_all_kinds_come_and_feedback_only_where_it_is_taken() -> None:
    def kinds(takes_feedback: bool) -> Counter[str]:
        visitors = Visitors("x", 1, ["问"], ["d"], takes_feedback, random.Random(1))
        return Counter(visitors.next()[0] for _ in range(3000))

    assert "feedback" not in kinds(False)
    assert {"ask", "follow_up", "stream_left", "garbage", "slow", "left_early", "feedback"} <= set(kinds(True))
