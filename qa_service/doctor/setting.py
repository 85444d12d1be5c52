"""The settings in force, and those that look like settings and are none."""

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from qa_service.doctor.finding import Finding, warning
from qa_service.settings import ENV_FILE, PREFIX, Settings, origins

_OF_SCRIPTS = frozenset({"QA_VENV", "QA_PYTHON", "QA_TORCH_INDEX_URL"})


def look_at_settings(settings: Settings, flags: Mapping[str, Any]) -> Iterator[Finding]:
    """List every setting with where it came from; name what is misspelt."""
    for origin in origins(settings, flags):
        yield Finding(True, f"{origin.name}={origin.value}  （{origin.source}；{origin.description}）")
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    in_file = dotenv_values(ENV_FILE) if Path(ENV_FILE).is_file() else {}
    given = {name.upper() for name in (*os.environ, *in_file) if name.upper().startswith(PREFIX)}
    for name in sorted(given - known - _OF_SCRIPTS):
        near = difflib.get_close_matches(name, known, 1)
        meant = f"是不是 {near[0]}？" if near else ""
        yield warning(f"没有 {name} 这一项设置，不起作用。{meant}请核对拼写，或删掉它。")
