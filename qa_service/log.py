"""The log: a line an event, as JSON for a collector or as text for a terminal.

No line can be forged: whatever a message holds, it stays within its line. The message of an exception may repeat what
somebody asked, so of an unexpected one only the kind and the stack are written.
"""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Literal, TextIO

from qa_service.errors import QaError

Format = Literal["json", "text"]
Level = Literal["debug", "info", "warning", "error"]

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being handled; also in the threads that work for it."""

_BREAKS = {code: f"\\u{code:04x}" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)}
_TELLING = (QaError, OSError, ImportError, MemoryError, RecursionError)
"""Errors whose message is about this machine, not about what somebody asked."""


def set_up(format_: Format | None, level: Level, stream: TextIO | None = None) -> None:
    """Write the log of this process to a stream.

    Args:
        format_: how a line is written; None is text on a terminal and JSON elsewhere.
        level: the least that is written.
        stream: where to; None is standard error.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    text = format_ == "text" or (format_ is None and stream.isatty())
    handler.setFormatter(TextFormatter() if text else JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Their news is told in our own words; their warnings are written as they are.
    for chatty in ("uvicorn", "httpx", "httpcore", "openai", "mcp", "sse_starlette", "alembic", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))


class JsonFormatter(logging.Formatter):
    """Writes an event as one JSON object; ``extra={"fields": {…}}`` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if given := request_id.get():
            fields["request_id"] = given
        fields.update(_fields(record))
        if record.exc_info and record.exc_info[1]:
            fields["stack"] = stack_of(record.exc_info[1])
        return json.dumps(fields, ensure_ascii=False, default=str).translate(_BREAKS)


class TextFormatter(logging.Formatter):
    """Writes an event as one line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        parts = [_moment(record), record.levelname, record.name, record.getMessage()]
        parts += [f"{name}={value}" for name, value in _fields(record).items()]
        if given := request_id.get():
            parts.append(f"request_id={given}")
        if record.exc_info and record.exc_info[1]:
            parts.append(stack_of(record.exc_info[1]))
        return " ".join(parts).translate(_BREAKS)


def stack_of(error: BaseException) -> str:
    """Return where an error came from, and its message where that cannot hold what somebody asked."""
    seen, chain = set[int](), list[BaseException]()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        chain.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return "\n".join("".join([*traceback.format_tb(one.__traceback__), _named(one)]) for one in reversed(chain))


def _named(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{kind}: {error}" if isinstance(error, _TELLING) else kind


def _fields(record: logging.LogRecord) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = getattr(record, "fields", {})
    return fields


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")
