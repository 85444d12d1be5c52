"""/desk/gaps: what the public asked and did not get."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qa_service.access.staff import Role
from qa_service.desk.words import CHANNELS, REASONS, STATUSES
from qa_service.errors import NotFoundError
from qa_service.journal.gap_store import Outcome
from qa_service.server.dependencies import ServiceDep
from qa_service.server.desk.page import DeskPageDep
from qa_service.server.staff.gaps.detail import detail_of
from qa_service.server.staff.gaps.router import ChosenDep, GapDeskDep, GapPath, PeriodDep, page_of
from qa_service.server.staff.guard import JournalReaderDep

router = APIRouter(prefix="/gaps")

_A_PAGE = 30
_STATES = {
    "waiting": "待处理",
    "again": "答后又问",
    "decided": "已处理",
    "all": "全部",
}
_MISSED = ("no_answer", "related", "clarify", "answered")
_WHY = (
    "no_evidence",
    "out_of_scope",
    "not_stated",
    "amount_not_stated",
    "place_not_covered",
    "time_not_covered",
    "partial",
    "complete",
)


@router.get("")
def gaps_page(
    request: Request,
    page: DeskPageDep,
    desk: GapDeskDep,
    period: PeriodDep,
    chosen: ChosenDep,
    staff: JournalReaderDep,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """Show gaps, the most frequent first."""
    shown = page_of(desk.gaps(period), period, chosen, offset, _A_PAGE)
    query = {key: value for key, value in request.query_params.items() if key != "offset" and value}

    def address(at: int) -> str:
        return f"/desk/gaps?{urlencode({**query, 'offset': at})}"

    context = {
        "shown": shown,
        "chosen": chosen,
        "states": _STATES,
        "statuses": {value: STATUSES[value] for value in _MISSED},
        "reasons": {value: REASONS[value] for value in _WHY},
        "channels": {str(value): label for value, label in CHANNELS.items()},
        "of_period": urlencode({"since": period.since.isoformat(), "until": period.until.isoformat()}),
        "export": f"/api/v1/staff/gaps/export?{urlencode(query)}",
        "before": address(max(0, offset - _A_PAGE)) if offset else None,
        "after": address(shown.next_offset) if shown.next_offset is not None else None,
        "first_row": offset,
        "filtered": bool(chosen.status or chosen.reason or chosen.channel or chosen.disliked),
    }
    return page.show("gaps.html", context)


@router.get("/{gap_id}")
def gap_page(
    gap_id: GapPath,
    page: DeskPageDep,
    desk: GapDeskDep,
    service: ServiceDep,
    period: PeriodDep,
    staff: JournalReaderDep,
) -> Response:
    """Show one gap with all that helps to close it."""
    gaps = desk.gaps(period)
    of_period = urlencode({"since": period.since.isoformat(), "until": period.until.isoformat()})
    try:
        gap = detail_of(gaps.named(gap_id), gaps, desk, service)
    except NotFoundError as error:
        return page.show("gap_not_found.html", {"detail": str(error), "of_period": of_period}, status=404)
    context = {
        "gap": gap,
        "of_period": of_period,
        "outcomes": [outcome for outcome in Outcome if outcome is not Outcome.ANSWERED],
        "editor": staff.role.covers(Role.EDITOR),
        "write": f"/desk/curated/new?{urlencode({'question': gap.question, 'gap': gap.id})}&{of_period}",
    }
    return page.show("gap.html", context)
