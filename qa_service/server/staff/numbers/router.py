"""/api/v1/staff/numbers: the figures of a period, and its tables as files."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from qa_service.clock import today
from qa_service.desk.numbers.desk import NumbersDesk
from qa_service.desk.numbers.file import csv_of, file_name, zip_of
from qa_service.desk.numbers.tables import TableKey, tables_of
from qa_service.journal.figures_store import FiguresStore
from qa_service.journal.period import Compared, PeriodName, chosen_period
from qa_service.keeping import open_journal
from qa_service.server.dependencies import ServiceDep
from qa_service.server.download import attachment
from qa_service.server.staff.guard import JournalReaderDep
from qa_service.server.staff.numbers.schemas import NumbersReportOut, numbers_out

router = APIRouter(prefix="/numbers", tags=["统计"])

MOST_QUESTIONS = 50
"""How many of the most frequent questions files and programs get."""


def period_of(
    service: ServiceDep,
    period: Annotated[PeriodName | None, Query(description="一段日子的名字；不写时近 30 天")] = None,
    since: Annotated[date | None, Query(description="自选：从哪一天")] = None,
    until: Annotated[date | None, Query(description="自选：到哪一天（含），最多 400 天")] = None,
) -> Compared:
    """Return the period that a program asks for."""
    return chosen_period(today(service.clock), period, since, until)


def desk_of(service: ServiceDep) -> NumbersDesk:
    """Return the desk over the journal and the live corpus."""
    return NumbersDesk(FiguresStore(open_journal(service.settings)), service.library, service.engine.passages_of)


ComparedDep = Annotated[Compared, Depends(period_of)]
NumbersDeskDep = Annotated[NumbersDesk, Depends(desk_of)]


@router.get("", summary="一段日子的统计", operation_id="numbers")
def numbers(compared: ComparedDep, desk: NumbersDeskDep, _: JournalReaderDep) -> NumbersReportOut:
    """提问、结果和原因、渠道、主题、引用、常见问题、评价、用时，连同上期；日期按北京时间。"""
    return numbers_out(desk.report(compared, questions=MOST_QUESTIONS))


@router.get(
    "/table",
    summary="一张统计表",
    operation_id="numbers_table",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
def table(
    table: Annotated[TableKey, Query(description="哪张表")],
    compared: ComparedDep,
    desk: NumbersDeskDep,
    _: JournalReaderDep,
) -> Response:
    """一张表，CSV，用 Excel 或 WPS 直接打开。"""
    made = tables_of(desk.report(compared, questions=MOST_QUESTIONS))[table]
    return Response(
        csv_of(made), media_type="text/csv; charset=utf-8", headers=_download(file_name(made.title, compared.period))
    )


@router.get(
    "/tables",
    summary="全部统计表",
    operation_id="numbers_tables",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}},
)
def tables(compared: ComparedDep, desk: NumbersDeskDep, service: ServiceDep, _: JournalReaderDep) -> Response:
    """全部表，一个压缩包里每表一个 CSV。"""
    made = tables_of(desk.report(compared, questions=MOST_QUESTIONS))
    return Response(
        zip_of(made.values(), compared.period, service.clock()),
        media_type="application/zip",
        headers=_download(file_name("统计", compared.period, "zip")),
    )


def _download(name: str) -> dict[str, str]:
    return attachment(f"numbers{name[name.index('_') :]}", name)
