"""The figures of a period as the API gives them."""

from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from qa_service.desk.numbers.desk import NumbersReport
from qa_service.journal.latency import EDGES_MS
from qa_service.journal.proportion import Share


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PeriodOut(BaseModel):
    """Days, both ends included."""

    name: str
    first: date
    last: date


class ShareOut(BaseModel):
    """A share and how sure it is."""

    part: int
    whole: int
    rate: Annotated[float | None, Field(description="0 到 1；没有可数的时为空")]
    interval: Annotated[tuple[float, float] | None, Field(description="95% 的威尔逊区间")]


class TotalsOut(BaseModel):
    """The sums of a period."""

    asked: int
    by_status: dict[str, int]
    grounded: Annotated[ShareOut, Field(description="寒暄以外的提问里有依据的")]
    useful: Annotated[ShareOut, Field(description="评价里说有用的")]


class DayOut(BaseModel):
    """A day; days without a question are there with zeros."""

    day: date
    asked: int
    by_status: dict[str, int]
    by_channel: dict[str, int]


class OutcomeOut(_Out):
    """How many questions ended in one way."""

    status: str
    reason: str
    asked: int


class TopicOut(BaseModel):
    """Answers by the topics of their main ground's document."""

    topic: str
    answers: int


class DocumentOut(_Out):
    """A document that answers cite."""

    id: str
    name: str
    answers: int
    first: Annotated[int, Field(description="其中以它为首要依据的")]


class PassageOut(_Out):
    """A passage that answers cite."""

    id: str
    document_id: str
    document: str
    location: str
    answers: int


class AskedOut(_Out):
    """A question, personal data masked."""

    question: str
    times: int
    wordings: int
    by_status: dict[str, int]


class RemarkOut(_Out):
    """What somebody wrote of an answer that did not help."""

    at: datetime
    exchange_id: str
    question: str
    reason: str | None
    comment: str


class CuratedUseOut(_Out):
    """How often a curated answer was given."""

    answer_id: str
    question: str
    exact: int
    alike: int


class BinOut(BaseModel):
    """A part of the distribution of times."""

    from_ms: float
    below_ms: float | None
    answers: int


class LatencyOut(BaseModel):
    """How long answers took, in milliseconds."""

    p50: float | None
    p90: float | None
    p99: float | None
    bins: list[BinOut]


class NumbersReportOut(BaseModel):
    """The figures of a period."""

    period: PeriodOut
    compared_with: PeriodOut
    kept_since: Annotated[date | None, Field(description="记录里最早的一天")]
    cautions: Annotated[list[str], Field(description="引用这些数字前要知道的")]
    totals: TotalsOut
    before: Annotated[TotalsOut | None, Field(description="上期；记录不全时为空")]
    days: list[DayOut]
    outcomes: list[OutcomeOut]
    origins: dict[str, int]
    hours: Annotated[list[int], Field(description="北京时间 0 时至 23 时各有多少提问")]
    topics: list[TopicOut]
    documents: list[DocumentOut]
    passages: list[PassageOut]
    questions: list[AskedOut]
    complaints: dict[str, int]
    remarks: list[RemarkOut]
    curated: list[CuratedUseOut]
    latency: LatencyOut


def _share(share: Share) -> ShareOut:
    return ShareOut(part=share.part, whole=share.whole, rate=share.rate, interval=share.interval)


def _totals(totals: Any) -> TotalsOut:  # noqa: ANN401
    return TotalsOut(
        asked=totals.asked,
        by_status=dict(totals.by_status),
        grounded=_share(totals.grounded),
        useful=_share(totals.found_useful),
    )


def numbers_out(report: NumbersReport) -> NumbersReportOut:
    """Present a report."""
    figures, compared, latency = report.figures, report.compared, report.figures.latency
    days = [
        DayOut(
            day=day,
            asked=sum(counts.values()),
            by_status=dict(counts),
            by_channel={channel: by_day.get(day, 0) for channel, by_day in figures.channels.items()},
        )
        for day, counts in figures.days.items()
    ]
    bins = [
        BinOut(from_ms=low, below_ms=None if high == EDGES_MS[-1] else high, answers=count)
        for (low, high), count in zip(pairwise(EDGES_MS), latency.bins, strict=True)
    ]
    return NumbersReportOut(
        period=PeriodOut(name=compared.name, first=compared.period.first, last=compared.period.last),
        compared_with=PeriodOut(name=compared.before_name, first=compared.before.first, last=compared.before.last),
        kept_since=figures.kept_since,
        cautions=list(report.cautions),
        totals=_totals(figures.totals),
        before=_totals(report.before) if report.before else None,
        days=days,
        outcomes=[OutcomeOut.model_validate(one) for one in figures.outcomes],
        origins=dict(figures.origins),
        hours=list(figures.hours),
        topics=[TopicOut(topic=topic, answers=count) for topic, count in report.topics.items()],
        documents=[DocumentOut.model_validate(one) for one in report.documents],
        passages=[PassageOut.model_validate(one) for one in report.passages],
        questions=[AskedOut.model_validate(one) for one in figures.questions],
        complaints=dict(figures.complaints),
        remarks=[RemarkOut.model_validate(one) for one in figures.remarks],
        curated=[CuratedUseOut.model_validate(one) for one in figures.curated],
        latency=LatencyOut(p50=latency.p50, p90=latency.p90, p99=latency.p99, bins=bins),
    )
