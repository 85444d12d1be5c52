"""Sessions that processes share, in a file and on a server: the same promises for both."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from qa_service.answer.dialogue.conversation import Point, Turn
from qa_service.answer.dialogue.sessions import Sessions
from qa_service.answer.models import Status
from qa_service.clock import CHINA
from qa_service.errors import SettingsError
from qa_service.journal.session_file import FileSessions
from qa_service.journal.session_server import RedisSessions
from tests.clocks import Hands

REDIS = os.environ.get("TEST_REDIS_URL")
AGE = timedelta(minutes=30)


def turn(question: str, status: Status = Status.ANSWERED) -> Turn:
    return Turn(question, status, ("a#1",), (Point("一", "a#1"), Point("二", None)), ("甲？",))


def in_file(folder: Path, watch: Hands, most: int = 3, turns: int = 2) -> FileSessions:
    return FileSessions(folder, watch, lambda value: f"p-{value}", most=most, turns=turns, age=AGE)


def on_server(url: str, prefix: str = "") -> RedisSessions:
    return RedisSessions(url, lambda value: f"{prefix}{value}", turns=2, age=AGE)


@pytest.fixture
def watch() -> Hands:
    return Hands()


@pytest.fixture(params=["file", "server"])
def two(request: pytest.FixtureRequest, tmp_path: Path, watch: Hands) -> Iterator[tuple[Sessions, Sessions]]:
    """The sessions as two processes see them."""
    if request.param == "file":
        files = (in_file(tmp_path, watch), in_file(tmp_path, watch))
        yield files
        for opened in files:
            opened.close()
        return
    if not REDIS:
        pytest.skip("TEST_REDIS_URL is not set: no Redis server to test with")
    prefix = uuid.uuid4().hex
    servers = (on_server(REDIS, prefix), on_server(REDIS, prefix))
    yield servers
    for server in servers:
        server.close()


def asked(sessions: Sessions, session_id: str) -> list[str]:
    return [said.question for said in sessions.conversation(session_id)]


def test_what_one_process_was_told_the_other_knows_whole(two: tuple[Sessions, Sessions]) -> None:
    one, other = two
    one.add("a", turn("甲"))
    assert list(other.conversation("a")) == [turn("甲")]
    other.add("a", turn("乙"))
    one.add("a", turn("丙"))
    assert asked(other, "a") == ["乙", "丙"]
    assert asked(one, "b") == []


def test_small_talk_leaves_what_was_spoken_of(two: tuple[Sessions, Sessions]) -> None:
    one, other = two
    one.add("a", turn("甲"))
    one.add("a", turn("谢谢", Status.SMALLTALK))
    assert asked(other, "a") == ["甲"]


def test_a_session_that_is_forgotten_is_forgotten_everywhere(two: tuple[Sessions, Sessions]) -> None:
    one, other = two
    one.add("a", turn("甲"))
    one.add("b", turn("乙"))
    other.forget("a")
    other.forget("never heard of")
    assert asked(one, "a") == []
    assert asked(one, "b") == ["乙"]


def test_a_session_in_a_file_that_is_silent_too_long_is_over(tmp_path: Path, watch: Hands) -> None:
    sessions = in_file(tmp_path, watch)
    sessions.add("a", turn("甲"))
    watch.now += AGE
    assert asked(sessions, "a") == ["甲"]
    watch.now += timedelta(seconds=1)
    assert asked(sessions, "a") == []
    sessions.close()


def test_a_file_keeps_no_more_sessions_than_it_may_and_none_that_are_over(tmp_path: Path, watch: Hands) -> None:
    sessions = in_file(tmp_path, watch, most=20)
    for number in range(500):
        sessions.add(f"s{number}", turn("问"))
        watch.now += timedelta(seconds=1)
    assert len(sessions) <= 20 + 200
    assert asked(sessions, "s499") == ["问"]
    watch.now += timedelta(hours=1)
    for _ in range(200):
        sessions.add("new", turn("问"))
    assert len(sessions) == 1
    sessions.close()


def test_a_server_forgets_a_session_by_itself() -> None:
    if not REDIS:
        pytest.skip("TEST_REDIS_URL is not set: no Redis server to test with")
    brief = uuid.uuid4().hex
    sessions = RedisSessions(REDIS, lambda _: brief, turns=2, age=timedelta(seconds=1))
    sessions.add("a", turn("甲"))
    assert asked(sessions, "a") == ["甲"]
    deadline = time.monotonic() + 10
    while asked(sessions, "a") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert asked(sessions, "a") == []
    sessions.close()


def test_the_file_names_no_session_and_only_its_owner_reads_it(tmp_path: Path, watch: Hands) -> None:
    sessions = FileSessions(tmp_path, watch, lambda value: "hidden", most=3, turns=2, age=AGE)
    sessions.add("a-secret-session-id", turn("甲"))
    sessions.close()
    assert b"a-secret-session-id" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    if sys.platform != "win32":
        assert (tmp_path / "sessions.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("spoil", ["damaged", "folder"])
def test_a_file_that_cannot_be_used_costs_the_conversation_and_is_told_once(
    spoil: str, tmp_path: Path, watch: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "sessions.db"
    if spoil == "damaged":
        path.write_bytes(b"no database" * 1000)
    else:
        path.mkdir()
    sessions = in_file(tmp_path, watch)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            sessions.add("a", turn("甲"))
            assert asked(sessions, "a") == []
    assert len(caplog.records) == 1
    path.rmdir() if spoil == "folder" else path.unlink()
    sessions.add("a", turn("甲"))
    assert asked(sessions, "a") == ["甲"]
    sessions.close()


def test_a_server_that_is_away_or_silent_costs_the_conversation_and_little_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, caplog.at_level(logging.WARNING):
        sessions = on_server(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        sessions.add("a", turn("甲"))
        assert asked(sessions, "a") == []
        sessions.close()
    assert len(caplog.records) == 1


def test_an_address_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(SettingsError, match="QA_REDIS_URL"):
        on_server("http://127.0.0.1")


_WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from qa_service.answer.dialogue.conversation import Turn
from qa_service.answer.models import Status
from qa_service.clock import china_clock
from qa_service.journal.session_file import FileSessions
sessions = FileSessions(Path(sys.argv[1]), china_clock, str, most=10000, turns=6, age=timedelta(minutes=30))
for number in range(int(sys.argv[2])):
    sessions.add(f"{sys.argv[3]}-{number}", Turn("问", Status.ANSWERED))
    print(number, flush=True)
"""


def write_beside(folder: Path, count: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, str(folder), str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [write_beside(tmp_path, 100, name) for name in "xy"]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    sessions = FileSessions(tmp_path, lambda: datetime.now(CHINA), str, most=10000, turns=6, age=AGE)
    assert len(sessions) == 200
    sessions.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_process_killed_while_it_writes_leaves_what_it_had_written(tmp_path: Path) -> None:
    writer = write_beside(tmp_path, 100_000, "x")
    assert writer.stdout
    for _ in range(20):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.wait(20)
    writer.stdout.close()
    sessions = FileSessions(tmp_path, lambda: datetime.now(CHINA), str, most=10000, turns=6, age=AGE)
    assert asked(sessions, "x-19") == ["问"]
    sessions.close()


def test_threads_of_one_process_lose_no_turn(tmp_path: Path, watch: Hands) -> None:
    sessions = in_file(tmp_path, watch, most=50, turns=200)
    threads = [Thread(target=lambda: [sessions.add("a", turn("问")) for _ in range(20)]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sessions.conversation("a")) == 120
    sessions.close()
