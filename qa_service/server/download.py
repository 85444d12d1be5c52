"""Files that a browser saves."""

from urllib.parse import quote


def attachment(plain: str, name: str) -> dict[str, str]:
    """Return the header that names a file, as RFC 6266 and RFC 8187 (which took the place of RFC 5987) want it.

    Args:
        plain: the name in ASCII, for what does not know the other.
        name: the name in full.
    """
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
