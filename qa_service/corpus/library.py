"""A folder of documents with their metadata, the questions asked of them, and the field's vocabulary."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from qa_service.corpus.lexicon import Lexicon, read_lexicon
from qa_service.corpus.models import Document, EverydayQuestion, Validity
from qa_service.corpus.questions import read_questions
from qa_service.corpus.readers import SUFFIXES, read_document
from qa_service.corpus.validity import validity_on
from qa_service.errors import CorpusError, NotFoundError

LEXICON = "lexicon"
QUESTIONS = "questions"
CALIBRATION = "calibration"
_NOT_DOCUMENTS = {LEXICON, QUESTIONS, CALIBRATION}


@dataclass(frozen=True)
class Library:
    """Every document of a corpus, by id, in the order of their ids."""

    documents: Mapping[str, Document]
    questions: tuple[EverydayQuestion, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    unclaimed: tuple[str, ...] = ()
    """Names of question files that belong to no document."""
    fingerprint: str = ""
    """SHA-256 over every file that shapes the index, hexadecimal: an index built from other bytes is stale."""

    @cached_property
    def _successors(self) -> Mapping[str, tuple[Document, ...]]:
        successors = defaultdict(list)
        for document in self.documents.values():
            for older in document.supersedes:
                successors[older].append(document)
        return {key: tuple(value) for key, value in successors.items()}

    def __getitem__(self, document_id: str) -> Document:
        """Return the document.

        Raises:
            NotFoundError: there is none of this id.
        """
        try:
            return self.documents[document_id]
        except KeyError:
            raise NotFoundError(f"没有编号为 {document_id!r} 的文件。请在文件列表中核对编号。") from None

    def upcoming(self, document_id: str, day: date) -> Document | None:
        """Return the version that will take this document's place after ``day``, if one is known."""
        later = (s for s in self._successors.get(document_id, ()) if s.effective and s.effective > day)
        return min(later, key=lambda s: s.effective or date.max, default=None)

    def validity(self, document_id: str, day: date) -> Validity:
        """Return whether the document is in force on ``day``, with what took its place."""
        return validity_on(self[document_id], day, self._successors.get(document_id, ()))


def read_library(folder: Path, *, drafts: bool = False) -> Library:
    """Read a corpus folder.

    Drafts are left out unless ``drafts`` is set. Documents are the ``.md`` and ``.txt`` files anywhere below it, except under ``lexicon/``, ``questions/`` and ``calibration/``.

    Raises:
        CorpusError: the folder is missing or empty, a file cannot be read, or two documents share an id.
    """
    if not folder.is_dir():
        raise CorpusError(f"语料目录 {folder} 不存在。请用 QA_CORPUS_DIR 指定一个存在的目录。")
    digest = hashlib.sha256()
    for path in (p for p in _files(folder) if _shapes_the_index(p, folder)):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    documents: dict[str, Document] = {}
    for path in _document_files(folder):
        document = read_document(path)
        if document.id in documents:
            raise CorpusError(f"{path}：编号 {document.id!r} 已被另一份文件使用。请改用不重复的 id。")
        if drafts or not document.draft:
            documents[document.id] = document
    if not documents:
        raise CorpusError(f"语料目录 {folder} 里没有文件。请至少放入一份 .md 或 .txt 文件（格式见 README）。")
    question_files = sorted((folder / QUESTIONS).glob("*.jsonl"))
    questions = (read_questions(p) for p in question_files if p.stem in documents)
    return Library(
        documents=dict(sorted(documents.items())),
        questions=tuple(question for group in questions for question in group),
        lexicon=read_lexicon(folder / LEXICON),
        unclaimed=tuple(p.name for p in question_files if p.stem not in documents),
        fingerprint=digest.hexdigest(),
    )


def _files(folder: Path) -> Iterator[Path]:
    """Every file, hidden ones left out, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _shapes_the_index(path: Path, folder: Path) -> bool:
    return path.name.lower() != "readme.md" and path.relative_to(folder).parts[0] != CALIBRATION


def _document_files(folder: Path) -> Iterator[Path]:
    for path in _files(folder):
        top = path.relative_to(folder).parts[0]
        if top not in _NOT_DOCUMENTS and path.suffix.lower() in SUFFIXES and path.name.lower() != "readme.md":
            yield path
