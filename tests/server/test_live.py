import logging
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from qa_service.errors import BuildError
from qa_service.server.app import create_app
from qa_service.server.live import LiveService
from qa_service.server.opening import give_back_memory
from qa_service.service import Service, build_index, open_service
from qa_service.settings import Settings


@pytest.fixture
def settings(tiny_corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var")


def amended(corpus: Path, amount: str) -> None:
    path = corpus / "laws" / "test-law.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(text[text.index("每件资助") :], f"每件资助{amount}。\n"), "utf-8")


def test_nothing_is_opened_while_the_live_build_is_the_same(settings: Settings) -> None:
    def never(before: Service) -> Service:
        raise AssertionError

    assert not LiveService(open_service(settings), reopen=never).look()


def test_another_build_takes_over_with_what_was_said_before(settings: Settings, tiny_corpus: Path) -> None:
    service = open_service(settings)
    service.ask("授权的发明专利每件资助多少钱", session_id="s")
    told: list[Service] = []
    live = LiveService(service, changed=told.append)
    amended(tiny_corpus, "三万元")
    build_index(settings)
    assert live.look()
    assert told == [live.service]
    assert live.service is not service
    assert "三万元" in live.service.ask("授权的发明专利每件资助多少钱").text
    assert live.service.sessions.conversation("s") == service.sessions.conversation("s") != ()
    assert (live.service.curated, live.service.writers) == (service.curated, service.writers)
    assert not live.look()
    assert live.swaps == 1


def test_the_old_one_answers_as_before_and_is_let_go_with_its_last_request(
    settings: Settings, tiny_corpus: Path
) -> None:
    live = LiveService(open_service(settings))
    held = live.service
    gone = [weakref.ref(part) for part in (held, held.engine, held.library, held.searcher)]
    amended(tiny_corpus, "三万元")
    build_index(settings)
    assert live.look()
    assert "一万元" in held.ask("授权的发明专利每件资助多少钱").text
    del held
    give_back_memory()
    assert [part() for part in gone] == [None] * 4


def test_a_corpus_that_is_newer_than_the_build_waits_for_the_next_build(settings: Settings, tiny_corpus: Path) -> None:
    service = open_service(settings)
    build_index(settings)
    amended(tiny_corpus, "三万元")
    live = LiveService(service)
    assert not live.look()
    assert "qa-service build" in str(live.trouble)
    assert live.service is service
    assert "一万元" in service.ask("授权的发明专利每件资助多少钱").text
    build_index(settings)
    live.look_now()
    assert live.look()
    assert live.trouble is None


def test_a_build_that_cannot_be_opened_is_tried_again_with_ever_longer_pauses(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    now, tries = [0.0], list[float]()

    def broken(before: Service) -> Service:
        tries.append(now[0])
        raise BuildError("索引坏了")

    live = LiveService(open_service(settings), reopen=broken, monotonic=lambda: now[0])
    build_index(settings)
    with caplog.at_level(logging.ERROR):
        while now[0] < 60:
            live.look()
            now[0] += 2
    assert tries == [0, 4, 12, 28]
    assert live.failures == 4
    assert "索引坏了" in str(live.trouble)
    assert caplog.text.count("索引坏了") == 1
    live.look_now()
    live.look()
    assert len(tries) == 5


def test_a_damaged_build_leaves_the_old_one_answering(settings: Settings) -> None:
    service = open_service(settings)
    (build_index(settings) / "passages.jsonl").write_text("{}\n", "utf-8")
    live = LiveService(service)
    assert not live.look()
    assert "passages.jsonl" in str(live.trouble)
    assert live.service is service


def test_the_watch_looks_when_it_is_told_to_and_ends(settings: Settings) -> None:
    looked = threading.Event()
    live = LiveService(open_service(settings), looked=looked.set)
    live.start()
    live.look_now()
    assert looked.wait(1.5)
    live.stop()


def test_fifty_swaps_under_load_lose_no_request_and_mix_no_builds(
    settings: Settings, tiny_corpus: Path, serve_app: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    service = open_service(settings)
    amended(tiny_corpus, "三万元")
    builds = {"一万元": service.build, "三万元": build_index(settings)}
    amended(tiny_corpus, "一万元")
    ended, failures, asked = threading.Event(), list[str](), Counter[str]()

    def ask(address: str) -> None:
        body = {"question": "授权的发明专利每件资助多少钱"}
        with httpx2.Client() as client:
            while not ended.is_set():
                response = client.post(f"{address}/api/v1/ask", json=body)
                if response.status_code != 200:
                    failures.append(response.text)
                    continue
                answer = response.json()
                amount = "三万元" if "三万元" in answer["answer"] else "一万元"
                if amount not in answer["answer"] or amount not in answer["citations"][0]["text"]:
                    failures.append(response.text)
                asked[amount] += 1
                time.sleep(0.01)  # leaves the machine to the opening, as people do

    app = create_app(lambda: service)
    with serve_app(app) as address:
        live: LiveService = app.state.standing.live
        threads = [threading.Thread(target=ask, args=[address]) for _ in range(2)]
        for thread in threads:
            thread.start()
        for n in range(1, 51):
            amount = ("三万元", "一万元")[n % 2 == 0]
            amended(tiny_corpus, amount)
            (settings.index_dir / "CURRENT").write_text(f"{builds[amount].name}\n", "utf-8")
            live.look_now()
            deadline = time.monotonic() + 20
            while live.swaps < n:
                assert time.monotonic() < deadline, live.trouble
                time.sleep(0.01)
        ended.set()
        for thread in threads:
            thread.join(20)
    assert failures == []
    assert live.swaps == 50
    assert min(asked["一万元"], asked["三万元"]) > 20
