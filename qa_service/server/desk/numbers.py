"""/desk/numbers: the figures of a period as whoever leads the station reads them, drawn and in words."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from qa_service.clock import today
from qa_service.desk.numbers.desk import NumbersReport
from qa_service.desk.numbers.findings import findings_of
from qa_service.desk.numbers.tables import change_of_asked, latency_labels, reason_label, tables_of
from qa_service.desk.numbers.words import FEW, change_of_share, counted, in_chinese, interval, milliseconds, percent
from qa_service.desk.words import CHANNELS, COMPLAINTS, STATUSES
from qa_service.errors import PeriodError
from qa_service.journal.period import LONGEST_DAYS, Compared, PeriodName, chosen_period
from qa_service.journal.proportion import Share
from qa_service.server.dependencies import ServiceDep
from qa_service.server.desk.charts import Bar, bars_of, buckets_of, columns_of, lines_of, unit_of
from qa_service.server.desk.page import DeskPageDep
from qa_service.server.staff.guard import JournalReaderDep
from qa_service.server.staff.numbers.router import NumbersDeskDep

router = APIRouter()

_SHOWN = 10
"""How many bars a drawing has at most; the table below it has the others."""
_MOST_BARS_OF_OUTCOMES = 12
Typed = Annotated[str, Query(max_length=40)]


@router.get("/numbers")
def numbers(
    service: ServiceDep,
    desk: NumbersDeskDep,
    page: DeskPageDep,
    _: JournalReaderDep,
    period: Typed = "",
    since: Typed = "",
    until: Typed = "",
) -> Response:
    """Show the figures of a period; of one that cannot be used it is said why, and the usual one is shown."""
    error, day = "", today(service.clock)
    try:
        compared = chosen_period(day, period.strip() or None, _day(since), _day(until))
    except PeriodError as refused:
        error, compared = str(refused), chosen_period(day, None, None, None)
    chosen = {"period": period} if period and not error else {}
    if (since or until) and not error:
        chosen = {"since": since.strip(), "until": until.strip()}
    report = desk.report(compared)
    context: dict[str, Any] = {
        "error": error,
        "compared": compared,
        "report": report,
        "chosen_name": "" if "since" in chosen else compared.name,
        "names": list(PeriodName),
        "typed": {"since": since, "until": until} if error else _ends(compared),
        "longest": LONGEST_DAYS,
        "today": day,
        "made_on": in_chinese(day),
        "percent": percent,
        "query": urlencode(chosen or {"period": PeriodName.THIRTY.value}),
    }
    if report.figures.totals.asked:
        context |= _drawn(report)
    return page.show("numbers.html", context, status=422 if error else 200)


def _day(typed: str) -> date | None:
    """Read a day; an empty box says none.

    Raises:
        PeriodError: it is no day.
    """
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise PeriodError(f"“{typed}”不是日期，请写成 2026-01-31 这样。") from wrong


def _ends(compared: Compared) -> Mapping[str, str]:
    return {"since": compared.period.first.isoformat(), "until": compared.period.last.isoformat()}


def _drawn(report: NumbersReport) -> dict[str, Any]:
    figures = report.figures
    buckets = buckets_of(list(figures.period.days))
    days = columns_of(
        [
            (
                bucket.name,
                bucket.short,
                {status: sum(figures.days[day][status] for day in bucket.days) for status in STATUSES},
            )
            for bucket in buckets
        ]
    )
    channels = lines_of(
        {
            CHANNELS.get(channel, channel): [sum(by_day.get(day, 0) for day in bucket.days) for bucket in buckets]
            for channel, by_day in figures.channels.items()
        }
    )
    hours = columns_of([(f"{hour}—{hour + 1}时", f"{hour}时", {"all": n}) for hour, n in enumerate(figures.hours)])
    return {
        "tables": tables_of(report),
        "findings": findings_of(report),
        "headline": _headline(report),
        "statuses": STATUSES,
        "days": days,
        "channels": channels,
        "ends": (buckets[0].short, buckets[-1].short),
        "unit": unit_of(figures.period.length),
        "hours": hours,
        "bars": _bars(report),
    }


def _bars(report: NumbersReport) -> Mapping[str, tuple[Bar, ...]]:
    figures = report.figures
    outcomes = [
        ("：".join(filter(None, (STATUSES[one.status], reason_label(one.status, one.reason)))), one.asked, "")
        for one in figures.outcomes
    ]
    documents = [
        (document.name, document.answers, f"/documents/{quote(document.id)}" if document.known else "")
        for document in report.documents
    ]
    passages = [
        (
            f"《{passage.document}》{passage.location}",
            passage.answers,
            f"/documents/{quote(passage.document_id)}#{quote(passage.id.partition('#')[2])}" if passage.known else "",
        )
        for passage in report.passages
    ]
    latency = [(name, count, "") for name, count in zip(latency_labels(), figures.latency.bins, strict=True)]
    return {
        "outcomes": bars_of(outcomes[:_MOST_BARS_OF_OUTCOMES]),
        "channels": bars_of(
            [(CHANNELS.get(channel, channel), sum(by_day.values()), "") for channel, by_day in figures.channels.items()]
        ),
        "topics": bars_of([(topic, count, "") for topic, count in report.topics.items()]),
        "documents": bars_of(documents[:_SHOWN]),
        "passages": bars_of(passages[:_SHOWN]),
        "questions": bars_of([(asked.question, asked.times, "") for asked in figures.questions[:_SHOWN]]),
        "complaints": bars_of([(COMPLAINTS.get(why, why), count, "") for why, count in figures.complaints.items()]),
        "curated": bars_of([(use.question, use.exact + use.alike, "") for use in figures.curated[:_SHOWN]]),
        "latency": bars_of(latency[: 1 + max(n for n, (_, count, _) in enumerate(latency) if count)]),
    }


def _headline(report: NumbersReport) -> tuple[tuple[str, str, str], ...]:
    """Return the figures at the top: what it is, how much, and a word on it."""
    totals, before, name = report.figures.totals, report.before, report.compared.before_name
    grounded, useful, latency = totals.grounded, totals.found_useful, report.figures.latency
    asked = "按北京时间"
    share = f"寒暄以外的{counted(grounded.whole)}问中{counted(grounded.part)}问"
    if before:
        asked = change_of_asked(report)
        share += f"；{change_of_share(grounded, before.grounded, name)}"
    rated = f"{counted(useful.whole)}次评价"
    if useful.whole:
        rated += f"，95%区间{interval(useful)}"
    open_ends = totals.by_status["related"] + totals.by_status["no_answer"]
    return (
        ("提问", counted(totals.asked), asked),
        ("有依据", percent(grounded.part, grounded.whole), share),
        (
            "没有得到所问的",
            counted(open_ends),
            f"未写明{counted(totals.by_status['related'])}，未收录{counted(totals.by_status['no_answer'])}",
        ),
        ("说有用", _useful(useful), rated if useful.whole else ""),
        ("一半的答复不超过", milliseconds(latency.p50), f"九成不超过{milliseconds(latency.p90)}"),
    )


def _useful(useful: Share) -> str:
    if not useful.whole:
        return "暂无评价"
    return percent(useful.part, useful.whole) if useful.whole >= FEW else f"{useful.whole}次中{useful.part}次"
