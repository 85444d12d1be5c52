"""Processes killed with ``kill -9`` at any moment of what they do, and what must hold afterwards.

Everything is imported once; a child is a fork, so that hundreds of kills take a minute or two. Half of the kills come at
a moment drawn from the time that the operation takes undisturbed, half right before or after one of its system calls.
What a restart finds is looked at by another fork, which has opened nothing yet.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import time
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qa_service import service as opening
from qa_service import shipped
from qa_service.answer.curated.answers import ApprovedClause, CuratedAnswer, CuratedHit
from qa_service.clock import CHINA, china_clock
from qa_service.corpus.batches import IMPORTED
from qa_service.corpus.intake import Taken, batches, take, undo, write_batch
from qa_service.corpus.library import read_library
from qa_service.corpus.models import ValidityState
from qa_service.index.build import write_build
from qa_service.index.static_embedder import StaticEmbedder
from qa_service.index.store import BuildStore, Manifest, read_manifest, verify
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import Journal
from qa_service.journal.hit_writer import HitWriter
from qa_service.secret_key import read_secret_key
from qa_service.service import open_service
from qa_service.settings import Settings
from qa_service.text.segmenter import Segmenter

CALLS = ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir", "open")
KNOWN = ("示例市专利促进条例第三条", "一万元")
"""A question, and what its answer holds."""
_LAW = "---\nid: test-law\ntitle: 示例市专利促进条例\nform: full_text\nlevel: 地方性法规\neffective: 2020-05-01\n---\n# 示例市专利促进条例\n\n第一条 为了鼓励发明创造，制定本条例。\n\n第二条 提出申请的，应当在三个月内提交材料。\n\n第三条 对授权的发明专利，每件资助一万元。\n"
_NOW = datetime(2026, 7, 1, 12, tzinfo=CHINA)


@dataclass
class Tally:
    """What became of the kills of one operation."""

    kills: int = 0
    inside: int = 0
    """Killed after the operation had begun and before it was over."""
    lost_documents: int = 0
    unreadable_indexes: int = 0
    failed_answers: int = 0
    other: int = 0
    """Broken journals and keys, locks not free, leftovers not removed, work that cannot go on."""

    @property
    def failures(self) -> int:
        """How many kills broke anything."""
        return self.lost_documents + self.unreadable_indexes + self.failed_answers + self.other


class Scene:
    """An installation with a corpus, a build, a journal and a key, copied anew before every kill."""

    def __init__(self, folder: Path) -> None:
        self.embedder = StaticEmbedder(shipped.model_folder())
        self.segmenter = Segmenter()
        opening.open_query_embedder = lambda settings: self.embedder
        opening.open_passage_embedder = lambda settings, progress: self.embedder
        opening.Segmenter = lambda terms=(): self.segmenter  # type: ignore[assignment,misc]
        self.first, self.root = folder / "first", folder / "now"
        sources = folder / "sources"
        sources.mkdir(parents=True)
        (self.first / "corpus").mkdir(parents=True)
        (self.first / "corpus" / "test-law.md").write_text(_LAW, "utf-8")
        self.before = [_measure(sources, number) for number in range(4)]
        # Of the second import, two are new and two replace what the first one wrote.
        self.after = [_measure(sources, number, "五万元") for number in range(2, 6)]
        write_batch(self.before, self.first / "corpus", _NOW)
        self.root = self.first
        open_service(self.settings()).close()
        _store(self.root).add(_answer("c-0"), "张三")
        self.root = folder / "now"

    def settings(self) -> Settings:
        """The settings of the installation."""
        return Settings(corpus_dir=self.root / "corpus", index_dir=self.root / "index", data_dir=self.root / "var")

    def renew(self) -> None:
        """Put everything back as it was at first."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.first, self.root)


@dataclass(frozen=True)
class Operation:
    """Something a process does when it is killed, with what has to be there for it first."""

    name: str
    run: Callable[[Scene], object]
    prepare: Callable[[Scene], object] = lambda scene: None


def _build(scene: Scene) -> object:
    library = read_library(scene.root / "corpus")
    return write_build(library, scene.segmenter, scene.embedder, BuildStore(scene.root / "index"))


