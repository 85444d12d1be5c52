"""The corpus as it would be after a change, read for real, while nothing of it is changed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from qa_service.corpus.batches import IMPORTED
from qa_service.corpus.intake import settled
from qa_service.corpus.library import LEXICON, QUESTIONS, UNANSWERED, Library, read_library
from qa_service.corpus.models import Document, Validity
from qa_service.errors import CorpusError

_LEFT_OUT = frozenset({LEXICON, QUESTIONS, UNANSWERED})
"""What says nothing of documents."""


def read_corpus(corpus: Path) -> Library:
    """Return the documents as they are now, drafts among them, without the questions asked of them.

    Raises:
        CorpusError: the corpus cannot be read.
    """
    return rehearsed(corpus, {})


def rehearsed(corpus: Path, imported: Mapping[str, str | None]) -> Library:
    """Return the documents as they would be with other files below the folder of imports.

    Args:
        corpus: the folder of the corpus.
        imported: texts by their file names; None where a file would be gone.

    Raises:
        CorpusError: the corpus could then not be read, or not be copied.
    """
    with tempfile.TemporaryDirectory(prefix="qa-rehearsal-") as scratch:
        stage = Path(scratch)
        try:
            with settled(corpus):
                _lay_out(corpus, stage, imported)
                return read_library(stage, drafts=True)
        except CorpusError as error:
            raise type(error)(str(error).replace(str(stage), str(corpus))) from error
        except OSError as error:
            raise CorpusError(f"语料目录 {corpus} 读不了（{error.strerror}）。请检查权限和磁盘空间。") from error


def _lay_out(corpus: Path, stage: Path, imported: Mapping[str, str | None]) -> None:
    """Give every file a second name in ``stage``, but for those that would be others."""
    changed = {Path(IMPORTED) / name for name in imported}
    for path in corpus.rglob("*"):
        where = path.relative_to(corpus)
        if where.parts[0] in _LEFT_OUT or any(part.startswith(".") for part in where.parts) or not path.is_file():
            continue
        if where not in changed:
            target = stage / where
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(path.resolve(), target)
    for name, text in imported.items():
        if text is not None:
            target = stage / IMPORTED / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="")


def _link(source: Path, target: Path) -> None:
    try:
        os.symlink(source, target)
    except OSError:  # where that takes rights that nobody has
        shutil.copyfile(source, target)


@dataclass(frozen=True, slots=True)
class ValidityChange:
    """A document that is otherwise in force than it was, from a day on."""

    document: Document
    since: date
    before: Validity
    after: Validity


@dataclass(frozen=True, slots=True)
class Effects:
    """What a change does to the documents of a corpus."""

    added: tuple[Document, ...]
    removed: tuple[Document, ...]
    replaced: tuple[tuple[Document, Document], ...]
    """The text before, the text after."""
    validity: tuple[ValidityChange, ...]


def effects_of(before: Library, after: Library, today: date) -> Effects:
    """Compare a corpus with what it would be.

    Validity is compared on the day itself and on every later day on which something new begins or ends.
    """
    old = {i: d for i, d in before.documents.items() if d.amended_by is None}
    new = {i: d for i, d in after.documents.items() if d.amended_by is None}
    replaced = tuple((old[i], new[i]) for i in old if i in new and old[i] != new[i])
    added = tuple(d for i, d in new.items() if i not in old)
    removed = tuple(d for i, d in old.items() if i not in new)
    own = {d.id for d in (*added, *removed)}
    moved = [*added, *removed, *(d for pair in replaced for d in pair)]
    moved += [d for d in after.documents.values() if d.amended_by and d.id not in before.documents]
    moved += [d for d in before.documents.values() if d.amended_by and d.id not in after.documents]
    begins = {d.effective or d.issued for d in moved} | {d.expires + timedelta(days=1) for d in moved if d.expires}
    found: dict[tuple[str, str], ValidityChange] = {}
    for day in sorted({today} | {d for d in begins if d and d > today}):
        for document_id, document in new.items():
            if document_id in own or document_id not in old:
                continue
            one, other = before.validity(document_id, day), after.validity(document_id, day)
            if (one.state, one.note) != (other.state, other.note):
                found.setdefault((document_id, other.note), ValidityChange(document, day, one, other))
    return Effects(added, removed, replaced, tuple(found.values()))
