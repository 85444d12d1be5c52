"""Who may pass: every route of the staff's asks for one of these.

A person has a session's cookie and passes by role. A program has a bearer token and passes by role and scope: a guard
without a scope lets no program in.
"""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool

from qa_service.access.scope import Scope
from qa_service.access.sessions import Visit
from qa_service.access.staff import Role, Staff
from qa_service.server.staff import cookies
from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.forgery import require_csrf

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="staff"'}
MUST_CHANGE = "请先修改密码：管理员给的初始密码只能用来登录一次。"


def not_signed_in() -> HTTPException:
    """Return what is said to somebody who is not signed in."""
    return HTTPException(401, "请先登录，或登录已失效。", headers=_CHALLENGE)


async def visit_of(request: Request, doorway: DoorwayDep) -> Visit:
    """Return whose session a request is of, even one who must change the password first.

    Raises:
        HTTPException: nobody's who is signed in, or it was made by another site.
    """
    token = None if "authorization" in request.headers else cookies.session_token(request, doorway)
    visit = await run_in_threadpool(doorway.gate.sessions.visit, token) if token else None
    if visit is None:
        raise not_signed_in()
    await require_csrf(request, doorway, visit)
    return visit


async def staff_of(request: Request, doorway: DoorwayDep) -> Staff:
    """Return who makes a request.

    Raises:
        HTTPException: nobody who has signed in, and no valid token.
    """
    authorization = request.headers.get("authorization")
    if authorization is not None:
        # A token that is wrong is not made good by a cookie.
        scheme, _, text = authorization.partition(" ")
        shown = text.strip() if scheme.casefold() == "bearer" else ""
        holder = await run_in_threadpool(doorway.gate.tokens.holder, shown) if shown else None
        if holder is None:
            raise HTTPException(
                401,
                "令牌不对、已过期或已吊销。",
                headers={"WWW-Authenticate": 'Bearer realm="staff", error="invalid_token"'},
            )
        return holder
    visit = await visit_of(request, doorway)
    if visit.must_change_password:
        raise HTTPException(403, MUST_CHANGE)
    return visit.staff


class Guard:
    """Lets in a role and those above it; of programs those whose token has the scope."""

    def __init__(self, role: Role, scope: Scope | None = None) -> None:
        self.role = role
        self.scope = scope

    def __call__(self, staff: Annotated[Staff, Depends(staff_of)]) -> Staff:
        """Return who makes a request.

        Raises:
            HTTPException: somebody who may not.
        """
        if staff.scopes is not None and self.scope is None:
            raise HTTPException(403, "这个接口只供人登录后使用，不接受令牌。")
        if staff.scopes is not None and self.scope not in staff.scopes:
            raise HTTPException(403, f"{staff.name} 没有用途“{self.scope}”。请另发一个有这项用途的令牌。")
        if not staff.role.covers(self.role):
            raise HTTPException(
                403, f"这项操作需要“{self.role.label}”权限，{staff.name} 是“{staff.role.label}”。请联系管理员。"
            )
        return staff


def at_least(role: Role, scope: Scope | None = None) -> Guard:
    """Return what lets in a role and those above it, and of programs those that have a scope."""
    return Guard(role, scope)


VisitDep = Annotated[Visit, Depends(visit_of)]
ReaderDep = Annotated[Staff, Depends(Guard(Role.READER))]
EditorDep = Annotated[Staff, Depends(Guard(Role.EDITOR))]
AdminDep = Annotated[Staff, Depends(Guard(Role.ADMIN))]

JournalReaderDep = Annotated[Staff, Depends(Guard(Role.READER, Scope.JOURNAL_READ))]
GapEditorDep = Annotated[Staff, Depends(Guard(Role.EDITOR, Scope.JOURNAL_WRITE))]
JournalAdminDep = Annotated[Staff, Depends(Guard(Role.ADMIN, Scope.JOURNAL_WRITE))]
CuratedReaderDep = Annotated[Staff, Depends(Guard(Role.READER, Scope.CURATED_READ))]
CuratedEditorDep = Annotated[Staff, Depends(Guard(Role.EDITOR, Scope.CURATED_WRITE))]
DocumentsReaderDep = Annotated[Staff, Depends(Guard(Role.READER, Scope.DOCUMENTS_READ))]
DocumentsEditorDep = Annotated[Staff, Depends(Guard(Role.EDITOR, Scope.DOCUMENTS_WRITE))]
OperationsReaderDep = Annotated[Staff, Depends(Guard(Role.READER, Scope.OPERATIONS))]
OperationsAdminDep = Annotated[Staff, Depends(Guard(Role.ADMIN, Scope.OPERATIONS))]
