"""/api/v1/staff/sessions: where one is signed in, and ending that."""

from typing import Annotated

from fastapi import APIRouter, Path

from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.guard import ReaderDep, VisitDep
from qa_service.server.staff.schemas import RevokedOut, SessionOut, SessionsOut

router = APIRouter()

SessionPath = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="登录的编号")]


@router.get("/sessions", summary="自己在哪些地方登录着", operation_id="staff_sessions")
def sessions(staff: ReaderDep, visit: VisitDep, doorway: DoorwayDep) -> SessionsOut:
    """列出自己的登录，`current` 是这一个。"""
    mine = doorway.gate.sessions.of(visit.account_id)
    return SessionsOut(sessions=[SessionOut.of(session, visit.session_id) for session in mine])


@router.delete(
    "/sessions/{session_id}", status_code=204, summary="结束自己的一处登录", operation_id="staff_end_session"
)
def end_session(session_id: SessionPath, staff: ReaderDep, doorway: DoorwayDep) -> None:
    """结束自己的一处登录；也可以是这一处。"""
    doorway.gate.accounts.revoke(staff.name, staff.name, only=session_id)


@router.delete("/sessions", summary="结束自己的其他登录", operation_id="staff_end_other_sessions")
def end_other_sessions(staff: ReaderDep, visit: VisitDep, doorway: DoorwayDep) -> RevokedOut:
    """结束自己除这一处以外的全部登录。"""
    return RevokedOut(ended=doorway.gate.accounts.revoke(staff.name, staff.name, besides=visit.session_id))
