"""Python and the packages that are relied on."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from qa_service.doctor.finding import Finding

_OLDEST = (3, 11)
_RELIED_ON = ("fastapi", "uvicorn", "sentence-transformers", "faiss-cpu", "jieba", "sqlalchemy", "prometheus-client")
_QUICKER = ("uvloop", "httptools")


def look_at_packages() -> Iterator[Finding]:
    """Look at their versions."""
    python = f"Python {platform.python_version()}（{sys.executable}）"
    if sys.version_info < _OLDEST:
        yield Finding(False, f"{python} 太旧，需要 3.11 或更高版本。请换用新版 Python 重新安装。")
    else:
        yield Finding(True, python)
    missing = [name for name in _RELIED_ON if _version(name) is None]
    if missing:
        yield Finding(False, f"缺少依赖：{'、'.join(missing)}。请重新运行 scripts/install。")
    yield Finding(True, "，".join(f"{name} {_version(name)}" for name in _RELIED_ON if name not in missing))
    slower = [name for name in _QUICKER if _version(name) is None]
    if slower and sys.platform != "win32":
        yield Finding(True, f"没有安装 {'、'.join(slower)}，服务照常，只是慢一些。可运行 scripts/install 补上。", True)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
