"""GET /api/v1/documents/{id}/compare: two versions of a text, clause by clause."""

from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from qa_service.server.asking import computed
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES
from qa_service.server.reader.comparing import compared
from qa_service.server.reader.schemas import ComparisonOut
from qa_service.server.schemas import ShortText, iso_date

router = APIRouter(prefix="/api/v1", tags=["文件"], responses=RESPONSES)

Day = Annotated[date | None, BeforeValidator(iso_date)]


@router.get("/documents/{document_id}/compare", summary="对照一份文件的两个文本", operation_id="compare_documents")
async def compare_documents(
    document_id: str,
    service: ServiceDep,
    other: Annotated[
        ShortText | None, Query(alias="with", description="与哪一份对照；空为前一个文本，最早的则为后一个")
    ] = None,
    since: Annotated[Day, Query(alias="from", description="较早的一天：对照这一天适用的文本")] = None,
    until: Annotated[Day, Query(alias="to", description="较晚的一天；只给一天的，另一天为今天")] = None,
) -> ComparisonOut:
    """逐条对照同一文件的两个文本：哪些条新增、删去、修改、只改序号，修改的逐词标出。较早的文本总在前面。"""
    return await computed(service, partial(compared, service, document_id, other, since, until))
