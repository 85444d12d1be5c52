"""Which requests cost work: what is limited, and what is turned away when there is too much of it."""

from starlette.types import Scope

_COMPUTED = frozenset({"/api/v1/ask", "/api/v1/ask/stream", "/api/v1/search", "/v1/chat/completions"})
_ASKING = _COMPUTED | {"/api/v1/feedback", "/feedback", "/mcp"}


def computes(scope: Scope) -> bool:
    """Whether a request has a question computed; the page ``/`` is among these where it has a question."""
    return scope["path"] in _COMPUTED or _is_asked_page(scope)


def asks(scope: Scope) -> bool:
    """Whether a request counts as asking: all that compute, and others that cost as much or are written down."""
    return scope["path"].rstrip("/") in _ASKING or _is_asked_page(scope)


def _is_asked_page(scope: Scope) -> bool:
    return scope["path"] == "/" and b"q=" in scope["query_string"]