def _publish(scene: Scene) -> object:
    store = BuildStore(scene.root / "index")
    live = store.builds()[0]
    with store.draft() as draft:
        shutil.copytree(live, draft, dirs_exist_ok=True)
        (draft / "manifest.json").unlink()
        return store.publish(draft, replace(_manifest(live), created=china_clock().isoformat(timespec="seconds")))


def _manifest(build: Path) -> Manifest:
    return read_manifest(build)


def _curated(scene: Scene) -> object:
    store = _store(scene.root)
    for number in range(1, 6):
        store.add(_answer(f"c-{number}"), "张三")
        store.withdraw(f"c-{number}", "李四")
    return None


def _hits(scene: Scene) -> object:
    writer = HitWriter(Journal(None, scene.root / "var"), china_clock)
    for _ in range(20):
        writer.put(CuratedHit("c-0", 1.0, True))
        time.sleep(0.001)
    writer.queue.close()
    return None


def _key(scene: Scene) -> object:
    return read_secret_key(None, scene.root / "key")


OPERATIONS = (
    Operation("建索引", _build),
    Operation("导入", lambda scene: write_batch(scene.after, scene.root / "corpus", _NOW)),
    Operation(
        "撤销导入",
        lambda scene: undo(scene.root / "corpus"),
        lambda scene: write_batch(scene.after, scene.root / "corpus", _NOW),
    ),
    Operation("切换索引", _publish),
    Operation("人工审核的答案", _curated),
    Operation("记录使用次数", _hits),
    Operation("生成密钥", _key),
)


def kill_all(folder: Path, inside: int, seed: int, tell: Callable[[str], None]) -> dict[str, Tally]:
    """Kill every operation until so many kills in all came in the midst of one; returns what became of them.

    Args:
        folder: an empty folder to work in.
        inside: how many kills are to land in the midst of an operation.
        seed: of the moments.
        tell: told of every failure.
    """
    chance = random.Random(seed)
    scene = Scene(folder)
    tallies = {operation.name: Tally() for operation in OPERATIONS}
    takes = {operation.name: _undisturbed(operation, scene) for operation in OPERATIONS}
    number = 0
    while sum(tally.inside for tally in tallies.values()) < inside and number < inside * 4:
        operation = OPERATIONS[number % len(OPERATIONS)]
        number += 1
        seconds, calls = takes[operation.name]
        scene.renew()
        operation.prepare(scene)
        at_call = chance.randrange(2 * calls) if chance.random() < 0.5 else None
        was_inside = _killed(operation, scene, at_call, chance.uniform(0, seconds))
        tally = tallies[operation.name]
        tally.kills += 1
        tally.inside += was_inside
        if broken := _in_a_fork(lambda: _restart(scene)):
            kind, _, what = broken.partition(":")
            setattr(tally, kind, getattr(tally, kind) + 1)
            tell(f"{operation.name}（第 {number} 次，系统调用 {at_call}）{what}")
    return tallies


def _undisturbed(operation: Operation, scene: Scene) -> tuple[float, int]:
    """How long an operation takes, in seconds, and how many system calls it makes."""
    scene.renew()
    operation.prepare(scene)

    def run() -> str:
        counted = _counting_calls(None)
        began = time.perf_counter()
        operation.run(scene)
        return f"{time.perf_counter() - began} {counted[0]}"

    seconds, calls = _in_a_fork(run).split()
    return float(seconds), max(int(calls), 1)


