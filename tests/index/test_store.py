import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa_service.corpus.library import Library
from qa_service.errors import BuildError, NoBuildError
from qa_service.index.build import PASSAGES, is_current, write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine
from qa_service.index.store import BuildStore, read_manifest, verify
from qa_service.text.segmenter import Segmenter

WRITER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import HashEmbedder
from qa_service.corpus.library import read_library
from qa_service.index.build import write_build
from qa_service.index.store import BuildStore
from qa_service.text.segmenter import Segmenter
library, segmenter, store = read_library(Path(sys.argv[1])), Segmenter(), BuildStore(Path(sys.argv[2]))
print("ready", flush=True)
while True:
    write_build(library, segmenter, HashEmbedder(), store)
"""


@pytest.fixture
def store(tmp_path: Path) -> BuildStore:
    return BuildStore(tmp_path / "index")


def test_a_build_is_published_whole(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, store: BuildStore
) -> None:
    build = write_build(tiny_library, segmenter, hash_embedder, store)
    assert store.builds() == [build]
    manifest = verify(build)
    assert (manifest.documents, manifest.passages, manifest.questions) == (1, 3, 2)
    assert is_current(manifest, tiny_library, hash_embedder)


def test_the_last_two_builds_are_kept_and_the_newest_is_live(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, store: BuildStore
) -> None:
    builds = [write_build(tiny_library, segmenter, hash_embedder, store) for _ in range(3)]
    assert store.builds()[0] == builds[-1]
    assert len(store.builds()) == 2


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "add"])
def test_a_damaged_build_is_noticed_by_name(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, store: BuildStore, damage: str
) -> None:
    build = write_build(tiny_library, segmenter, hash_embedder, store)
    path = build / PASSAGES
    data = path.read_bytes()
    if damage == "flip":
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    elif damage == "truncate":
        path.write_bytes(data[:-1])
    elif damage == "remove":
        path.unlink()
    else:
        (build / "extra").write_text("x")
    with pytest.raises(NoBuildError, match="extra" if damage == "add" else PASSAGES):
        verify(build)


def test_a_manifest_that_is_no_manifest_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(NoBuildError, match="qa-service build"):
        read_manifest(tmp_path)


def test_a_folder_that_cannot_be_written_is_an_error_in_words(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(BuildError, match="QA_INDEX_DIR"):
        write_build(tiny_library, segmenter, hash_embedder, BuildStore(tmp_path / "file" / "index"))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
def test_a_build_killed_at_any_moment_leaves_the_old_one_serving(
    tiny_corpus: Path, tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, store: BuildStore
) -> None:
    write_build(tiny_library, segmenter, hash_embedder, store)
    command = [sys.executable, "-c", WRITER, str(tiny_corpus), str(store.root), str(Path(__file__).parents[1])]
    for delay_ms in (1, 7, 13, 19, 29, 41, 53, 71):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay_ms / 1000)
        process.kill()
        process.wait()
        process.stdout.close()
        assert len(EmbeddedEngine(store.builds()[0]).passages) == 3
    write_build(tiny_library, segmenter, hash_embedder, store)
    assert not list(store.root.glob(".unfinished-*"))
