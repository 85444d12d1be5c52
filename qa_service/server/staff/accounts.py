"""/api/v1/staff/accounts: who may sign in; for administrators."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path

from qa_service.access.accounts import account_name
from qa_service.errors import AccessError
from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.guard import AdminDep
from qa_service.server.staff.schemas import (
    AccountChangeIn,
    AccountIn,
    AccountOut,
    AccountsOut,
    CommentIn,
    NewPasswordOut,
    RevokedOut,
    SessionOut,
    SessionsOut,
)
from qa_service.server.staff.sessions import SessionPath

router = APIRouter()

NamePath = Annotated[str, Path(max_length=100, description="账号名")]


@router.get("/accounts", summary="账号列表", operation_id="list_accounts")
def list_accounts(admin: AdminDep, doorway: DoorwayDep) -> AccountsOut:
    """列出全部账号。"""
    return AccountsOut(accounts=[AccountOut.of(account) for account in doorway.gate.accounts.list()])


@router.post("/accounts", status_code=201, summary="新增账号", operation_id="add_account")
async def add_account(body: AccountIn, admin: AdminDep, doorway: DoorwayDep) -> NewPasswordOut:
    """新增账号，返回初始密码；密码只显示这一次，首次登录必须修改。"""
    name = account_name(body.name)
    add = partial(doorway.gate.accounts.add, name, body.role, admin.name, comment=body.comment)
    return NewPasswordOut(name=name, password=await doorway.hashing(add))


@router.get("/accounts/{name}", summary="一个账号", operation_id="get_account")
def get_account(name: NamePath, admin: AdminDep, doorway: DoorwayDep) -> AccountOut:
    """给出一个账号。"""
    return AccountOut.of(doorway.gate.accounts.find(name))


@router.patch("/accounts/{name}", summary="停用、启用、改角色", operation_id="change_account")
def change_account(name: NamePath, body: AccountChangeIn, admin: AdminDep, doorway: DoorwayDep) -> AccountOut:
    """停用或启用账号，或改它的角色，一次一项。停用即结束它的登录、吊销它的令牌；最后一个管理员不能停用或降级。"""
    accounts = doorway.gate.accounts
    if (body.role is None) == (body.disabled is None):
        raise AccessError("请写明改哪一项：role 或 disabled，一次一项。")
    if body.role is not None:
        accounts.change_role(name, body.role, admin.name, body.comment)
    elif body.disabled:
        accounts.disable(name, admin.name, body.comment)
    else:
        accounts.enable(name, admin.name, body.comment)
    return AccountOut.of(accounts.find(name))


@router.post("/accounts/{name}/password", summary="重设密码", operation_id="reset_password")
async def reset_password(name: NamePath, body: CommentIn, admin: AdminDep, doorway: DoorwayDep) -> NewPasswordOut:
    """另设初始密码，只显示这一次，登录后必须修改；它的登录全部结束。自己的密码请用“修改自己的密码”。"""
    account = doorway.gate.accounts.find(name).name
    if account == admin.name:
        raise AccessError("自己的密码请用 POST /api/v1/staff/password 修改，要提供旧密码。")
    reset = partial(doorway.gate.accounts.reset_password, account, admin.name, comment=body.comment)
    return NewPasswordOut(name=account, password=await doorway.hashing(reset))


@router.get("/accounts/{name}/sessions", summary="一个账号的登录", operation_id="list_account_sessions")
def list_sessions(name: NamePath, admin: AdminDep, doorway: DoorwayDep) -> SessionsOut:
    """列出一个账号在哪些地方登录着。"""
    return SessionsOut(sessions=[SessionOut.of(session) for session in doorway.gate.accounts.sessions(name)])


@router.delete("/accounts/{name}/sessions", summary="结束一个账号的全部登录", operation_id="end_account_sessions")
def end_sessions(name: NamePath, admin: AdminDep, doorway: DoorwayDep) -> RevokedOut:
    """结束一个账号的全部登录。"""
    return RevokedOut(ended=doorway.gate.accounts.revoke(name, admin.name))


@router.delete(
    "/accounts/{name}/sessions/{session_id}",
    status_code=204,
    summary="结束一个账号的一处登录",
    operation_id="end_account_session",
)
def end_session(name: NamePath, session_id: SessionPath, admin: AdminDep, doorway: DoorwayDep) -> None:
    """结束一个账号的一处登录。"""
    doorway.gate.accounts.revoke(name, admin.name, only=session_id)
