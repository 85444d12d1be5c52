"""The secret key: whether others can read it."""

import os
from collections.abc import Iterator
from pathlib import Path

from qa_service.doctor.finding import Finding, warning
from qa_service.secret_key import FILE, SecretKey
from qa_service.settings import ENV_FILE, Settings

_OTHERS = 0o077


def look_at_secret(settings: Settings) -> Iterator[Finding]:
    """Look at the key and at the files that hold secrets."""
    path = settings.data_dir / FILE
    if settings.secret_key:
        SecretKey(settings.secret_key.get_secret_value().encode())
        yield Finding(True, "密钥：用 QA_SECRET_KEY 所设的")
    elif path.is_file():
        yield Finding(True, f"密钥：{path}。备份时请一并保存，丢了员工要重新登录")
    else:
        yield Finding(True, f"密钥：还没有，需要时自动生成 {path}")
    for file in (path, Path(ENV_FILE)):
        if os.name != "nt" and file.is_file() and file.stat().st_mode & _OTHERS:
            yield warning(f"{file} 别的用户也能读，里面有密钥。请运行 chmod 600 {file}。")
