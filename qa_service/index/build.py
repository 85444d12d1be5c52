"""A library to a build: passages, their everyday questions, vectors and terms."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from qa_service.clock import Clock, china_clock
from qa_service.corpus.identity import bare_title
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, EverydayQuestion, Passage
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import questions_by_passage
from qa_service.index.dense import DenseIndex
from qa_service.index.embedder import Embedder, Vectors, passage_input
from qa_service.index.lexical import LexicalIndex
from qa_service.index.sentences import SentenceIndex, sentence_input, spans_to_answer_from
from qa_service.index.store import FORMAT, BuildStore, Manifest, files_below, sha256_of
from qa_service.index.unanswered import UnansweredIndex
from qa_service.text.segmenter import Segmenter
from qa_service.text.sentences import sentence_spans

PASSAGES = "passages.jsonl"
QUESTIONS = "questions.jsonl"
PASSAGE_VECTORS = "passages.faiss"
QUESTION_VECTORS = "questions.faiss"
PASSAGE_TERMS = "passages.bm25"
UNANSWERED = "unanswered.npz"
SENTENCES = "sentences.npz"
EXPANDED_TERMS = "expanded.bm25"
"""Terms of a passage together with those of its everyday questions."""

_BATCH = 256
_LOOKED_INTO = 0.45
"""Cosine from which a passage of a document that is new to the questions may answer one of the unanswered."""
_STARTS = 12
"""Characters that tell a sentence from the others of its passage."""

Progress = Callable[[str, int, int], None]
"""Called with a stage in Chinese, how many are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


def is_current(manifest: Manifest, library: Library, embedder: Embedder) -> bool:
    """Whether a build made now would hold the same."""
    made_of = (manifest.corpus, manifest.embedder, manifest.code)
    return made_of == (library.fingerprint, embedder.fingerprint, code_digest())


