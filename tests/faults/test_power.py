"""A power cut at every moment of a publication, an import, an undoing and the making of a key."""

import shutil
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from power import Trace, recording

from qa_service import durable
from qa_service.clock import CHINA
from qa_service.corpus.intake import Taken, settled, take, undo, write_batch
from qa_service.corpus.library import Library, read_library
from qa_service.index.build import write_build
from qa_service.index.embedder import Embedder
from qa_service.index.store import BuildStore, verify
from qa_service.secret_key import read_secret_key
from qa_service.text.segmenter import Segmenter

NOW = datetime(2026, 7, 1, 12, tzinfo=CHINA)
Check = Callable[[Path], None]


def broken(trace: Trace, check: Check, scratch: Path, states: int) -> list[str]:
    """Labels of the crash states in which the check fails, with why."""
    found = []
    numbers = count()
    for label, write in trace.states(states, seed=1):
        folder = scratch / f"state{next(numbers)}"
        write(folder)
        try:
            check(folder)
        except Exception as error:
            found.append(f"{label} {error!r}")
        shutil.rmtree(folder, ignore_errors=True)
    return found


@pytest.fixture
def measures(tmp_path: Path) -> tuple[list[Taken], list[Taken]]:
    """Two imports; the second replaces one document of the first and brings a new one."""

    def measure(name: str, amount: str) -> Taken:
        path = tmp_path / f"示例区{name}项奖励办法.txt"
        path.write_text(
            f"示例区{name}项奖励办法\n第一条　为了促进发展，制定本办法。\n第二条　每件奖励{amount}。\n", "utf-8"
        )
        return take(path, [])

    return [measure("甲", "三万元"), measure("乙", "三万元")], [measure("乙", "五万元"), measure("丙", "五万元")]


def bodies(folder: Path) -> dict[str, str]:
    with settled(folder):
        return {d.id: d.body for d in read_library(folder).documents.values()}


def test_an_import_is_there_whole_or_not_at_all(
    tiny_corpus: Path, measures: tuple[list[Taken], list[Taken]], tmp_path: Path
) -> None:
    write_batch(measures[0], tiny_corpus, NOW)
    before = bodies(tiny_corpus)
    with recording(tiny_corpus) as trace:
        write_batch(measures[1], tiny_corpus, NOW)
    after = bodies(tiny_corpus)
    assert len(trace.events) > 15

    def check(folder: Path) -> None:
        found = bodies(folder)
        assert found in (before, after)
        if found == before:
            write_batch(measures[1], folder, NOW)
            assert bodies(folder) == after
        undo(folder)
        assert bodies(folder) == before

    assert broken(trace, check, tmp_path, 12) == []
    shutil.rmtree(tmp_path / "last", ignore_errors=True)
    *_, (_, last) = trace.states(1, seed=1)
    last(tmp_path / "last")
    assert bodies(tmp_path / "last") == after  # once the call has returned, nothing of it is lost


def test_an_undoing_that_was_cut_short_is_finished(
    tiny_corpus: Path, measures: tuple[list[Taken], list[Taken]], tmp_path: Path
) -> None:
    write_batch(measures[0], tiny_corpus, NOW)
    before = bodies(tiny_corpus)
    write_batch(measures[1], tiny_corpus, NOW)
    after = bodies(tiny_corpus)
    with recording(tiny_corpus) as trace:
        undo(tiny_corpus)

    def check(folder: Path) -> None:
        assert bodies(folder) in (before, after)

    assert broken(trace, check, tmp_path, 12) == []


def test_a_publication_leaves_the_old_build_or_the_new_one(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    store = BuildStore(tmp_path / "index")
    builds = [write_build(tiny_library, segmenter, hash_embedder, store) for _ in range(2)]
    with recording(store.root) as trace:
        builds.append(write_build(tiny_library, segmenter, hash_embedder, store))

    def check(folder: Path) -> None:
        found = BuildStore(folder).builds()
        assert found[0].name in {build.name for build in builds[1:]}
        verify(found[0])

    assert broken(trace, check, tmp_path, 3) == []


def test_a_key_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    with recording(folder) as trace:
        key = read_secret_key(None, folder).derived("a")

    def check(state: Path) -> None:
        read_secret_key(None, state)

    assert broken(trace, check, tmp_path, 20) == []
    *_, (_, last) = trace.states(1, seed=1)
    last(tmp_path / "last")
    assert read_secret_key(None, tmp_path / "last").derived("a") == key


@pytest.mark.parametrize("forgotten", ["file", "folder"])
def test_a_flush_that_is_forgotten_is_found(forgotten: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    durable.write(folder / "a", "old" * 20)
    if forgotten == "folder":
        monkeypatch.setattr(durable, "flush", lambda path: None)
    with recording(folder) as trace:
        if forgotten == "folder":
            durable.write(folder / "a", "new" * 20)
        else:
            (folder / ".a.writing").write_text("new" * 20)
            durable.rename(folder / ".a.writing", folder / "a")

    def check(state: Path) -> None:
        assert (state / "a").read_text() in ("old" * 20, "new" * 20)
        if forgotten == "folder" and done:
            assert (state / "a").read_text() == "new" * 20

    done = False
    found = broken(trace, check, tmp_path, 10)
    if forgotten == "file":
        assert found
    else:
        assert found == []
        *_, (_, last) = trace.states(1, seed=1)
        last(tmp_path / "last")
        done = True
        with pytest.raises(AssertionError):
            check(tmp_path / "last")
