"""Requests that another site makes in a browser's name: how they are told from those its user meant."""

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile

from qa_service.access.sessions import Visit
from qa_service.server.staff.doorway import Doorway

HEADER, FIELD = "X-CSRF-Token", "csrf"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def require_same_origin(request: Request, doorway: Doorway) -> None:
    """See to it that a request was not made by a page of another site; a program that is no browser says nothing of it.

    Raises:
        HTTPException: it was.
    """
    fetched = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = {f"{request.url.scheme}://{request.headers.get('host', '')}".casefold()}
    if doorway.settings.public_url:
        own.add(doorway.settings.public_url.rstrip("/").casefold())
    if fetched not in (None, "same-origin") or (
        fetched is None and origin is not None and origin.casefold() not in own
    ):
        raise HTTPException(
            403,
            "这个请求来自别的网站，没有执行。请在本服务自己的页面上操作；"
            "经反向代理访问的，请管理员把 QA_PUBLIC_URL 设为对外的网址。",
        )


async def require_csrf(request: Request, doorway: Doorway, visit: Visit) -> None:
    """See to it that a request that changes something comes from a page of its user's own.

    Raises:
        HTTPException: it lacks the session's token, or was made by another site.
    """
    if request.method in SAFE:
        return
    require_same_origin(request, doorway)
    given = request.headers.get(HEADER) or await _field(request)
    if not doorway.gate.seal.is_csrf(given, visit.token):
        raise HTTPException(403, f"缺少防伪令牌，或它已失效，没有执行。请刷新页面再试；程序请带 {HEADER} 请求头。")


async def _field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return ""
    value = (await request.form()).get(FIELD, "")
    return "" if isinstance(value, UploadFile) else value
