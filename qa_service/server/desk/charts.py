"""Geometry of the desk's drawings: where things stand, in per cent of the plot, so that a drawing fits any width.

Nothing here knows colours or markup; ``desk/charts.html`` draws what stands here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from math import ceil, log10

_MOST_DAYS, _MOST_WEEKS_OF_DAYS = 62, 190
"""From how many days on weeks, and from how many on months are drawn: columns must stay wide enough to be told apart."""
_LABEL_PERCENT = 22.0
"""How far apart labels below a plot stand at least: what the longest takes on a phone in large text."""
_GAP = 0.25
"""The part of a column's place that is left empty."""
_WIDEST_PERCENT = 12.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text below the plot."""

    text: str
    x: float
    anchor: str
    """As SVG's ``text-anchor``: one at the edge does not hang over it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a column."""

    kind: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the place that it stands in."""

    name: str
    total: int
    x: float
    width: float
    segments: tuple[Segment, ...]
    """From the ground up; those of height 0 are left out."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One of several lines that share a scale."""

    kind: str
    total: int
    most: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that lies."""

    name: str
    count: int
    width: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days that are drawn as one."""

    name: str
    """In full."""
    short: str
    """As the label below the plot says it."""
    days: tuple[date, ...]


def unit_of(days: int) -> str:
    """Return what a period of so many days is drawn by: 日, 周 or 月."""
    return "日" if days <= _MOST_DAYS else "周" if days <= _MOST_WEEKS_OF_DAYS else "月"


def buckets_of(days: Sequence[date]) -> tuple[Bucket, ...]:
    """Return the days, weeks or months that a period is drawn by: whichever leaves room enough."""
    unit = unit_of(len(days))
    if unit == "日":
        return tuple(Bucket(_day(day), _day(day), (day,)) for day in days)
    if unit == "周":
        weeks = (tuple(week) for _, week in groupby(days, key=lambda day: day.toordinal() - day.weekday()))
        return tuple(Bucket(f"{_day(week[0])}至{_day(week[-1])}", _day(week[0]), week) for week in weeks)
    months = (tuple(month) for _, month in groupby(days, key=lambda day: (day.year, day.month)))
    return tuple(
        Bucket(f"{month[0].year}年{month[0].month}月", f"{month[0].year % 100:02d}年{month[0].month}月", month)
        for month in months
    )


def nice_ticks(most: int, about: int = 4) -> tuple[int, ...]:
    """Return round whole numbers from 0 to at least ``most``, evenly apart: 1, 2 or 5 times a power of ten.

    Args:
        most: what is to be reached, at least 0.
        about: into how many parts at most the scale is cut, at least 1.
    """
    least = max(1, most) / about
    power = 10 ** int(log10(least)) if least >= 1 else 1
    step = next(times * power for times in (1, 2, 5, 10, 20) if times * power >= least)
    return tuple(step * n for n in range(ceil(max(1, most) / step) + 1))


def columns_of(stacks: Sequence[tuple[str, str, Mapping[str, int]]]) -> Columns:
    """Return stacked columns side by side.

    Args:
        stacks: of each column its name, its label, and the counts of its parts from the ground up.
    """
    if not stacks:
        return Columns((), (), ())
    values = nice_ticks(max(sum(counts.values()) for _, _, counts in stacks))
    top, place = values[-1], 100 / len(stacks)
    width = min(place * (1 - _GAP), _WIDEST_PERCENT)
    columns = []
    for number, (name, _, counts) in enumerate(stacks):
        segments, below = [], 0
        for kind, count in counts.items():
            below += count
            if count:
                segments.append(Segment(kind, count, _round(100 - 100 * below / top), _round(100 * count / top)))
        left = number * place + (place - width) / 2
        columns.append(Column(name, below, _round(left), _round(width), tuple(segments)))
    ticks = tuple(Tick(value, _round(100 - 100 * value / top)) for value in values)
    return Columns(tuple(columns), ticks, _labels([label for _, label, _ in stacks]))


def lines_of(series: Mapping[str, Sequence[int]]) -> tuple[Line, ...]:
    """Return lines that are drawn one above the other, all to one scale so that they can be compared.

    Args:
        series: of each line its values, all of one length.
    """
    top = max((value for values in series.values() for value in values), default=0) or 1
    return tuple(
        Line(
            kind,
            sum(values),
            max(values, default=0),
            tuple(
                (_round(100 * (n + 0.5) / len(values)), _round(100 - 100 * value / top))
                for n, value in enumerate(values)
            ),
        )
        for kind, values in series.items()
    )


def bars_of(counts: Sequence[tuple[str, int, str]]) -> tuple[Bar, ...]:
    """Return bars that lie one below the other, the longest as wide as the plot.

    Args:
        counts: of each bar its name, its count, and the address that its name leads to, which may be empty.
    """
    top = max((count for _, count, _ in counts), default=0) or 1
    return tuple(Bar(name, count, _round(100 * count / top), href) for name, count, href in counts)


def _labels(texts: Sequence[str]) -> tuple[Label, ...]:
    """Return as many labels as stand apart, evenly chosen."""
    place = 100 / len(texts)
    for every in range(ceil(_LABEL_PERCENT / place), len(texts)):
        labels = [_label(text, n, place) for n, text in enumerate(texts) if n % every == 0]
        if all(_left(later) >= _left(earlier) + _LABEL_PERCENT for earlier, later in pairwise(labels)):
            return tuple(labels)
    return (_label(texts[0], 0, place),)


def _label(text: str, number: int, place: float) -> Label:
    middle = (number + 0.5) * place
    if middle < _LABEL_PERCENT / 2:
        return Label(text, _round(number * place), "start")
    if middle > 100 - _LABEL_PERCENT / 2:
        return Label(text, _round((number + 1) * place), "end")
    return Label(text, _round(middle), "middle")


def _left(label: Label) -> float:
    return label.x - {"start": 0.0, "middle": _LABEL_PERCENT / 2, "end": _LABEL_PERCENT}[label.anchor]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _round(value: float) -> float:
    return round(value, 3)
