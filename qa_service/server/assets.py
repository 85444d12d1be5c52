"""What the pages load: style sheets, scripts, the icon. Their addresses change when they do, so browsers may keep them.

A script loads others by relative addresses, so all stand under one address that carries the digest of them all.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PREFIX = "/static"
STATIC = Path(__file__).parent.parent / "web" / "static"
_DIGEST = re.compile("[0-9a-f]{12}")
_A_YEAR = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@cache
def digest() -> str:
    """Return 12 hex digits that change when anything changes that the pages load."""
    read = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            read.update(path.relative_to(STATIC).as_posix().encode())
            read.update(path.read_bytes())
    return read.hexdigest()[:12]


def asset_url(name: str) -> str:
    """Return the address of a file below ``web/static``: /static/3f0c9a…/css/site.css."""
    return f"{PREFIX}/{digest()}/{name}"


class Assets(StaticFiles):
    """Serves the files, with and without the digest; a page that was opened before an upgrade gets today's files."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return one file."""
        first, _, rest = path.partition("/")
        versioned = bool(_DIGEST.fullmatch(first) and rest)
        response = await super().get_response(rest if versioned else path, scope)
        headers = MutableHeaders(raw=response.raw_headers)
        headers["Cache-Control"] = _A_YEAR if first == digest() else _ASK_AGAIN
        return response
