"""Publishing and taking back at the desk, killed at every system call: run by itself, for it forks."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qa_service.clock import china_clock
from qa_service.corpus.batches import IMPORTED
from qa_service.corpus.intake import settled
from qa_service.corpus.library import read_library
from qa_service.desk.imports.desk import ImportDesk
from qa_service.desk.imports.staged import Brought
from qa_service.errors import NotFoundError
from qa_service.journal.import_log import ImportLog
from qa_service.keeping import open_journal
from qa_service.settings import Settings
from tests.conftest import LAW
from tests.faults.kills import _counting_calls, _in_a_fork

NAMES = ("甲", "乙", "丙")


def desk_of(root: Path) -> ImportDesk:
    """The desk of an installation."""
    settings = Settings(corpus_dir=root / "corpus", index_dir=root / "index", data_dir=root / "var")
    return ImportDesk(settings, ImportLog(open_journal(settings), china_clock), china_clock, len)


def brought(name: str) -> Brought:
    """A measure of its own."""

    def keep(folder: Path) -> Path:
        path = folder / ".incoming"
        path.write_text(
            f"示例区{name}项办法\n第一条　对示范企业奖励三万元。\n第二条　本办法自2026年4月10日起施行。\n", "utf-8"
        )
        return path

    return Brought(f"{name}.txt", keep)


def publish(root: Path) -> None:
    desk = desk_of(root)
    (stage,) = desk.staging.all()
    desk.publish(stage.id, "王", "新发的")


def take_back(root: Path) -> None:
    desk = desk_of(root)
    desk.undo(desk.batches()[0].id, "王", "发错了")


def bring(root: Path) -> None:
    desk_of(root).stage("王", [brought(name) for name in NAMES])


def whole(root: Path) -> str:
    """What is broken after a kill, if anything is."""
    corpus = root / "corpus"
    with settled(corpus):
        there = set(read_library(corpus).documents) - {"test-law"}
    if len(there) not in (0, len(NAMES)):
        return f"half of a batch is there: {there}"
    desk = desk_of(root)
    for stage in desk.staging.all():
        with suppress(NotFoundError):
            ready = desk.preview(desk.staging.get(stage.id)).ready
            if not stage.batch and bool(ready) == bool(there):
                return f"the upload can{'' if ready else 'not'} be published, and the corpus holds {there}"
            if ready:
                desk.publish(stage.id, "李")
    if desk.batches() and desk.batches()[0].can_be_undone:
        desk.undo(desk.batches()[0].id, "李", "收回")
    if set(read_library(corpus).documents) != {"test-law"}:
        return "what was taken back is there"
    left = [p for p in (corpus / IMPORTED).rglob("*") if p.is_file()] if (corpus / IMPORTED).is_dir() else []
    return f"left behind: {left}" if left else ""


def killed(first: Path, now: Path, operation: Callable[[Path], None], at_call: int | None) -> tuple[bool, int]:
    """Run an operation in a child that is killed at a call; returns whether it was, and how many calls it made."""
    shutil.rmtree(now, ignore_errors=True)
    shutil.copytree(first, now)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = _counting_calls(at_call)
        try:
            operation(now)
            os.write(writing, str(count[0]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, int(said or 0)


def main(every: int) -> int:
    """Kill each operation before and after every so many calls; returns how many kills broke something."""
    failures = kills = 0
    with tempfile.TemporaryDirectory() as scratch:
        empty, staged, published, now = (Path(scratch) / name for name in ("empty", "staged", "published", "now"))
        (empty / "corpus").mkdir(parents=True)
        (empty / "corpus" / "test-law.md").write_text(LAW, "utf-8")
        shutil.copytree(empty, staged)
        _in_a_fork(lambda: bring(staged) or "")
        shutil.copytree(staged, published)
        _in_a_fork(lambda: publish(published) or "")
        for name, first, operation in (
            ("上传", empty, bring),
            ("发布", staged, publish),
            ("撤销", published, take_back),
        ):
            _, calls = killed(first, now, operation, None)
            assert calls, name
            for at_call in range(0, 2 * calls, every):
                was, _ = killed(first, now, operation, at_call)
                kills += was
                if broken := _in_a_fork(lambda: whole(now)):
                    failures += 1
                    sys.stdout.write(f"{name} {at_call}: {broken}\n")
    sys.stdout.write(f"{kills} kills, {failures} failures\n")
    return failures


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1])), 99))
