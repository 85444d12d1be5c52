"""/api/v1/staff/gaps: what the public asked and did not get, and what staff make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response
from pydantic import BeforeValidator

from qa_service.answer.models import Reason, Status
from qa_service.desk.gaps import Gap, GapDesk, Gaps, Period, State, comparer_of, last_days, open_gap_desk
from qa_service.journal.exchange import Channel
from qa_service.server.dependencies import ServiceDep
from qa_service.server.schemas import iso_date
from qa_service.server.staff.gaps.detail import detail_of
from qa_service.server.staff.gaps.schemas import DecidedOut, DecideIn, GapDetailOut, GapId, GapOut, GapsOut, UndoIn
from qa_service.server.staff.gaps.table import written
from qa_service.server.staff.guard import GapEditorDep, JournalReaderDep

router = APIRouter(prefix="/gaps", tags=["待补"])

USUAL_DAYS = 30
_LONGEST_PERIOD = timedelta(days=400)
_Day = Annotated[date | None, BeforeValidator(iso_date)]


def gap_desk_of(request: Request, service: ServiceDep) -> GapDesk:
    """Return the desk of the service that is asked; what it has read of questions is kept for as long as its build."""
    comparer = getattr(request.app.state, "gap_comparer", None)
    if comparer is None or comparer.searcher is not service.searcher:
        comparer = request.app.state.gap_comparer = comparer_of(service)
    return open_gap_desk(service, comparer)


GapDeskDep = Annotated[GapDesk, Depends(gap_desk_of)]
GapPath = Annotated[GapId, Path()]


def period_of(
    service: ServiceDep,
    since: Annotated[_Day, Query(description="从哪一天；空为 30 天前")] = None,
    until: Annotated[_Day, Query(description="到哪一天（含）；空为今天")] = None,
) -> Period:
    """Return the days that are asked for.

    Raises:
        HTTPException: they end before they begin, or are too many.
    """
    usual = last_days(USUAL_DAYS, service.clock)
    until = until or (usual.until if since is None else max(since, usual.until))
    since = since or until - timedelta(days=USUAL_DAYS - 1)
    if not since <= until <= since + _LONGEST_PERIOD:
        raise HTTPException(422, f"{since} 至 {until} 不可用：结束日期不能早于开始日期，最多查 400 天。")
    return Period(since, until)


PeriodDep = Annotated[Period, Depends(period_of)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which gaps are asked for: those with at least one question that is all of this."""

    state: Annotated[Literal["waiting", "open", "again", "decided", "all"], Query(description="处理到哪一步")] = (
        "waiting"
    )
    status: Annotated[Status | None, Query(description="怎样结束的")] = None
    reason: Annotated[Reason | None, Query(description="为什么没有答")] = None
    channel: Annotated[Channel | None, Query(description="渠道")] = None
    disliked: Annotated[bool, Query(description="只要被评为没用的")] = False
    sort: Annotated[Literal["count", "last"], Query(description="按次数，或按最近一次")] = "count"

    def among(self, gaps: Gaps) -> list[Gap]:
        """Return those, in the order asked for."""
        found = [gap for gap in gaps.gaps if self._is_in_state(gap) and self._is_like(gap)]
        if self.sort == "last":
            found.sort(key=lambda gap: gap.last.timestamp() if gap.last else 0.0, reverse=True)
        return found

    def _is_in_state(self, gap: Gap) -> bool:
        if self.state == "waiting":
            return gap.state is not State.DECIDED
        return self.state in ("all", gap.state.value)

    def _is_like(self, gap: Gap) -> bool:
        wanted = {"status": self.status, "reason": self.reason, "channel": self.channel}
        given = {name: value for name, value in wanted.items() if value is not None}
        if not given and not self.disliked:
            return True
        return any(
            all(getattr(asked, name) == value for name, value in given.items())
            and (asked.disliked or not self.disliked)
            for asked in gap.asked
        )


ChosenDep = Annotated[Chosen, Depends()]


@router.get("", summary="待补的问题", operation_id="list_gaps")
def list_gaps(
    desk: GapDeskDep,
    period: PeriodDep,
    chosen: ChosenDep,
    _: JournalReaderDep,
    offset: Annotated[int, Query(ge=0, le=100_000, description="跳过几个；翻页用")] = 0,
    most: Annotated[int, Query(ge=1, le=200, description="最多几个")] = 50,
) -> GapsOut:
    """没有答上来的、被评为没用的问题，问的是同一件事的归在一起，问得多的在前。"""
    return page_of(desk.gaps(period), period, chosen, offset, most)


@router.get("/export", summary="导出待补的问题", operation_id="export_gaps", response_class=Response)
def export(desk: GapDeskDep, period: PeriodDep, chosen: ChosenDep, _: JournalReaderDep) -> Response:
    """以 CSV 给出符合条件的全部问题，表格软件可直接打开。"""
    name = f"gaps-{period.since}-{period.until}.csv"
    return Response(
        written(chosen.among(desk.gaps(period))),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/{gap_id}", summary="一个待补的问题", operation_id="get_gap")
def get_gap(
    gap_id: GapPath, desk: GapDeskDep, service: ServiceDep, period: PeriodDep, _: JournalReaderDep
) -> GapDetailOut:
    """它的各种问法、每次怎样答的、语料里最相近的条款、处理记录。"""
    gaps = desk.gaps(period)
    return detail_of(gaps.named(gap_id), gaps, desk, service)


@router.post("/{gap_id}/decide", summary="处理一个问题", operation_id="decide_gap")
def decide(gap_id: GapPath, body: DecideIn, desk: GapDeskDep, period: PeriodDep, staff: GapEditorDep) -> DecidedOut:
    """记下怎样处理：已写答案、不在服务范围、缺文件、不是问题；记入操作记录，可以撤销。"""
    gaps = desk.gaps(period)
    chosen: Sequence[Gap] = [gaps.named(each) for each in dict.fromkeys([gap_id, *body.also])]
    once = {gap.id: gap for gap in chosen}.values()
    return DecidedOut(
        decided=[desk.decide(gap, body.outcome, staff.name, body.comment, body.curated_id).gap for gap in once]
    )


@router.post("/{gap_id}/undo", summary="撤销处理", operation_id="undo_gap")
def undo(gap_id: GapPath, body: UndoIn, desk: GapDeskDep, period: PeriodDep, staff: GapEditorDep) -> DecidedOut:
    """撤销处理，问题回到待处理；已写的答案不受影响，要停用请另外停用。"""
    gap = desk.gaps(period).named(gap_id)
    return DecidedOut(decided=[desk.store.undo(gap.id, staff.name, body.comment).gap])


def page_of(gaps: Gaps, period: Period, chosen: Chosen, offset: int, most: int) -> GapsOut:
    """Present a page of gaps."""
    found = chosen.among(gaps)
    return GapsOut(
        since=period.since,
        until=period.until,
        total=len(found),
        waiting=len(gaps.waiting),
        cut=gaps.cut,
        gaps=[GapOut.of(gap) for gap in found[offset : offset + most]],
        next_offset=offset + most if offset + most < len(found) else None,
    )
