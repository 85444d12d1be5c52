"""The cookies of the staff's part.

``SameSite=Strict``: the desk is opened by a bookmark or from its own pages, and no other page has a reason to be followed
into it with somebody's rights. Who comes by a link from elsewhere sees the page to sign in, and from there goes to the
desk by a link.
"""

from fastapi import Request, Response

from qa_service.server.staff.doorway import Doorway

SESSION, FORM = "qa_staff", "qa_staff_form"
_FORM_AGE_S = 3600


def is_secure(request: Request, doorway: Doorway) -> bool:
    """Whether the staff's part is reached over https, so far as can be told: behind a proxy the settings say so."""
    return request.url.scheme == "https" or (doorway.settings.public_url or "").startswith("https://")


def read(request: Request, doorway: Doorway, name: str) -> str | None:
    """Return a cookie; over https only one that was set over https for this host alone (RFC 6265bis, ``__Host-``)."""
    return request.cookies.get(_named(name, is_secure(request, doorway)))


def set_session(response: Response, request: Request, doorway: Doorway, token: str) -> None:
    """Give a browser a session's token."""
    age_s = round(doorway.gate.lifetime.total_seconds())
    _set(response, request, doorway, SESSION, doorway.gate.seal.sealed(token), age_s)


def set_form(response: Response, request: Request, doorway: Doorway, value: str) -> None:
    """Give a browser what its form to sign in must carry."""
    _set(response, request, doorway, FORM, value, _FORM_AGE_S)


def clear(response: Response, request: Request, doorway: Doorway, name: str) -> None:
    """Take a cookie from a browser."""
    _set(response, request, doorway, name, "", 0)


def session_token(request: Request, doorway: Doorway) -> str | None:
    """Return the token of the session that a browser says it has; None where none was sealed here."""
    cookie = read(request, doorway, SESSION)
    return doorway.gate.seal.opened(cookie) if cookie else None


def _set(response: Response, request: Request, doorway: Doorway, name: str, value: str, age_s: int) -> None:
    secure = is_secure(request, doorway)
    response.set_cookie(
        _named(name, secure), value, max_age=age_s, path="/", secure=secure, httponly=True, samesite="strict"
    )


def _named(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name
