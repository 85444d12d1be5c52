import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest
from starlette.concurrency import run_in_threadpool

from qa_service import log
from qa_service.errors import BuildError


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    root.setLevel(level)


def written(format_: log.Format | None = "json") -> io.StringIO:
    stream = io.StringIO()
    log.set_up(format_, "info", stream)
    return stream


def test_a_line_is_one_json_object_with_time_level_logger_and_message() -> None:
    stream = written()
    logging.getLogger("qa_service.x").info("took %d", 3, extra={"fields": {"route": "/a"}})
    line = json.loads(stream.getvalue())
    assert {k: line[k] for k in ("level", "logger", "message", "route")} == {
        "level": "info",
        "logger": "qa_service.x",
        "message": "took 3",
        "route": "/a",
    }
    assert datetime.fromisoformat(line["time"]).tzinfo
    assert "request_id" not in line


@pytest.mark.parametrize("format_", ["json", "text"])
@pytest.mark.parametrize("breaking", ["\n", "\r", "\x85", "\u2028", "\x0b", "\x1b[2J"])
def test_no_input_forges_a_line(format_: log.Format, breaking: str) -> None:
    stream = written(format_)
    forged = f'x{breaking}{{"level": "error"}}'
    logging.getLogger("a").warning("%s", forged, extra={"fields": {"f": forged}})
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


def test_a_line_of_a_request_carries_its_id_also_from_a_thread() -> None:
    stream = written()

    async def handle() -> None:
        log.request_id.set("abc")
        await run_in_threadpool(logging.getLogger("a").info, "in a thread")

    asyncio.run(handle())
    assert json.loads(stream.getvalue())["request_id"] == "abc"


def test_an_exception_is_one_line_with_its_stack_and_without_what_was_asked() -> None:
    stream = written()
    asked = "专利被人仿冒了怎么办"
    try:
        raise ValueError(asked)
    except ValueError as error:
        cause = error
    try:
        raise BuildError("索引坏了") from cause
    except BuildError:
        logging.getLogger("a").exception("it failed")
    (line,) = stream.getvalue().splitlines()
    stack = json.loads(line)["stack"]
    assert "test_log.py" in stack
    assert stack.endswith("BuildError: 索引坏了")
    assert "ValueError" in stack
    assert "仿冒" not in line


def test_it_is_text_on_a_terminal_and_json_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    log.set_up(None, "info", stream)
    logging.getLogger("a").info("here")
    assert " INFO a here\n" in stream.getvalue()
    elsewhere = written(None)
    logging.getLogger("a").info("here")
    assert json.loads(elsewhere.getvalue())["message"] == "here"


def test_what_is_below_the_level_is_not_written() -> None:
    stream = io.StringIO()
    log.set_up("json", "warning", stream)
    logging.getLogger("a").info("too little")
    assert stream.getvalue() == ""
    assert sys.stderr is not stream
