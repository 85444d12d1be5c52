"""The staff's view of the journal: what was asked, how it ended, who changed what."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from pydantic import BaseModel, BeforeValidator, Field

from qa_service.answer.models import Status
from qa_service.journal.audit import AuditTrail
from qa_service.journal.exchange import Channel
from qa_service.journal.exchange_store import ExchangeStore, Wanted, as_json
from qa_service.keeping import open_exchanges, open_journal
from qa_service.server.dependencies import ServiceDep
from qa_service.server.own_session import ErasedOut
from qa_service.server.schemas import iso_moment
from qa_service.server.staff.guard import JournalAdminDep, JournalReaderDep

router = APIRouter(prefix="/journal", tags=["问答记录"])

_LONGEST_PERIOD = timedelta(days=400)


class DayOut(BaseModel):
    """What a channel was asked on a day."""

    day: date
    channel: str
    asked: int
    by_status: dict[str, int]
    helpful: int
    unhelpful: int
    mean_ms: float


class CitedOut(BaseModel):
    """A document, and how many answers cite it."""

    document_id: str
    answers: int


class NumbersOut(BaseModel):
    """The numbers of a period."""

    days: list[DayOut]
    most_cited: list[CitedOut]


class ExchangesOut(BaseModel):
    """Exchanges, the latest first."""

    exchanges: list[dict[str, Any]]
    next_before: Annotated[datetime | None, Field(description="下一页的 before；没有下一页时为空")]


class AuditEntryOut(BaseModel):
    """One change."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    comment: str


class AuditOut(BaseModel):
    """Changes, the latest first."""

    entries: list[AuditEntryOut]


class SessionIn(BaseModel):
    """A session."""

    session_id: Annotated[str, Field(min_length=1, max_length=64, description="当事人提供的会话编号")]


def exchanges_of(service: ServiceDep) -> ExchangeStore:
    """Return the exchanges of the service that is asked."""
    return open_exchanges(service.settings, service.clock)


StoreDep = Annotated[ExchangeStore, Depends(exchanges_of)]
Most = Annotated[int, Query(ge=1, le=200, description="最多几条")]


@router.get("/numbers", summary="按日统计", operation_id="journal_numbers")
def numbers(
    since: Annotated[date, Query(description="从哪一天")],
    until: Annotated[date, Query(description="到哪一天（含）")],
    store: StoreDep,
    _: JournalReaderDep,
) -> NumbersOut:
    """一段日子里各渠道每天问了多少、怎样答的、有用没用，最多 400 天；日期按北京时间。"""
    if not since <= until <= since + _LONGEST_PERIOD:
        raise HTTPException(422, f"{since} 至 {until} 不可用：结束日期不能早于开始日期，最多查 400 天。")
    days = [DayOut.model_validate(day, from_attributes=True) for day in store.numbers(since, until)]
    cited = [CitedOut(document_id=document_id, answers=n) for document_id, n in store.most_cited(since, until)]
    return NumbersOut(days=days, most_cited=cited)


@router.get("/exchanges", summary="问答记录", operation_id="journal_exchanges")
def exchanges(
    store: StoreDep,
    _: JournalReaderDep,
    status: Annotated[Status | None, Query(description="怎样结束的")] = None,
    channel: Annotated[Channel | None, Query(description="渠道")] = None,
    helpful: Annotated[bool | None, Query(description="评价有用（true）或没用（false）的")] = None,
    since: Annotated[date | None, Query(description="从哪一天")] = None,
    until: Annotated[date | None, Query(description="到哪一天（含）")] = None,
    before: Annotated[
        datetime | None, Query(description="只要早于这一刻的，带时区；翻页用"), BeforeValidator(iso_moment)
    ] = None,
    most: Most = 50,
) -> ExchangesOut:
    """问答记录，新的在前。提问中的个人信息在保存前已隐去。"""
    if before is not None and before.tzinfo is None:
        raise HTTPException(422, f"before={before.isoformat()} 没有时区，请写成 {before.isoformat()}+08:00。")
    found = store.exchanges(Wanted(status, helpful, channel, since, until, before), most)
    next_before = found[-1].at if len(found) == most else None
    return ExchangesOut(exchanges=[as_json(kept) for kept in found], next_before=next_before)


@router.get("/exchanges/{exchange_id}", summary="一次问答", operation_id="journal_exchange")
def exchange(exchange_id: str, store: StoreDep, _: JournalReaderDep) -> dict[str, Any]:
    """一次问答的全部记录。"""
    found = store.exchange(exchange_id)
    if found is None:
        raise HTTPException(404, f"没有编号为 {exchange_id[:64]!r} 的问答，可能已到期清除。")
    return as_json(found)


@router.get("/audit", summary="操作记录", operation_id="journal_audit")
def audit(
    service: ServiceDep,
    _: JournalReaderDep,
    before: Annotated[int | None, Query(ge=1, le=2**62, description="只要编号比它小的；翻页用")] = None,
    most: Most = 50,
) -> AuditOut:
    """谁在什么时候改了什么，新的在前。"""
    entries = AuditTrail(open_journal(service.settings), service.clock).entries(most=most, before=before)
    return AuditOut(entries=[AuditEntryOut.model_validate(entry, from_attributes=True) for entry in entries])


@router.post("/session/export", summary="导出一个人的会话", operation_id="journal_export")
def export(body: SessionIn, store: StoreDep, _: JournalAdminDep) -> ExchangesOut:
    """当事人要求查阅时，给出其会话的全部记录。"""
    return ExchangesOut(exchanges=[as_json(kept) for kept in store.of_session(body.session_id)], next_before=None)


@router.post("/session/erase", summary="删除一个人的会话", operation_id="journal_erase")
def erase(body: SessionIn, service: ServiceDep, store: StoreDep, staff: JournalAdminDep) -> ErasedOut:
    """当事人要求删除时，删去其会话的全部记录，并记入操作记录。"""
    service.sessions.forget(body.session_id)
    return ErasedOut(erased=store.erase_session(body.session_id, staff.name))
