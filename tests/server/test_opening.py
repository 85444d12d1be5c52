import gc
import sys
import threading
import weakref
from pathlib import Path

import pytest

from qa_service.server.opening import give_back_memory, quietly


def test_requests_go_first_meanwhile_and_all_is_as_before_afterwards(tmp_path: Path) -> None:
    interval = sys.getswitchinterval()
    opening = quietly(tmp_path / "var")
    with opening:
        assert sys.getswitchinterval() < interval
        assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(interval)
    assert gc.isenabled()


def test_one_opens_after_another(tmp_path: Path) -> None:
    waiting, order = threading.Event(), list[str]()

    def second() -> None:
        waiting.set()
        with quietly(tmp_path):
            order.append("second")

    with quietly(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(5)
        thread.join(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_without_a_folder_to_take_turns_in_it_opens_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with quietly(tmp_path / "file"):
        pass


def test_what_only_holds_itself_is_freed() -> None:
    class Circle:
        def __init__(self) -> None:
            self.own = self

    gone = weakref.ref(Circle())
    give_back_memory()
    assert gone() is None