def _counting_calls(fatal: int | None) -> list[int]:
    """Count the calls made through ``os``; kill this process right before (even) or after (odd) the one given."""
    count = [0]

    def counting(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            if fatal == 2 * count[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*args, **kwargs)
            if fatal == 2 * count[0] + 1:
                os.kill(os.getpid(), signal.SIGKILL)
            count[0] += 1
            return result

        return counted

    for name in CALLS:
        setattr(os, name, counting(getattr(os, name)))
    return count


def _killed(operation: Operation, scene: Scene, at_call: int | None, after_s: float) -> bool:
    """Run an operation in a child and kill it; returns whether it was in the midst of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.write(writing, b"s")
            _counting_calls(at_call)
            operation.run(scene)
            os.write(writing, b"e")
        os._exit(0)
    os.close(writing)
    os.read(reading, 1)
    if at_call is None:
        select.select([reading], [], [], after_s)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    ended = os.read(reading, 1)
    os.close(reading)
    return os.WIFSIGNALED(status) and not ended


def _in_a_fork(work: Callable[[], str]) -> str:
    """Return what ``work`` returns in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = work()
        except BaseException:
            said = f"other:{traceback.format_exc(limit=-4)}"
        os.write(writing, said.encode()[:60000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read().decode(errors="replace")
    os.waitpid(child, 0)
    return said


def _restart(scene: Scene) -> str:
    """Start anew after a kill; returns what is broken, if anything is."""
    store = BuildStore(scene.root / "index")
    try:
        for build in store.builds():
            verify(build)
        if not store.builds():
            return "unreadable_indexes:没有索引"
    except Exception as error:
        return f"unreadable_indexes:{error}"
    try:
        service = open_service(scene.settings())
        if service.degraded:
            return f"unreadable_indexes:{service.degraded}"
        said = service.ask(KNOWN[0]).text
        service.close()
    except Exception as error:
        return f"failed_answers:{error}"
    if KNOWN[1] not in said:
        return f"failed_answers:{said}"
    library = read_library(scene.root / "corpus")
    have = {d.id: d for d in library.documents.values()}
    wanted = [
        {t.document.id: t.document for t in self_and} for self_and in (scene.before, [*scene.before, *scene.after])
    ]
    found = {document_id: d for document_id, d in have.items() if document_id != "test-law"}
    if "test-law" not in have or found not in wanted:
        return f"lost_documents:{sorted(have)}"
    return _goes_on(scene, store)


def _goes_on(scene: Scene, store: BuildStore) -> str:
    """Import, undo and build after a kill; returns what does not work, or is left lying about."""
    corpus = scene.root / "corpus"
    known = len(batches(corpus))
    write_batch(scene.after, corpus, _NOW)
    undo(corpus)
    if len(batches(corpus)) != known:
        return "other:批次不对"
    _build(scene)
    left = [p for p in scene.root.rglob("*") if ".writing" in p.name or ".unfinished" in p.name]
    kept = {p.name for p in (corpus / IMPORTED / ".batches").iterdir()}
    left = [p for p in left if p.parent.name != "key"]  # the next key is written over it
    if left or kept != {batch.id for batch in batches(corpus)}:
        return f"other:留下 {left} {kept}"
    with closing(sqlite3.connect(scene.root / "var" / "journal.db")) as journal:
        (state,) = journal.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            return f"other:{state}"
    answers = _store(scene.root)
    if len(answers.answers()) != len({a.id for a in answers.answers()}) or answers.answer("c-0") != _answer("c-0"):
        return "other:人工审核的答案不对"
    for answer in answers.answers():
        if [c.action for c in answers.changes(answer.id)] != ["added", "withdrawn"][: 1 + answer.withdrawn]:
            return f"other:{answer.id} 的记录不全"
    if read_secret_key(None, scene.root / "key").derived("a") != read_secret_key(None, scene.root / "key").derived("a"):
        return "other:密钥不对"
    return ""


def _measure(folder: Path, number: int, amount: str = "三万元") -> Taken:
    name = "甲乙丙丁戊己"[number]
    path = folder / f"示例区{name}项奖励办法.txt"
    path.write_text(
        f"示例区{name}项奖励办法\n第一条　为了促进发展，制定本办法。\n第二条　每件奖励{amount}。\n"
        "第三条　本办法自2026年4月10日起施行。\n",
        "utf-8",
    )
    return take(path, [])


def _store(root: Path) -> CuratedStore:
    return CuratedStore(Journal(None, root / "var"), china_clock)


def _answer(answer_id: str) -> CuratedAnswer:
    clause = ApprovedClause("test-law#第三条", "0" * 64, ValidityState.IN_FORCE)
    day = date(2026, 7, 1)
    return CuratedAnswer(
        answer_id, f"问题{answer_id}怎么办", (), "资助一万元[1]。", (clause,), "张三", day, date(2027, 7, 1)
    )
