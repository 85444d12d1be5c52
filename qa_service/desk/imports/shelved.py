"""The batches that were published, as the corpus and the journal know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qa_service.corpus.batches import Batches
from qa_service.errors import JournalError, NotFoundError
from qa_service.journal.import_log import ImportedBatch, ImportLog


@dataclass(frozen=True, slots=True)
class Shelved:
    """One batch."""

    id: str
    documents: tuple[str, ...]
    is_in_corpus: bool
    can_be_undone: bool
    """It is the latest of those in the corpus."""
    at: datetime | None = None
    by: str = ""
    """Empty where the journal does not know."""
    sources: tuple[str, ...] = ()
    comment: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_why: str = ""

    @property
    def why_not(self) -> str:
        """Why it cannot be taken back now; empty where it can."""
        if not self.is_in_corpus:
            return "这一批已经撤销了。"
        return "" if self.can_be_undone else "只能从最近的一批起依次撤销：请先撤销它之后的各批。"


class ShelvedBatches:
    """The batches of a corpus, with what the journal knows of them."""

    def __init__(self, corpus: Path, log: ImportLog) -> None:
        self._batches = Batches(corpus)
        self._log = log

    def all(self) -> list[Shelved]:
        """Return them, the latest first; a journal in trouble leaves out who and when.

        Raises:
            CorpusError: the list of one is damaged.
        """
        there = self._batches.finished()
        try:
            noted = {batch.id: batch for batch in self._log.batches()}
        except JournalError:
            noted = {}
        found = [_shelved(b.id, b.documents, noted.get(b.id), latest=b is there[0]) for b in there]
        ids = {batch.id for batch in there}
        found += [_shelved(b.id, b.documents, b) for b in noted.values() if b.id not in ids]
        return sorted(found, key=lambda batch: batch.id, reverse=True)

    def get(self, batch_id: str) -> Shelved:
        """Return one.

        Raises:
            NotFoundError: there is none of this id.
        """
        found = next((batch for batch in self.all() if batch.id == batch_id), None)
        if found is None:
            raise NotFoundError(f"没有批次 {batch_id[:60]!r}。请在批次列表中核对。")
        return found

    def texts_before(self, batch_id: str) -> dict[str, str | None]:
        """Return the files that a batch wrote, each as it was before; None for one that was not there."""
        return self._batches.before(batch_id)


def _shelved(
    batch_id: str, documents: tuple[str, ...], noted: ImportedBatch | None, *, latest: bool | None = None
) -> Shelved:
    shelved = Shelved(batch_id, documents, latest is not None, bool(latest))
    if noted is None:
        return shelved
    return Shelved(
        batch_id,
        documents,
        latest is not None,
        bool(latest),
        noted.at,
        noted.by,
        noted.sources,
        noted.comment,
        noted.undone_at,
        noted.undone_by,
        noted.undone_why,
    )
