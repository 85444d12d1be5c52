"""/desk/account and /desk/password: where one is signed in, and one's password; forms that work without scripts."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from qa_service.errors import AccessError, ThrottledError
from qa_service.server.desk.entrance import PREFIX, to
from qa_service.server.desk.page import DeskPageDep
from qa_service.server.desk.sign_in import Typed
from qa_service.server.staff import cookies
from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.guard import ReaderDep, VisitDep
from qa_service.server.staff.password import password_changed
from qa_service.server.staff.sessions import SessionPath

own_router = APIRouter()
router = APIRouter()

_ACCOUNT = f"{PREFIX}/account"


@own_router.get("/password")
async def password_page(page: DeskPageDep) -> Response:
    """Show the page to change one's password."""
    return page.show("password.html")


@own_router.post("/password")
async def change_password(
    request: Request,
    visit: VisitDep,
    doorway: DoorwayDep,
    page: DeskPageDep,
    old: Typed = "",
    new: Typed = "",
    again: Typed = "",
) -> Response:
    """Change one's password, and go to the desk."""
    try:
        if new != again:
            raise AccessError("两次输入的新密码不同。请重新输入。")
        token = await password_changed(visit, old, new, request, doorway)
    except ThrottledError as error:
        wait = {"Retry-After": str(error.wait_s)}
        return page.show("password.html", {"error": str(error)}, status=429, headers=wait)
    except AccessError as error:
        return page.show("password.html", {"error": str(error)}, status=422)
    response = to(PREFIX)
    cookies.set_session(response, request, doorway, token)
    return response


@router.get("/account")
async def account(staff: ReaderDep, visit: VisitDep, doorway: DoorwayDep, page: DeskPageDep) -> Response:
    """Show who is signed in, and where."""
    sessions = await run_in_threadpool(doorway.gate.sessions.of, visit.account_id)
    return page.show("account.html", {"sessions": sessions})


@router.post("/sessions/revoke-others")
def revoke_others(staff: ReaderDep, visit: VisitDep, doorway: DoorwayDep) -> Response:
    """End all of one's sessions but this one."""
    doorway.gate.accounts.revoke(staff.name, staff.name, besides=visit.session_id)
    return to(_ACCOUNT)


@router.post("/sessions/{session_id}/revoke")
def revoke(session_id: SessionPath, staff: ReaderDep, doorway: DoorwayDep) -> Response:
    """End one of one's sessions."""
    doorway.gate.accounts.revoke(staff.name, staff.name, only=session_id)
    return to(_ACCOUNT)