def code_digest() -> str:
    """Return a digest of the code that decides what a build holds: a new release cuts and indexes anew."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(p for folder in ("text", "corpus", "index") for p in (package / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def write_build(
    library: Library,
    segmenter: Segmenter,
    embedder: Embedder,
    store: BuildStore,
    *,
    clock: Clock = china_clock,
    progress: Progress = silent,
) -> Path:
    """Index a library and make the new build the live one; returns its folder.

    Raises:
        BuildError: it cannot be written, or another process builds and does not finish.
    """
    with store.draft() as draft:
        passages = _cut(library, segmenter, progress)
        by_passage, _ = questions_by_passage(passages, library.questions)
        questions = [by_passage.get(passage.id) or _sentences_of(passage) for passage in passages]
        asked = [question.text for group in questions for question in group]

        _write_jsonl(draft / PASSAGES, (asdict(passage) for passage in passages))
        _write_jsonl(draft / QUESTIONS, _question_rows(questions))
        inputs = [passage_input(library[p.document_id].name, p) for p in passages]
        vectors = vectors_of(embedder, inputs, "计算段落向量", progress)
        DenseIndex.from_vectors(vectors).save(draft / PASSAGE_VECTORS)
        DenseIndex.from_vectors(vectors_of(embedder, asked, "计算问法向量", progress)).save(draft / QUESTION_VECTORS)
        asked_of = {question.document_id for question in library.questions}
        new = vectors[[passage.document_id not in asked_of for passage in passages]]
        _write_unanswered(library, new, embedder, draft, progress)
        _write_sentences(passages, embedder, segmenter, draft, progress)
        progress("建立词语索引", 0, 1)
        titles = [_own_titles(library[passage.document_id], passage) for passage in passages]
        _write_terms(titles, passages, [by_passage.get(passage.id, ()) for passage in passages], segmenter, draft)
        progress("建立词语索引", 1, 1)

        manifest = Manifest(
            format=FORMAT,
            created=clock().isoformat(timespec="seconds"),
            corpus=library.fingerprint,
            embedder=embedder.fingerprint,
            code=code_digest(),
            dimension=embedder.dimension,
            documents=len(library.documents),
            passages=len(passages),
            questions=sum(map(len, by_passage.values())),
            files={path.relative_to(draft).as_posix(): sha256_of(path) for path in files_below(draft)},
        )
        return store.publish(draft, manifest)


def _cut(library: Library, segmenter: Segmenter, progress: Progress) -> list[Passage]:
    passages: list[Passage] = []
    for done, document in enumerate(library.documents.values()):
        progress("切分文件", done, len(library.documents))
        passages += passages_of(document, segmenter.count)
    progress("切分文件", len(library.documents), len(library.documents))
    return passages


def _sentences_of(passage: Passage) -> tuple[EverydayQuestion, ...]:
    """What a passage can be asked by that nobody has written questions for: its own sentences."""
    texts = [span.of(passage.text).strip() for span in sentence_spans(passage.text)]
    return tuple(
        EverydayQuestion(f"{passage.title} {text}".strip(), passage.document_id, passage.location, text[:_STARTS])
        for text in texts
        if text
    )


def vectors_of(embedder: Embedder, texts: Sequence[str], stage: str, progress: Progress) -> Vectors:
    """Encode texts in batches, as many as memory holds, and tell how far it is; returns shape (n, dimension)."""
    batches = [np.zeros((0, embedder.dimension), np.float32)]
    for start in range(0, len(texts), _BATCH):
        progress(stage, start, len(texts))
        batches.append(embedder.encode_passages(texts[start : start + _BATCH]))
    progress(stage, len(texts), len(texts))
    return np.concatenate(batches)


def _write_sentences(
    passages: Sequence[Passage], embedder: Embedder, segmenter: Segmenter, draft: Path, progress: Progress
) -> None:
    spans = [spans_to_answer_from(passage) for passage in passages]
    texts = [sentence_input(p, span) for p, group in zip(passages, spans, strict=True) for span in group]
    vectors = vectors_of(embedder, texts, "计算句子向量", progress)
    SentenceIndex.from_sentences(spans, vectors, map(segmenter.index_terms, texts)).save(draft / SENTENCES)


def _write_unanswered(library: Library, new: Vectors, embedder: Embedder, draft: Path, progress: Progress) -> None:
    """Index the questions that are known not to be answered, but for those that a new document may answer.

    Args:
        library: with the questions.
        new: vectors of the passages of documents that nobody has written questions for, shape (n, d): an imported
            measure may well give the amount that the corpus lacked when the questions were gone through.
        embedder: the model.
        draft: where to write.
        progress: told how far it is.
    """
    vectors = vectors_of(embedder, [q.text for q in library.unanswered], "计算无答案问题的向量", progress)
    still = (vectors @ new.T).max(axis=1, initial=-1.0) < _LOOKED_INTO
    reasons = [q.reason for q, kept in zip(library.unanswered, still, strict=True) if kept]
    UnansweredIndex.from_vectors(reasons, vectors[still]).save(draft / UNANSWERED)


def _write_terms(
    titles: Sequence[str],
    passages: Sequence[Passage],
    questions: Sequence[Sequence[EverydayQuestion]],
    segmenter: Segmenter,
    draft: Path,
) -> None:
    own = [segmenter.index_terms(f"{title} {p.text}") for title, p in zip(titles, passages, strict=True)]
    expanded = [
        [*terms, *(term for question in group for term in segmenter.index_terms(question.text))]
        for terms, group in zip(own, questions, strict=True)
    ]
    LexicalIndex.from_terms(own).save(draft / PASSAGE_TERMS)
    LexicalIndex.from_terms(expanded).save(draft / EXPANDED_TERMS)


def _own_titles(document: Document, passage: Passage) -> str:
    """The document's name and the passage's two innermost headings; the full title would only repeat the name."""
    headings = [h for h in passage.heading_path if bare_title(h) != bare_title(document.title)]
    return " ".join((document.name, *headings[-2:]))


def _question_rows(questions: Sequence[Sequence[EverydayQuestion]]) -> Iterable[Mapping[str, object]]:
    for row, group in enumerate(questions):
        yield from ({"row": row, "text": q.text, "starts": q.starts, "verdict": q.verdict} for q in group)


def _write_jsonl(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
