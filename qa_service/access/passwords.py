"""Passwords: which are taken, and how they are kept."""

import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from qa_service.errors import AccessError

SHORTEST, LONGEST = 10, 128
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""The least that the OWASP Password Storage Cheat Sheet recommends for Argon2id: 19 MiB, two passes, one lane. More would
cost the answers on a small machine; a flood of attempts is kept off by the throttle."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""
_COMMON = frozenset(
    [
        "1234567890",
        "0123456789",
        "12345678910",
        "123456789a",
        "1234567891",
        "0987654321",
        "9876543210",
        "1122334455",
        "5201314520",
        "1357924680",
        "1234512345",
        "1231231231",
        "123123123123",
        "123456123456",
        "147258369",
        "1472583690",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "q1w2e3r4t5",
        "qwertyuiop",
        "qwertyuiop123",
        "qwerty1234",
        "qwerty12345",
        "qwerty123456",
        "asdfghjkl123",
        "asdfghjkl;",
        "zxcvbnm123",
        "1qazxsw2",
        "abcdefghij",
        "abcdefg123",
        "abc1234567",
        "abc123456789",
        "a123456789",
        "aa123456789",
        "qq123456789",
        "woaini1314",
        "woaini520520",
        "woaini1314520",
        "iloveyou123",
        "iloveyou1314",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "p@ssw0rd123",
        "p@ssword123",
        "admin12345",
        "admin123456",
        "administrator",
        "admin@12345",
        "admin@123456",
        "root123456",
        "letmein123",
        "welcome123",
        "changeme123",
        "test123456",
        "qweasdzxc123",
        "zhongguo123",
        "zhishichanquan",
        "haimen123456",
        "haimen2025",
        "haimen2026",
        "nantong123",
        "qaservice123",
    ]
)
"""Those that are tried first, of the length that is asked for, and the names that suggest themselves here."""


class Passwords:
    """Keeps passwords as Argon2id hashes."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        """Set how much a hash costs; a test may take less."""
        self._hasher = PasswordHasher(passes, memory_kib, LANES, hash_len=32, salt_len=16, type=Type.ID)

    def hashed(self, password: str) -> str:
        """Return what is kept of a password."""
        return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one kept.

        Args:
            kept: what :meth:`hashed` returned; None where there is no such account, which costs just as much.
            password: as it was typed.
        """
        try:
            self._hasher.verify(self._nobodys if kept is None else kept, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether a password was kept at another cost than today's, and should be hashed anew."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self.hashed(secrets.token_urlsafe(32))


def refuse_weak(password: str, name: str) -> None:
    """See to it that a password can be taken (NIST SP 800-63B: length and a blocklist, no rules of composition).

    Raises:
        AccessError: it is too short or too long, like the account's name, or among the first that are guessed.
    """
    normal = _normal(password)
    plain = normal.strip().casefold()
    if not SHORTEST <= len(normal) <= LONGEST:
        raise AccessError(
            f"密码有 {len(normal)} 个字符，应为 {SHORTEST}—{LONGEST} 个。可以用一句好记的话，空格和汉字都算。"
        )
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in normal):
        raise AccessError("密码里有不可见的控制字符，登录时难以再打出来。请去掉后再试。")
    if len(name) >= 2 and name in plain and len(plain) - len(name) < SHORTEST - 2:
        raise AccessError("密码不能是账号名，或只在账号名前后加几个字符。请另想一个。")
    if plain in _COMMON or len(set(plain)) < 4:
        raise AccessError("这个密码太常见，最先被猜到。请另想一个。")


def generated_password() -> str:
    """Return a random password that can be read out and typed: 16 characters of 31, about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _normal(password: str) -> str:
    """The same characters typed on another keyboard are the same password (NIST SP 800-63B asks for NFKC)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
