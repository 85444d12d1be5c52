"""/api/v1/staff/password: changing one's own password."""

from functools import partial

from fastapi import APIRouter, Request, Response

from qa_service.access.sessions import Visit
from qa_service.server.staff import cookies
from qa_service.server.staff.doorway import Doorway, DoorwayDep, origin_of
from qa_service.server.staff.guard import VisitDep
from qa_service.server.staff.schemas import PasswordIn, WhoOut
from qa_service.server.staff.session import who

router = APIRouter()


@router.post("/password", summary="修改自己的密码", operation_id="staff_change_password")
async def change_password(
    body: PasswordIn, visit: VisitDep, request: Request, response: Response, doorway: DoorwayDep
) -> WhoOut:
    """要提供旧密码。自己的其他登录随即结束，这一个换成新的会话。"""
    token = await password_changed(visit, body.old.get_secret_value(), body.new.get_secret_value(), request, doorway)
    cookies.set_session(response, request, doorway, token)
    return await who(doorway, token)


async def password_changed(visit: Visit, old: str, new: str, request: Request, doorway: Doorway) -> str:
    """Change the password of who makes a request; returns the token of the session that goes on.

    Raises:
        SignInError, ThrottledError, AccessError: as :meth:`~qa_service.access.sign_in.SignIn.change_password`.
    """
    where = origin_of(request, doorway.gate)
    return await doorway.hashing(partial(doorway.gate.sign_in.change_password, visit.staff.name, old, new, where))
