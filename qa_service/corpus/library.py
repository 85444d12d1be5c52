"""A folder of documents with their metadata, the questions asked of them, and the field's vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from qa_service.corpus.amendments import consolidations
from qa_service.corpus.citations import sources_of
from qa_service.corpus.document_file import has_metadata, read_document
from qa_service.corpus.identity import identify
from qa_service.corpus.lexicon import Lexicon, read_lexicon
from qa_service.corpus.models import Document, EverydayQuestion, Form, Successor, Validity, ValidityState
from qa_service.corpus.papers import read_paper
from qa_service.corpus.questions import lines_of_notes, printed_questions, read_questions
from qa_service.corpus.readers import SUFFIXES, read_manuscript
from qa_service.corpus.relations import named_document, successors_of
from qa_service.corpus.unanswered import UnansweredQuestion, read_unanswered
from qa_service.corpus.validity import validity_on
from qa_service.errors import CorpusError, NotFoundError

LEXICON = "lexicon"
QUESTIONS = "questions"
UNANSWERED = "unanswered"
_ENDED = frozenset({ValidityState.AMENDED, ValidityState.REPEALED})
_NOT_DOCUMENTS = {LEXICON, QUESTIONS, UNANSWERED}


@dataclass(frozen=True)
class Library:
    """Every document of a corpus, by id, in the order of their ids."""

    documents: Mapping[str, Document]
    questions: tuple[EverydayQuestion, ...] = ()
    unanswered: tuple[UnansweredQuestion, ...] = ()
    """Questions that the documents with everyday questions do not answer; of the others nobody has looked."""
    lexicon: Lexicon = field(default_factory=Lexicon)
    unclaimed: tuple[str, ...] = ()
    """Names of question files that belong to no document."""
    merged_notices: frozenset[str] = frozenset()
    """Ids of the notices all of whose amendments stand in the texts they amend: those answer, not the notice."""
    fingerprint: str = ""
    """SHA-256 over every file that shapes the index, hexadecimal: an index built from other bytes is stale."""

    @cached_property
    def _successors(self) -> Mapping[str, tuple[Successor, ...]]:
        return successors_of(self.documents.values())

    def __getitem__(self, document_id: str) -> Document:
        """Return the document.

        Raises:
            NotFoundError: there is none of this id.
        """
        try:
            return self.documents[document_id]
        except KeyError:
            raise NotFoundError(f"没有编号为 {document_id!r} 的文件。请在文件列表中核对编号。") from None

    def successors(self, document_id: str) -> tuple[Successor, ...]:
        """Return what takes this document's place, or ends it, whenever that is."""
        return self._successors.get(document_id, ())

    def guides_on(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of the guides whose lines cite this document, or all versions of it."""
        return tuple(guide_id for guide_id, sources in self._sources.items() if document_id in sources)

    def sources_of(self, guide_id: str) -> frozenset[str]:
        """Return the ids of the documents that a guide cites, in all their versions; none where it is no guide."""
        return self._sources.get(guide_id, frozenset())

    def upcoming(self, document_id: str, day: date) -> Document | None:
        """Return the version that will take this document's place after ``day``, if one is known."""
        later = (
            s.document
            for s in self._successors.get(document_id, ())
            if not s.repeals and s.document.effective and s.document.effective > day
        )
        return min(later, key=lambda d: d.effective or date.max, default=None)

    def validity(self, document_id: str, day: date) -> Validity:
        """Return whether the document is in force on ``day``, with what took its place."""
        document = self[document_id]
        if document.form is Form.GUIDE and (ended := self._ended_source(document, day)):
            since = f"，{ended.note}" if ended.note else ""
            return Validity(ValidityState.AMENDED, f"所依据的规定已有变化{since}，请核对后再办")
        return validity_on(document, day, self._successors.get(document_id, ()))

    def _ended_source(self, guide: Document, day: date) -> Validity | None:
        """Return the validity of a document that the guide rests on and that no longer holds, if there is one.

        A guide that also cites what took its place knows of the change.
        """
        sources = self._sources[guide.id]
        for source_id in sources:
            validity = validity_on(self[source_id], day, self._successors.get(source_id, ()))
            if validity.state in _ENDED and validity.replaced_by not in sources:
                return validity
        return None

    @cached_property
    def _sources(self) -> Mapping[str, frozenset[str]]:
        """Guide id to the ids of the documents that its lines cite, in every version."""
        documents = self.documents.values()
        names = {
            guide.id: {source.name for line in guide.body.split("\n") for source in sources_of(line)}
            for guide in documents
            if guide.form is Form.GUIDE
        }
        # Guides mostly cite the same laws: each name is looked up once.
        called = {
            name: {d.id for d in named_document(name, None, documents)} for name in set[str]().union(*names.values())
        }
        return {guide_id: frozenset().union(*(called[name] for name in cited)) for guide_id, cited in names.items()}


def read_library(folder: Path, *, drafts: bool = False) -> Library:
    """Read a corpus folder.

    Documents are the docx, pdf, html, md and txt files anywhere below it, except under ``lexicon/``, ``questions/`` and
    ``unanswered/``. Where a document is there as notes and as full text, the full text is served. A document that a
    notice amends is also there as it reads from that day on. Drafts are left out unless ``drafts`` is set.

    Raises:
        CorpusError: the folder is missing or empty, a file cannot be read, or two documents share an id.
    """
    if not folder.is_dir():
        raise CorpusError(f"语料目录 {folder} 不存在。请用 QA_CORPUS_DIR 指定一个存在的目录。")
    fingerprint = fingerprint_of(folder)
    shelf = _documents(folder)
    documents = {d.id: d for d in shelf.documents.values() if drafts or not d.draft}
    if not documents:
        raise CorpusError(f"语料目录 {folder} 里没有文件。请至少放入一份文件（格式见 README）。")
    merged = list(consolidations(documents.values()))
    documents |= {c.document.id: c.document for c in merged}
    unmerged = {c.amendment.notice.id for c in merged if c.undone}
    question_files = sorted((folder / QUESTIONS).glob("*.jsonl"))
    questions = [*_asked_of(documents, (q for p in question_files if p.stem in documents for q in read_questions(p)))]
    questions += [line for notes in shelf.replaced if notes.id in documents for line in lines_of_notes(notes)]
    asked = {question.text for question in questions}
    printed = (q for d in documents.values() for q in printed_questions(d))
    questions += [q for q in printed if q.text not in asked]
    return Library(
        documents=dict(sorted(documents.items())),
        questions=tuple(questions),
        unanswered=tuple(q for p in sorted((folder / UNANSWERED).glob("*.jsonl")) for q in read_unanswered(p)),
        lexicon=read_lexicon(folder / LEXICON),
        unclaimed=tuple(p.name for p in question_files if p.stem not in documents),
        merged_notices=frozenset(c.amendment.notice.id for c in merged) - unmerged,
        fingerprint=fingerprint,
    )


def fingerprint_of(folder: Path) -> str:
    """Return SHA-256 over every file of a corpus that shapes an index, hexadecimal; of a folder that is not there, of none."""
    digest = hashlib.sha256()
    for path in (p for p in _files(folder) if p.name.lower() != "readme.md"):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _documents(folder: Path) -> _Shelf:
    """Read every document file, those first that say themselves what they are."""
    paths = list(_document_files(folder))
    described = [path for path in paths if has_metadata(path)]
    shelf = _Shelf()
    for path in described:
        shelf.add(read_document(path), path)
    for path in (path for path in paths if path not in set(described)):
        shelf.add(identify(read_paper(read_manuscript(path)), shelf.documents.values()).document, path)
    return shelf


class _Shelf:
    """Documents as they are taken in: a full text takes the place of the notes of the same id."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.replaced: list[Document] = []
        """Notes whose full text is there."""

    def add(self, document: Document, path: Path) -> None:
        other = self.documents.get(document.id)
        if other is None:
            self.documents[document.id] = document
        elif {other.form, document.form} == {Form.NOTES, Form.FULL_TEXT}:
            full, notes = (document, other) if document.form is Form.FULL_TEXT else (other, document)
            self.documents[document.id] = full
            self.replaced.append(notes)
        else:
            raise CorpusError(f"{path}：编号 {document.id!r} 已被另一份文件使用。请改用不重复的 id。")


def _asked_of(documents: Mapping[str, Document], questions: Iterable[EverydayQuestion]) -> Iterator[EverydayQuestion]:
    """Yield the questions, once more for each later text of their document, at the number their article has there."""
    texts: dict[str, list[Document]] = {}
    for document in documents.values():
        if document.amended_by:
            texts.setdefault(document.id.partition("@")[0], []).append(document)
    for question in questions:
        yield question
        for later in texts.get(question.document_id, ()):
            location = dict(later.moved).get(question.location, question.location)
            yield replace(question, document_id=later.id, location=location)


def _files(folder: Path) -> Iterator[Path]:
    """Every file, hidden ones left out, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _document_files(folder: Path) -> Iterator[Path]:
    for path in _files(folder):
        top = path.relative_to(folder).parts[0]
        if top in _NOT_DOCUMENTS or path.name.lower() == "readme.md":
            continue
        if path.suffix.lower() in SUFFIXES:
            yield path
