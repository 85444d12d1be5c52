"""Who may open a page of the desk; who may not is led to where that changes."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse

from qa_service.access.sessions import Visit
from qa_service.access.staff import Staff
from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.guard import visit_of

PREFIX, SIGN_IN, PASSWORD = "/desk", "/desk/sign-in", "/desk/password"


def to(path: str) -> RedirectResponse:
    """Lead a browser to another page, which it is to GET."""
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
