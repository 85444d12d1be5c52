"""The installation's secret: what cookies are signed and names are hashed with.

One random key, from which a separate one is derived for each purpose (HKDF-Expand of RFC 5869, SHA-256), so that what
is signed for one purpose means nothing for another.
"""

import hmac
import secrets
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from filelock import FileLock

from qa_service import durable
from qa_service.errors import SettingsError

FILE = "secret.key"
_BYTES = 32


class SecretKey:
    """A key that never leaves this installation."""

    def __init__(self, key: bytes | Callable[[], bytes]) -> None:
        """Take a key of at least 32 bytes, or what reads it when it is first needed: most commands never need it.

        Raises:
            SettingsError: it is shorter; of one that is read later, then.
        """
        self._derived: dict[str, bytes] = {}
        self._read = key if callable(key) else lambda: key
        if not callable(key):
            self._check(key)

    @cached_property
    def _key(self) -> bytes:
        return self._check(self._read())

    @staticmethod
    def _check(key: bytes) -> bytes:
        if len(key) < _BYTES:
            raise SettingsError(
                f"密钥只有 {len(key)} 个字节，至少要 {_BYTES} 个。请用 qa-service 自动生成的密钥，或另设 QA_SECRET_KEY。"
            )
        return key

    def __repr__(self) -> str:
        return "SecretKey(…)"

    def derived(self, purpose: str) -> bytes:
        """Return the key of 32 bytes for a purpose."""
        if purpose not in self._derived:
            self._derived[purpose] = self._derive(purpose)
        return self._derived[purpose]

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(hmac.digest(b"qa-service", self._key, "sha256"), purpose.encode() + b"\x01", "sha256")

    def pseudonym(self, purpose: str, value: str, *, characters: int = 32) -> str:
        """Return what stands for a value where the value itself must not be kept.

        The same value has the same pseudonym for one purpose, and nobody without the key can try values out.

        Args:
            purpose: what kind of value it is; the same value of another kind has another pseudonym.
            value: what is not kept.
            characters: how many hexadecimal digits, at most 64. A short one stands for several values.
        """
        return hmac.digest(self.derived(purpose), value.encode(), "sha256").hex()[:characters]


def read_secret_key(given: str | None, folder: Path) -> SecretKey:
    """Return the key that is set, else the one kept in a folder, which is made there when it is first needed.

    Several processes that start at once end up with the same key. The file can be read by its owner alone.

    Args:
        given: the key from the settings, as text.
        folder: the data folder.

    Raises:
        SettingsError: the key is too short; or, when one that is kept is first needed, it cannot be read or written.
    """
    return SecretKey(given.encode()) if given else SecretKey(partial(_kept, folder))


def _kept(folder: Path) -> bytes:
    path = folder / FILE
    try:
        if not path.is_file():
            durable.make_folder(folder)
            with FileLock(folder / f"{FILE}.lock", timeout=10):
                if not path.is_file():
                    durable.write(path, secrets.token_hex(_BYTES), mode=0o600)
        return bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError, TimeoutError) as error:
        raise SettingsError(
            f"密钥文件 {path} 无法读写（{error}）。请检查 QA_DATA_DIR 的权限和磁盘空间；"
            "文件若已损坏，删掉它会重新生成，员工需重新登录，此前的会话不能再按编号导出或删除。"
        ) from error
