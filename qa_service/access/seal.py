"""What only this installation can have written: cookies, and the tokens that a form of its own carries.

A cookie that was not sealed here is refused before any database is asked.
"""

import hmac
import secrets
from hashlib import sha256

from itsdangerous import BadSignature, Signer

from qa_service.secret_key import SecretKey

_TOKEN_BYTES = 32


class Seal:
    """Seals and opens, each thing for its own purpose."""

    def __init__(self, key: SecretKey) -> None:
        self._cookies = _signer(key.derived("staff-cookie"))
        self._forms = _signer(key.derived("staff-form"))
        self._csrf = key.derived("staff-csrf")

    def sealed(self, token: str) -> str:
        """Return a session's token as its cookie carries it."""
        return self._cookies.sign(token).decode()

    def opened(self, cookie: str) -> str | None:
        """Return the token that a cookie carries; None where it was not sealed here."""
        return _unsigned(self._cookies, cookie)

    def csrf(self, token: str) -> str:
        """Return what a request that changes anything must carry beside the cookie of a session's token."""
        return hmac.new(self._csrf, token.encode(), sha256).hexdigest()

    def is_csrf(self, given: str, token: str) -> bool:
        """Whether a request carries what :meth:`csrf` returns, compared in constant time."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.csrf(token).encode())

    def form(self) -> str:
        """Return what the form to sign in carries, in a cookie and in a field: there is no session yet."""
        return self._forms.sign(secrets.token_urlsafe(16)).decode()

    def is_form(self, cookie: str, field: str) -> bool:
        """Whether a form came from a page of this installation that the same browser was shown."""
        same = hmac.compare_digest(cookie.encode("utf-8", "replace"), field.encode("utf-8", "replace"))
        return same and _unsigned(self._forms, cookie) is not None


def new_token() -> str:
    """Return a token that cannot be guessed: 256 random bits in 43 characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what is kept of a token. One of 256 random bits needs no slow hash: there is nothing to try out."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _signer(key: bytes) -> Signer:
    # The key is derived for this alone already.
    return Signer(key, digest_method=sha256, key_derivation="none")


def _unsigned(signer: Signer, value: str) -> str | None:
    try:
        return signer.unsign(value.encode("utf-8", "replace")).decode("ascii")
    except (BadSignature, UnicodeDecodeError):
        return None
