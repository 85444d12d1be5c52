import threading
import time
from collections.abc import Callable

import anyio
import pytest

from qa_service.admission import Admission
from qa_service.errors import BusyError


def test_no_more_are_computed_at_once_than_may_be() -> None:
    admission = Admission(at_once=2, waiting=20, patience_s=10)
    inside, most, lock = 0, 0, threading.Lock()

    def compute() -> int:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)
        with lock:
            inside -= 1
        return 1

    results = anyio.run(_all, admission, [compute] * 12)
    assert results == [1] * 12
    assert most == 2


def test_who_comes_when_it_is_full_is_turned_away_at_once() -> None:
    admission = Admission(at_once=1, waiting=2, patience_s=10)
    release = threading.Event()

    async def scenario() -> tuple[list[object], float]:
        outcomes: list[object] = []

        async def ask() -> None:
            try:
                outcomes.append(await admission.run(lambda: release.wait(10)))
            except BusyError as error:
                outcomes.append(error)

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(ask)
            while not admission.is_full:
                await anyio.sleep(0.005)
            began = time.perf_counter()
            await ask()
            took = time.perf_counter() - began
            release.set()
        return outcomes, took

    outcomes, took = anyio.run(scenario)
    assert isinstance(outcomes[0], BusyError)
    assert outcomes[1:] == [True, True, True]
    assert took < 1
    assert admission.turned_away == 1
    assert not admission.is_full


def test_nobody_waits_for_ever() -> None:
    admission = Admission(at_once=1, waiting=5, patience_s=0.05)
    release = threading.Event()

    async def scenario() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(admission.run, lambda: release.wait(10))
            await anyio.sleep(0.02)
            with pytest.raises(BusyError, match="请稍等"):
                await admission.run(lambda: None)
            release.set()

    anyio.run(scenario)
    assert anyio.run(admission.run, lambda: 7) == 7


def test_what_fails_gives_its_place_back() -> None:
    admission = Admission(at_once=1, waiting=0, patience_s=1)

    def fail() -> None:
        raise KeyError

    async def scenario() -> int:
        for _ in range(3):
            with pytest.raises(KeyError):
                await admission.run(fail)
        return await admission.run(lambda: 7)

    assert anyio.run(scenario) == 7


async def _all(admission: Admission, computes: list[Callable[[], int]]) -> list[int]:
    results: list[int] = []

    async def one(compute: Callable[[], int]) -> None:
        results.append(await admission.run(compute))

    async with anyio.create_task_group() as group:
        for compute in computes:
            group.start_soon(one, compute)
    return results
