"""Where the desk's drawings stand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.server.desk.charts import bars_of, buckets_of, columns_of, lines_of, nice_ticks, unit_of

COUNTS = st.dictionaries(st.sampled_from(["answered", "related", "no_answer"]), st.integers(0, 10_000), min_size=1)


@given(st.integers(0, 50_000_000))
def test_ticks_are_round_evenly_apart_and_reach_the_top(most: int) -> None:
    ticks = nice_ticks(most)
    steps = {high - low for low, high in pairwise(ticks)}
    assert ticks[0] == 0
    assert ticks[-1] >= max(1, most)
    assert len(steps) == 1
    assert 2 <= len(ticks) <= 6
    assert str(steps.pop()).rstrip("0") in ("1", "2", "5")
    assert ticks[-2] < max(1, most), "the scale is not longer than it must be"


@given(st.lists(COUNTS, min_size=1, max_size=80))
def test_parts_stand_on_each_other_and_heights_add_up(stacks: list[dict[str, int]]) -> None:
    chart = columns_of([(f"c{n}", f"c{n}", counts) for n, counts in enumerate(stacks)])
    top = chart.ticks[-1].value
    for column, counts in zip(chart.columns, stacks, strict=True):
        assert column.total == sum(counts.values())
        assert sum(part.height for part in column.segments) == pytest.approx(100 * column.total / top, abs=0.01)
        assert all(part.count for part in column.segments)
        ground = 100.0
        for part in column.segments:
            assert part.y + part.height == pytest.approx(ground, abs=0.01)
            ground = part.y
        assert ground >= -0.01


@given(st.integers(1, 400))
def test_columns_and_labels_do_not_overlap_and_stay_within(count: int) -> None:
    chart = columns_of([(str(n), str(n), {"all": n}) for n in range(count)])
    for one, next_one in pairwise(chart.columns):
        assert one.x + one.width < next_one.x + 0.01
    assert chart.columns[0].x >= 0
    assert chart.columns[-1].x + chart.columns[-1].width <= 100.01
    wide = 22.0  # of the longest label on a phone in large text, in per cent
    shifts = {"start": 0.0, "middle": wide / 2, "end": wide}
    spans = [(label.x - shifts[label.anchor], label.x - shifts[label.anchor] + wide) for label in chart.labels]
    assert chart.labels
    assert all(left >= 0 and right <= 100.01 for left, right in spans)
    for (_, right), (left, _) in pairwise(spans):
        assert right <= left + 0.01


@pytest.mark.parametrize(("days", "unit", "buckets"), [(1, "日", 1), (62, "日", 62), (63, "周", 10), (400, "月", 14)])
def test_days_are_drawn_by_what_leaves_room(days: int, unit: str, buckets: int) -> None:
    period = [date(2026, 1, 1) + timedelta(n) for n in range(days)]
    made = buckets_of(period)
    assert unit_of(days) == unit
    assert len(made) == buckets
    assert [day for bucket in made for day in bucket.days] == period


def test_weeks_begin_on_monday_and_are_named_by_their_days() -> None:
    weeks = buckets_of([date(2026, 1, 1) + timedelta(n) for n in range(70)])
    assert weeks[0].name == "1月1日至1月4日"
    assert all(week.days[0].weekday() == 0 for week in weeks[1:])


def test_lines_share_one_scale() -> None:
    much, little = lines_of({"page": [0, 10, 5], "api": [1, 0, 0]})
    assert [y for _, y in much.points] == [100, 0, 50]
    assert [y for _, y in little.points] == [90, 100, 100]
    assert (much.total, much.most) == (15, 10)
    assert [x for x, _ in much.points] == pytest.approx([16.667, 50, 83.333])


def test_the_longest_bar_is_as_wide_as_the_plot() -> None:
    assert [bar.width for bar in bars_of([("a", 8, ""), ("b", 2, ""), ("c", 0, "")])] == [100, 25, 0]


def test_of_nothing_nothing_is_drawn() -> None:
    assert columns_of([]).columns == ()
    assert bars_of([]) == ()
    assert lines_of({}) == ()
    assert lines_of({"page": [0, 0]})[0].points == ((25.0, 100.0), (75.0, 100.0))
