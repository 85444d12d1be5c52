"""/api/v1/staff/session: signing in, signing out, who is signed in."""

from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from qa_service.access.sessions import Visit
from qa_service.server.staff import cookies
from qa_service.server.staff.doorway import Doorway, DoorwayDep, origin_of
from qa_service.server.staff.forgery import require_same_origin
from qa_service.server.staff.guard import VisitDep, not_signed_in
from qa_service.server.staff.schemas import SignInIn, WhoOut

open_router = APIRouter()
own_router = APIRouter()


@open_router.post("/session", status_code=201, summary="登录", operation_id="staff_sign_in")
async def sign_in(body: SignInIn, request: Request, response: Response, doorway: DoorwayDep) -> WhoOut:
    """用账号和密码登录，得到会话 Cookie 和 `csrf_token`；此后凡有改动的请求都要带 `X-CSRF-Token` 请求头。

    账号不存在、密码不对、账号已停用，答复相同（401）；尝试过多时返回 429 和 `Retry-After`。
    """
    require_same_origin(request, doorway)
    token = await let_in(body.name, body.password.get_secret_value(), request, doorway)
    cookies.set_session(response, request, doorway, token)
    return await who(doorway, token)


@own_router.get("/session", summary="谁登录了", operation_id="staff_session")
async def whoami(visit: VisitDep, doorway: DoorwayDep) -> WhoOut:
    """返回登录的人、角色和 `csrf_token`。"""
    return _who(visit, doorway)


@own_router.delete("/session", status_code=204, summary="退出登录", operation_id="staff_sign_out")
async def sign_out(visit: VisitDep, request: Request, response: Response, doorway: DoorwayDep) -> None:
    """结束这个会话。"""
    await run_in_threadpool(doorway.gate.sign_in.sign_out, visit.staff.name, visit.token)
    cookies.clear(response, request, doorway, cookies.SESSION)


async def let_in(name: str, password: str, request: Request, doorway: Doorway) -> str:
    """Let somebody in; returns the new session's token. The session that the browser had ends.

    Raises:
        SignInError, ThrottledError: as :meth:`~qa_service.access.sign_in.SignIn.sign_in`.
    """
    return await doorway.hashing(
        partial(
            doorway.gate.sign_in.sign_in,
            name,
            password,
            origin_of(request, doorway.gate),
            instead_of=cookies.session_token(request, doorway),
        )
    )


async def who(doorway: Doorway, token: str) -> WhoOut:
    """Present the owner of a session just opened."""
    visit = await run_in_threadpool(doorway.gate.sessions.visit, token)
    if visit is None:  # disabled in between
        raise not_signed_in()
    return _who(visit, doorway)


def _who(visit: Visit, doorway: Doorway) -> WhoOut:
    return WhoOut(
        name=visit.staff.name,
        role=visit.staff.role,
        role_label=visit.staff.role.label,
        must_change_password=visit.must_change_password,
        expires_at=visit.expires_at,
        session_id=visit.session_id,
        csrf_token=doorway.gate.seal.csrf(visit.token),
    )
