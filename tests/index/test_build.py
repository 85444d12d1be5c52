from dataclasses import replace
from pathlib import Path

import pytest

from qa_service.corpus.library import Library, read_library
from qa_service.corpus.unanswered import UnansweredQuestion
from qa_service.index.build import is_current, write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine
from qa_service.index.store import BuildStore
from qa_service.text.segmenter import Segmenter

GRANT = "对授权的外国专利，每件资助三万元。"
NEW = f"---\nid: new-measure\ntitle: 示例市资助办法\nform: full_text\neffective: 2026-01-01\n---\n第一条 {GRANT}\n"
KNOWN = (UnansweredQuestion(GRANT, "amount_not_stated"), UnansweredQuestion("zzzz", "out_of_scope"))


@pytest.fixture
def grown(tiny_corpus: Path) -> Library:
    """The tiny corpus with a measure that nobody has written questions for."""
    (tiny_corpus / "laws" / "new-measure.md").write_text(NEW, "utf-8")
    return replace(read_library(tiny_corpus), unanswered=KNOWN)


def built(library: Library, segmenter: Segmenter, embedder: Embedder, folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(write_build(library, segmenter, embedder, BuildStore(folder)))


def test_what_a_new_document_may_answer_is_no_longer_known_not_to_be(
    grown: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    engine = built(grown, segmenter, hash_embedder, tmp_path / "index")
    assert set(engine.unanswered(hash_embedder.encode_queries([GRANT])[0])) == {"out_of_scope"}


def test_what_documents_with_questions_of_their_own_say_was_looked_into(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    engine = built(replace(tiny_library, unanswered=KNOWN), segmenter, hash_embedder, tmp_path / "index")
    assert set(engine.unanswered(hash_embedder.encode_queries([GRANT])[0])) == {"amount_not_stated", "out_of_scope"}


def test_a_build_is_current_until_the_corpus_changes(
    tiny_library: Library, segmenter: Segmenter, hash_embedder: Embedder, tmp_path: Path
) -> None:
    manifest = built(tiny_library, segmenter, hash_embedder, tmp_path / "index").manifest
    assert is_current(manifest, tiny_library, hash_embedder)
    assert not is_current(manifest, replace(tiny_library, fingerprint="other"), hash_embedder)
