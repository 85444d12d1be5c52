"""GET and DELETE /api/v1/sessions/{id}: what is kept of a session, for the person whose it is.

Who knows the id is taken for that person, so only ids that nobody can guess open anything: those that this service
gives, and as long ones that a client makes up.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from qa_service.journal.exchange_store import as_json
from qa_service.keeping import open_exchanges
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES

router = APIRouter(prefix="/api/v1/sessions", tags=["个人信息"], responses=RESPONSES)

GuessproofId = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9_-]{32,64}$", description="答复里的 session_id，不短于 32 个字符")
]
_NO_STORE = {"Cache-Control": "no-store"}


class SessionOut(BaseModel):
    """All that is kept of a session."""

    exchanges: Annotated[list[dict[str, Any]], Field(description="问答记录，先问的在前")]


class ErasedOut(BaseModel):
    """What was erased."""

    erased: Annotated[int, Field(description="删去了几条问答记录")]


@router.get("/{session_id}", summary="导出一个会话的记录", operation_id="export_session")
def export_session(session_id: GuessproofId, service: ServiceDep, response: Response) -> SessionOut:
    """给出本服务保存的这个会话的全部问答。知道编号的人就是会话的主人，所以只接受不短于 32 个字符的编号。"""
    response.headers.update(_NO_STORE)
    return SessionOut(
        exchanges=[as_json(kept) for kept in open_exchanges(service.settings, service.clock).of_session(session_id)]
    )


@router.delete("/{session_id}", summary="删除一个会话的记录", operation_id="erase_session")
def erase_session(session_id: GuessproofId, service: ServiceDep, response: Response) -> ErasedOut:
    """删去这个会话的全部问答、评价和上文。正在写入的几条可能晚几秒才入库，删后再查一次为妥。"""
    response.headers.update(_NO_STORE)
    service.sessions.forget(session_id)
    return ErasedOut(erased=open_exchanges(service.settings, service.clock).erase_session(session_id, "本人"))
