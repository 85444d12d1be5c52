"""The tables of a report: what a page shows below each drawing, a file holds, and a report is copied from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isinf

from qa_service.clock import CHINA
from qa_service.desk.numbers.desk import NumbersReport
from qa_service.desk.numbers.words import (
    change_of_count,
    change_of_share,
    counted,
    exact_percent,
    interval,
    milliseconds,
)
from qa_service.desk.words import CHANNELS, COMPLAINTS, REASONS, STATUSES
from qa_service.journal.latency import EDGES_MS, PERCENTILES
from qa_service.journal.period import PeriodName

Cell = str | int
Rows = Iterable[tuple[Cell, ...]]


class TableKey(StrEnum):
    """Which table."""

    SUMMARY = "summary"
    DAYS = "days"
    OUTCOMES = "outcomes"
    CHANNELS = "channels"
    TOPICS = "topics"
    DOCUMENTS = "documents"
    PASSAGES = "passages"
    QUESTIONS = "questions"
    COMPLAINTS = "complaints"
    REMARKS = "remarks"
    CURATED = "curated"
    HOURS = "hours"
    LATENCY = "latency"


@dataclass(frozen=True, slots=True)
class NumbersTable:
    """One table: a number is a number, all else is text."""

    key: TableKey
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_GOING_ON = (PeriodName.TODAY.label, PeriodName.MONTH.label, PeriodName.YEAR.label)


def tables_of(report: NumbersReport) -> Mapping[TableKey, NumbersTable]:
    """Return the tables of a report by their keys, in the order in which they are read."""
    return {key: NumbersTable(key, title, *make(report)) for key, (title, make) in _TABLES.items()}


def reason_label(status: str, reason: str) -> str:
    """Return why a question ended as it did; greetings and questions back have no reason to speak of."""
    return "" if status in ("smalltalk", "clarify") and reason != "handover" else REASONS.get(reason, reason)


def change_of_asked(report: NumbersReport) -> str:
    """Say how much more or less was asked than before; empty where that is not known."""
    before, name = report.before, report.compared.before_name
    if before is None:
        return ""
    if (
        report.compared.period.length == 1 and report.compared.name in _GOING_ON
    ):  # a day that goes on is not less than one that is over
        return f"今天还没有过完；{name}{counted(before.asked)}"
    return change_of_count(report.figures.totals.asked, before.asked, name)


def latency_labels() -> tuple[str, ...]:
    """Return what the bins of the distribution are called."""
    bins = pairwise(EDGES_MS)
    return tuple(
        f"不到{_time(high)}" if low == 0 else f"{_time(low)}以上" if isinf(high) else f"{_time(low)}—{_time(high)}"
        for low, high in bins
    )


def _time(value: float) -> str:
    return f"{value:.0f}毫秒" if value < 1000 else f"{value / 1000:.0f}秒"


_Made = tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]


def _summary(report: NumbersReport) -> _Made:
    totals, before, latency = report.figures.totals, report.before, report.figures.latency
    name = report.compared.before_name
    useful, grounded = totals.found_useful, totals.grounded
    rows: list[tuple[Cell, ...]] = [
        ("提问", totals.asked, before.asked if before else "", change_of_asked(report)),
        (
            "有依据的占寒暄以外的提问",
            exact_percent(grounded.part, grounded.whole),
            exact_percent(before.grounded.part, before.grounded.whole) if before else "",
            change_of_share(grounded, before.grounded, name) if before else "",
        ),
    ]
    rows += [
        (STATUSES[status], totals.by_status[status], before.by_status[status] if before else "", "")
        for status in STATUSES
    ]
    rows += [
        ("评价有用", totals.helpful, before.helpful if before else "", ""),
        ("评价没用", totals.unhelpful, before.unhelpful if before else "", ""),
        (
            "有用率",
            exact_percent(useful.part, useful.whole),
            exact_percent(before.found_useful.part, before.found_useful.whole) if before else "",
            f"95%区间{interval(useful)}" if useful.whole else "",
        ),
        ("采用人工审核的答案", sum(use.exact + use.alike for use in report.figures.curated), "", ""),
    ]
    rows += [
        (f"{percentile}%的答复不超过", milliseconds(value), "", "")
        for percentile, value in zip(PERCENTILES, (latency.p50, latency.p90, latency.p99), strict=True)
    ]
    return ("指标", "本期", "上期", "说明"), tuple(rows)


def _days(report: NumbersReport) -> _Made:
    rows: Rows = (
        (day.isoformat(), sum(counts.values()), *(counts[status] for status in STATUSES))
        for day, counts in report.figures.days.items()
    )
    return ("日期", "提问", *STATUSES.values()), tuple(rows)


def _channels(report: NumbersReport) -> _Made:
    channels = report.figures.channels
    rows: Rows = (
        (day.isoformat(), *(by_day.get(day, 0) for by_day in channels.values())) for day in report.figures.period.days
    )
    return ("日期", *(CHANNELS.get(channel, channel) for channel in channels)), tuple(rows) if channels else ()


def _outcomes(report: NumbersReport) -> _Made:
    order = list(STATUSES)
    outcomes = sorted(report.figures.outcomes, key=lambda one: (order.index(one.status), -one.asked))
    total = report.figures.totals.asked
    return ("结果", "原因", "次数", "占比"), tuple(
        (STATUSES[one.status], reason_label(one.status, one.reason), one.asked, exact_percent(one.asked, total))
        for one in outcomes
    )


def _topics(report: NumbersReport) -> _Made:
    return ("主题", "答复", "占比"), tuple(
        (topic, count, exact_percent(count, report.grounds)) for topic, count in report.topics.items()
    )


def _documents(report: NumbersReport) -> _Made:
    return ("文件", "引用它的答复", "其中首要依据"), tuple(
        (document.name, document.answers, document.first) for document in report.documents
    )


def _passages(report: NumbersReport) -> _Made:
    return ("文件", "条款", "引用次数"), tuple(
        (passage.document, passage.location, passage.answers) for passage in report.passages
    )


def _questions(report: NumbersReport) -> _Made:
    kept = [status for status in STATUSES if status != "smalltalk"]
    rows: Rows = (
        (asked.question, asked.times, asked.wordings, *(asked.by_status.get(status, 0) for status in kept))
        for asked in report.figures.questions
    )
    return ("提问", "次数", "写法", *(STATUSES[status] for status in kept)), tuple(rows)


def _hours(report: NumbersReport) -> _Made:
    return ("时段", "提问"), tuple((f"{hour}—{hour + 1}时", count) for hour, count in enumerate(report.figures.hours))


def _latency(report: NumbersReport) -> _Made:
    latency = report.figures.latency
    return ("用时", "次数", "占比"), tuple(
        (label, count, exact_percent(count, latency.count))
        for label, count in zip(latency_labels(), latency.bins, strict=True)
    )


def _complaints(report: NumbersReport) -> _Made:
    unhelpful = report.figures.totals.unhelpful
    return ("没用的原因", "次数", "占比"), tuple(
        (COMPLAINTS.get(reason, reason), count, exact_percent(count, unhelpful))
        for reason, count in report.figures.complaints.items()
    )


def _remarks(report: NumbersReport) -> _Made:
    return ("时间", "提问", "原因", "补充说明"), tuple(
        (
            f"{remark.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            remark.question,
            COMPLAINTS.get(remark.reason or "", remark.reason or ""),
            remark.comment,
        )
        for remark in report.figures.remarks
    )


def _curated(report: NumbersReport) -> _Made:
    return ("审核过的提问", "一字不差", "问法相近", "合计"), tuple(
        (use.question, use.exact, use.alike, use.exact + use.alike) for use in report.figures.curated
    )


_TABLES: Mapping[TableKey, tuple[str, Callable[[NumbersReport], _Made]]] = {
    TableKey.SUMMARY: ("总览", _summary),
    TableKey.DAYS: ("每日提问", _days),
    TableKey.OUTCOMES: ("结果和原因", _outcomes),
    TableKey.CHANNELS: ("各渠道每日提问", _channels),
    TableKey.TOPICS: ("主题", _topics),
    TableKey.DOCUMENTS: ("引用最多的文件", _documents),
    TableKey.PASSAGES: ("引用最多的条款", _passages),
    TableKey.QUESTIONS: ("问得最多的问题", _questions),
    TableKey.COMPLAINTS: ("没用的原因", _complaints),
    TableKey.REMARKS: ("没用的补充说明", _remarks),
    TableKey.CURATED: ("人工审核的答案", _curated),
    TableKey.HOURS: ("提问时段", _hours),
    TableKey.LATENCY: ("答复用时", _latency),
}
