"""/desk: the pages on which staff sign in, see where they are signed in, and change their password; without scripts."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from qa_service.access.sessions import Visit
from qa_service.access.staff import Staff
from qa_service.errors import AccessError, SignInError, ThrottledError
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.staff import cookies
from qa_service.server.staff.doorway import Doorway, DoorwayDep
from qa_service.server.staff.forgery import FIELD, require_same_origin
from qa_service.server.staff.guard import ReaderDep, VisitDep, visit_of
from qa_service.server.staff.password import password_changed
from qa_service.server.staff.session import let_in
from qa_service.server.staff.sessions import SessionPath

PREFIX, SIGN_IN, PASSWORD = "/desk", "/desk/sign-in", "/desk/password"
_STALE = "页面停留太久，或浏览器没有保存 Cookie。请再登录一次。"

Typed = Annotated[str, Form(max_length=256)]


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


async def page_visit_of(request: Request, doorway: DoorwayDep) -> Visit:
    """Return whose session a page is asked for in, even one who must change the password first.

    Raises:
        HTTPException: nobody's: the page to sign in is elsewhere.
    """
    try:
        return await visit_of(request, doorway)
    except HTTPException as refused:
        if refused.status_code == 401:
            raise HTTPException(303, "请先登录。", headers={"Location": SIGN_IN}) from refused
        raise


async def page_staff_of(visit: Annotated[Visit, Depends(page_visit_of)]) -> Staff:
    """Return who asks for a page.

    Raises:
        HTTPException: nobody who is signed in, or somebody who must change the password first.
    """
    if visit.must_change_password:
        raise HTTPException(303, "请先修改密码。", headers={"Location": PASSWORD})
    return visit.staff


router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
open_pages = APIRouter(prefix=PREFIX)
own_pages = APIRouter(prefix=PREFIX, dependencies=[Depends(page_visit_of)])
staff_pages = APIRouter(prefix=PREFIX, dependencies=[Depends(page_staff_of)])


@open_pages.head("/sign-in")
@open_pages.get("/sign-in")
async def sign_in_page(request: Request, doorway: DoorwayDep) -> Response:
    """Show the page to sign in."""
    return _sign_in_page(request, doorway)


@open_pages.post("/sign-in")
async def sign_in(
    request: Request, doorway: DoorwayDep, name: Typed = "", password: Typed = "", csrf: Typed = ""
) -> Response:
    """Sign in, and go to the desk."""
    require_same_origin(request, doorway)
    if not doorway.gate.seal.is_form(cookies.read(request, doorway, cookies.FORM) or "", csrf):
        return _sign_in_page(request, doorway, _STALE, name, 403)
    try:
        token = await let_in(name, password, request, doorway)
    except SignInError as error:
        return _sign_in_page(request, doorway, str(error), name, 401)
    except ThrottledError as error:
        return _sign_in_page(request, doorway, str(error), name, 429, {"Retry-After": str(error.wait_s)})
    response = _to(PREFIX)
    cookies.set_session(response, request, doorway, token)
    cookies.clear(response, request, doorway, cookies.FORM)
    return response


@own_pages.post("/sign-out")
async def sign_out(request: Request, visit: VisitDep, doorway: DoorwayDep) -> Response:
    """Sign out."""
    await run_in_threadpool(doorway.gate.sign_in.sign_out, visit.staff.name, visit.token)
    response = _to(SIGN_IN)
    cookies.clear(response, request, doorway, cookies.SESSION)
    return response


@own_pages.get("/password")
async def password_page(request: Request, visit: VisitDep, doorway: DoorwayDep) -> Response:
    """Show the page to change one's password."""
    return _page(request, doorway, "desk/password.html", visit)


@own_pages.post("/password")
async def change_password(
    request: Request, visit: VisitDep, doorway: DoorwayDep, old: Typed = "", new: Typed = "", again: Typed = ""
) -> Response:
    """Change one's password, and go to the desk."""
    try:
        if new != again:
            raise AccessError("两次输入的新密码不同。请重新输入。")
        token = await password_changed(visit, old, new, request, doorway)
    except ThrottledError as error:
        wait = {"Retry-After": str(error.wait_s)}
        return _page(request, doorway, "desk/password.html", visit, {"error": str(error)}, 429, wait)
    except AccessError as error:
        return _page(request, doorway, "desk/password.html", visit, {"error": str(error)}, 422)
    response = _to(PREFIX)
    cookies.set_session(response, request, doorway, token)
    return response


@staff_pages.get("")
async def desk(request: Request, staff: ReaderDep, visit: VisitDep, doorway: DoorwayDep) -> Response:
    """Show who is signed in, and where."""
    sessions = await run_in_threadpool(doorway.gate.sessions.of, visit.account_id)
    return _page(request, doorway, "desk/desk.html", visit, {"sessions": sessions})


@staff_pages.post("/sessions/revoke-others")
def revoke_others(staff: ReaderDep, visit: VisitDep, doorway: DoorwayDep) -> Response:
    """End all of one's sessions but this one."""
    doorway.gate.accounts.revoke(staff.name, staff.name, besides=visit.session_id)
    return _to(PREFIX)


@staff_pages.post("/sessions/{session_id}/revoke")
def revoke(session_id: SessionPath, staff: ReaderDep, doorway: DoorwayDep) -> Response:
    """End one of one's sessions."""
    doorway.gate.accounts.revoke(staff.name, staff.name, only=session_id)
    return _to(PREFIX)


for pages in (open_pages, own_pages, staff_pages):
    router.include_router(pages)


def _sign_in_page(
    request: Request,
    doorway: Doorway,
    error: str = "",
    name: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    form = doorway.gate.seal.form()
    context = {"error": error, "name": name, "csrf": form, "field": FIELD}
    response = TEMPLATES.TemplateResponse(request, "desk/sign_in.html", context, status, headers)
    cookies.set_form(response, request, doorway, form)
    return response


def _page(
    request: Request,
    doorway: Doorway,
    template: str,
    visit: Visit,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    shown = {
        "visit": visit,
        "csrf": doorway.gate.seal.csrf(visit.token),
        "field": FIELD,
        "error": "",
        **(context or {}),
    }
    return TEMPLATES.TemplateResponse(request, template, shown, status, headers)
