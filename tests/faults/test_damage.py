"""Builds damaged in every way a disk or an operator can: noticed at the start, and an answer is given all the same."""

import random
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from qa_service import durable, shipped
from qa_service import service as opening
from qa_service.clock import CHINA
from qa_service.corpus.intake import batches, take, undo, write_batch
from qa_service.corpus.library import Library, read_library
from qa_service.errors import BuildError, CorpusError, ModelError, NoBuildError
from qa_service.index.build import write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine
from qa_service.index.opening import open_fitting, open_last_good
from qa_service.index.store import BuildStore, files_below, verify
from qa_service.service import open_service
from qa_service.settings import Settings
from qa_service.text.segmenter import Segmenter


@pytest.fixture
def store(tmp_path: Path, tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder) -> BuildStore:
    """A folder with one build of the tiny library."""
    store = BuildStore(tmp_path / "index")
    write_build(tiny_library, segmenter, hash_embedder, store)
    return store


def test_every_damage_to_every_file_of_a_build_is_noticed(store: BuildStore, tmp_path: Path) -> None:
    (build,) = store.builds()
    manifest, chance = verify(build), random.Random(5)
    for path in files_below(build):
        data = path.read_bytes()
        damaged = [b"", data[:1], data[: len(data) // 2], data[:-1], data + b"x"]
        for _ in range(12):
            place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
            damaged.append(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
        for other in damaged:
            path.write_bytes(other)
            with pytest.raises(NoBuildError):
                verify(build)
        path.unlink()
        with pytest.raises(NoBuildError):
            verify(build)
        path.mkdir()
        with pytest.raises(NoBuildError):
            verify(build)
        path.rmdir()
        path.write_bytes(data)
    assert verify(build) == manifest


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"../corpus", b".", b"a\0b", b"20990101T000000-00000000\n", b"x" * 300, None]
)
def test_a_pointer_that_is_damaged_is_done_without_and_mended(
    content: bytes | None, store: BuildStore, tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder
) -> None:
    pointer = store.root / "CURRENT"
    pointer.unlink()
    if content is None:
        pointer.mkdir()
    else:
        pointer.write_bytes(content)
    assert open_fitting(store, tiny_library, hash_embedder) is not None
    build = write_build(tiny_library, segmenter, hash_embedder, store)
    assert store.current() == build


def test_of_two_builds_the_intact_one_is_opened(
    store: BuildStore, tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder
) -> None:
    (old,) = store.builds()
    new = write_build(tiny_library, segmenter, hash_embedder, store)
    (new / "passages.jsonl").write_bytes((new / "passages.jsonl").read_bytes()[:-2])
    engine = open_fitting(store, tiny_library, hash_embedder)
    assert engine is not None
    assert engine.manifest == verify(old)


def test_where_no_build_can_be_made_the_last_good_one_is_served_and_the_operator_told(
    tiny_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var")
    embedder = opening.open_query_embedder(settings)
    monkeypatch.setattr(opening, "open_passage_embedder", lambda *_: embedder)
    assert open_service(settings).degraded is None
    law = (tiny_corpus / "laws" / "test-law.md").read_text("utf-8")
    (tiny_corpus / "laws" / "new.md").write_text(law.replace("test-law", "new").replace("示例市", "另一市"), "utf-8")

    def fails(*_: object) -> Embedder:
        raise ModelError("没有 torch")

    monkeypatch.setattr(opening, "open_passage_embedder", fails)
    service = open_service(settings)
    assert service.degraded is not None
    assert "没有 torch" in service.degraded
    assert service.degraded in caplog.text
    for question in ("示例市专利促进条例第三条", "另一市专利促进条例第三条", "授权的发明专利资助多少钱"):
        assert service.ask(question)
    assert "一万元" in service.ask("示例市专利促进条例第三条").text
    # A document of the build that is no longer in the library: nobody may be answered from it.
    (tiny_corpus / "laws" / "test-law.md").unlink()
    with pytest.raises(ModelError, match="torch"):
        open_service(settings)


def test_a_build_of_another_model_is_no_last_resort(
    store: BuildStore, tiny_library: Library, hash_embedder: Embedder
) -> None:
    assert open_last_good(store, tiny_library, hash_embedder) is not None
    hash_embedder.fingerprint = "another"  # type: ignore[misc]
    assert open_last_good(store, tiny_library, hash_embedder) is None


@pytest.mark.parametrize("damage", ["missing", "truncated", "vocabulary"])
def test_a_damaged_model_is_an_error_in_words(damage: str, tmp_path: Path, tiny_corpus: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(shipped.model_folder(), folder)
    weights = folder / "model.safetensors"
    if damage == "missing":
        weights.unlink()
    elif damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:1000])
    else:
        import numpy as np
        from safetensors.numpy import save_file

        save_file({"embedding.weight": np.zeros((10, 256), np.float16)}, weights)
    from qa_service.index.static_embedder import StaticEmbedder

    with pytest.raises(ModelError, match="已损坏"):
        StaticEmbedder(folder)


def test_a_clock_set_back_makes_a_build_that_is_live_and_kept(
    store: BuildStore, tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder
) -> None:
    now = datetime(2026, 7, 1, tzinfo=CHINA)
    made = []
    for day in (now + timedelta(days=3650), now, now - timedelta(days=365), now):
        made.append(write_build(tiny_library, segmenter, hash_embedder, store, clock=lambda day=day: day))  # type: ignore[misc]
        assert store.current() == made[-1]
        (store.root / "CURRENT").unlink()
        assert store.builds()[0] == made[-1]  # even where nothing but its name tells
        (store.root / "CURRENT").write_text(made[-1].name)
    assert store.builds() == made[:-3:-1]


def test_imports_are_undone_in_their_order_though_the_clock_was_set_back(tiny_corpus: Path, tmp_path: Path) -> None:
    now = datetime(2026, 7, 1, tzinfo=CHINA)
    for number, day in enumerate((now, now - timedelta(days=365), now, now - timedelta(days=1))):
        path = tmp_path / "示例区奖励办法.txt"
        path.write_text(
            f"示例区奖励办法\n第一条　为了促进发展，制定本办法。\n第二条　每件奖励{number + 1}万元。\n", "utf-8"
        )
        write_batch([take(path, read_library(tiny_corpus).documents.values())], tiny_corpus, day)
    for number in (4, 3, 2, 1):
        assert f"奖励{number}万元" in read_library(tiny_corpus)["示例区奖励办法"].body
        undo(tiny_corpus)
    assert batches(tiny_corpus) == []


def test_builds_are_swapped_under_readers_without_a_failure(
    store: BuildStore, tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder
) -> None:
    stop, failures, opened = Event(), list[str](), [0]

    def read() -> None:
        while not stop.is_set():
            try:
                engine = open_fitting(store, tiny_library, hash_embedder)
                if engine is None:
                    failures.append("none")
                elif len(engine.candidates(["专利"], hash_embedder.encode_queries(["专利"])[0], 3, ["test-law"])) == 0:
                    failures.append("empty")
                opened[0] += 1
            except Exception as error:
                failures.append(repr(error))

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        (live,) = store.builds()
        for _ in range(20):
            with store.draft() as draft:
                shutil.copytree(live, draft, dirs_exist_ok=True)
                live = store.publish(draft, verify(live))
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert opened[0] > 10
    assert len(store.builds()) == 2


def _import(corpus: Path) -> None:
    taken = [take(path, []) for path in sorted(corpus.parent.glob("*.txt"))]
    write_batch(taken, corpus, datetime(2026, 7, 1, tzinfo=CHINA))


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize("at", range(1, 13))
def test_a_disk_that_fills_up_at_any_moment_of_an_import_leaves_what_was_there(
    at: int, tiny_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "甲乙":
        text = f"示例区{name}项奖励办法\n第一条　为了促进发展，制定本办法。\n第二条　每件奖励三万元。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    _import(tiny_corpus)  # so that the next import has something to keep
    before, write, calls = _snapshot(tiny_corpus), durable.os.fsync, [0]

    def filling(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] == at:
            raise FULL
        write(descriptor)

    monkeypatch.setattr(durable.os, "fsync", filling)
    with pytest.raises(CorpusError, match="没有导入任何文件"):
        _import(tiny_corpus)
    monkeypatch.undo()
    assert _snapshot(tiny_corpus) == before
    _import(tiny_corpus)
    assert len(batches(tiny_corpus)) == 2


def test_a_disk_that_fills_up_while_a_build_is_written_leaves_the_old_one(
    store: BuildStore,
    tiny_library: Library,
    segmenter: Segmenter,
    hash_embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, flush, all_flushed = _snapshot(store.root), durable.os.fsync, [0]
    monkeypatch.setattr(durable.os, "fsync", lambda descriptor: all_flushed.__setitem__(0, all_flushed[0] + 1))
    with store.draft() as draft:
        shutil.copytree(store.builds()[0], draft, dirs_exist_ok=True)
        durable.flush_tree(draft)
    # The last two to be flushed: the pointer and, once it is in place, its folder.
    for at in (1, 2, all_flushed[0], all_flushed[0] + 1, all_flushed[0] + 2):
        calls = [0]

        def filling(descriptor: int, calls: Sequence[int] = calls, at: int = at) -> None:
            calls[0] += 1  # type: ignore[index]
            if calls[0] == at:
                raise FULL
            flush(descriptor)

        monkeypatch.setattr(durable.os, "fsync", filling)
        with pytest.raises(BuildError, match="旧索引不受影响"):
            write_build(tiny_library, segmenter, hash_embedder, store)
        monkeypatch.undo()
        assert _snapshot(store.root) == before
    assert len(EmbeddedEngine(store.builds()[0]).passages) == 3
