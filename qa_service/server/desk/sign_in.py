"""/desk/sign-in and /desk/sign-out: forms that work without scripts."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from qa_service.errors import SignInError, ThrottledError
from qa_service.server.desk.entrance import PREFIX, SIGN_IN, to
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.staff import cookies
from qa_service.server.staff.doorway import Doorway, DoorwayDep
from qa_service.server.staff.forgery import FIELD, require_same_origin
from qa_service.server.staff.guard import VisitDep
from qa_service.server.staff.session import let_in

_STALE = "页面停留太久，或浏览器没有保存 Cookie。请再登录一次。"

Typed = Annotated[str, Form(max_length=256)]

open_router = APIRouter()
own_router = APIRouter()


@open_router.head("/sign-in")
@open_router.get("/sign-in")
async def sign_in_page(request: Request, doorway: DoorwayDep) -> Response:
    """Show the page to sign in."""
    return _sign_in_page(request, doorway)


@open_router.post("/sign-in")
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
    response = to(PREFIX)
    cookies.set_session(response, request, doorway, token)
    cookies.clear(response, request, doorway, cookies.FORM)
    return response


@own_router.post("/sign-out")
async def sign_out(request: Request, visit: VisitDep, doorway: DoorwayDep) -> Response:
    """Sign out."""
    await run_in_threadpool(doorway.gate.sign_in.sign_out, visit.staff.name, visit.token)
    response = to(SIGN_IN)
    cookies.clear(response, request, doorway, cookies.SESSION)
    return response


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
