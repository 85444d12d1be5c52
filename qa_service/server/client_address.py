"""Which network address a request comes from."""

from starlette.requests import HTTPConnection


def client_address(request: HTTPConnection) -> str | None:
    """Return the address of who asks; None where the server was not told."""
    return request.client.host if request.client else None
