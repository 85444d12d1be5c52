import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from qa_service.answer.dialogue.conversation import Point, Turn, continued
from qa_service.answer.dialogue.sessions import MemorySessions
from qa_service.answer.models import Status
from tests.clocks import Hands


@pytest.fixture
def watch() -> Hands:
    return Hands()


def turn(question: str, status: Status = Status.ANSWERED) -> Turn:
    return Turn(question, status, points=(Point("一", "a#1"),))


def sessions_of(watch: Hands, *, most: int = 3, turns: int = 2) -> MemorySessions:
    return MemorySessions(watch, most=most, turns=turns, age=timedelta(minutes=30))


def asked(sessions: MemorySessions, session_id: str) -> list[str]:
    return [said.question for said in sessions.conversation(session_id)]


def test_a_session_remembers_its_last_turns(watch: Hands) -> None:
    sessions = sessions_of(watch)
    for question in "甲乙丙":
        sessions.add("a", turn(question))
    sessions.add("b", turn("丁"))
    assert asked(sessions, "a") == ["乙", "丙"]
    assert asked(sessions, "b") == ["丁"]
    assert asked(sessions, "c") == []


def test_a_session_that_is_silent_too_long_is_forgotten(watch: Hands) -> None:
    sessions = sessions_of(watch)
    sessions.add("a", turn("甲"))
    watch.now += timedelta(minutes=30)
    assert asked(sessions, "a") == ["甲"]
    watch.now += timedelta(seconds=1)
    assert asked(sessions, "a") == []
    sessions.add("a", turn("乙"))
    assert asked(sessions, "a") == ["乙"]


def test_a_clock_set_back_keeps_no_session_for_longer(watch: Hands) -> None:
    sessions = sessions_of(watch)
    sessions.add("a", turn("甲"))
    watch.now -= timedelta(days=365)
    assert asked(sessions, "a") == []
    sessions.add("b", turn("乙"))
    assert asked(sessions, "b") == ["乙"]
    assert len(sessions) == 1


def test_of_too_many_sessions_the_one_silent_longest_is_forgotten(watch: Hands) -> None:
    sessions = sessions_of(watch)
    for session_id in ("a", "b", "c", "a", "d"):
        sessions.add(session_id, turn("问"))
    assert [bool(sessions.conversation(session_id)) for session_id in "abcd"] == [True, False, True, True]
    assert len(sessions) == 3


def test_sessions_that_are_over_free_their_memory(watch: Hands) -> None:
    sessions = sessions_of(watch)
    sessions.add("a", turn("甲"))
    sessions.add("b", turn("乙"))
    watch.now += timedelta(hours=1)
    sessions.add("c", turn("丙"))
    assert len(sessions) == 1


def test_many_threads_lose_no_turn(watch: Hands) -> None:
    sessions = sessions_of(watch, most=50, turns=200)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: sessions.add(f"s{n % 4}", turn(str(n))), range(400)))
    assert sum(len(sessions.conversation(f"s{n}")) for n in range(4)) == 400


def test_small_talk_is_no_turn() -> None:
    said = continued((turn("甲"),), turn("谢谢", Status.SMALLTALK), 3)
    assert [t.question for t in said] == ["甲"]


def test_a_full_session_is_small() -> None:
    """About 6 KB: ten thousand sessions take some tens of megabytes."""
    points = tuple(Point("字" * 60, f"some-document#第{n}条") for n in range(12))
    said: tuple[Turn, ...] = ()
    for number in range(10):
        full = Turn(f"{number}" + "问" * 119, Status.ANSWERED, ("some-document#第一条",) * 5, points)
        said = tuple(continued(said, full, 6))
    pieces = [piece for t in said for piece in (t.question, *t.said, *(p.text for p in t.points))]
    assert sum(map(sys.getsizeof, pieces)) < 10_000
    assert [bool(t.points) for t in said] == [False] * 4 + [True] * 2


def test_a_session_can_be_forgotten_at_once(watch: Hands) -> None:
    sessions = sessions_of(watch)
    sessions.add("a", turn("甲"))
    sessions.add("b", turn("乙"))
    sessions.forget("a")
    sessions.forget("unknown")
    assert (asked(sessions, "a"), asked(sessions, "b")) == ([], ["乙"])
