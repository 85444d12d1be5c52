from concurrent.futures import ThreadPoolExecutor
from threading import Event

from qa_service.errors import JournalError
from qa_service.journal.glance import Glance


def test_while_one_looks_the_others_go_on_with_what_was_seen() -> None:
    looking, go_on = Event(), Event()
    times = [0.0]

    def read(before: int) -> int:
        if before:
            looking.set()
            go_on.wait(10)
        return before + 1

    glance = Glance("things", read, 0, every_s=5, after_failure_s=60, monotonic=lambda: times[-1])
    assert glance.now() == 1
    times.append(10.0)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(glance.now)
        assert looking.wait(10)
        assert glance.now() == 1
        go_on.set()
        assert slow.result(10) == 2
    assert glance.now() == 2


def test_for_the_first_look_all_wait() -> None:
    looking, go_on = Event(), Event()

    def read(before: int) -> int:
        looking.set()
        go_on.wait(10)
        return 1

    glance = Glance("things", read, 0, every_s=1000, after_failure_s=1000)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(glance.now) for _ in range(2)]
        assert looking.wait(10)
        go_on.set()
        assert [one.result(10) for one in waiting] == [1, 1]


def test_after_a_failure_it_is_left_alone_for_a_while() -> None:
    looks, times = 0, [0.0]

    def read(before: int) -> int:
        nonlocal looks
        looks += 1
        raise JournalError("away")

    glance = Glance("things", read, 7, every_s=1, after_failure_s=30, monotonic=lambda: times[-1])
    for time in (0.0, 2.0, 29.0, 31.0, 40.0):
        times.append(time)
        assert glance.now() == 7
    assert looks == 2
