"""Which documents were taken into the corpus, by whom, and which were taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qa_service.clock import Clock
from qa_service.journal.audit import AuditEntry, AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.import_tables import ImportRow

_ADD, _UNDO = "import.add", "import.undo"


@dataclass(frozen=True, slots=True)
class ImportedBatch:
    """One batch of documents."""

    id: str
    at: datetime
    by: str
    documents: tuple[str, ...]
    sources: tuple[str, ...]
    undone_at: datetime | None
    comment: str = ""
    """Why, where whoever imported it said so."""
    undone_by: str = ""
    undone_why: str = ""


class ImportLog:
    """Imports in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._audit = AuditTrail(journal, clock)

    def imported(
        self, batch_id: str, by: str, documents: Sequence[str], sources: Sequence[str], comment: str = ""
    ) -> None:
        """Note that a batch was taken in, and why."""
        with self._journal.writing() as session:
            session.merge(
                ImportRow(
                    id=batch_id,
                    at=self._clock(),
                    by=by,
                    documents="\n".join(documents),
                    sources="\n".join(sources),
                    undone_at=None,
                )
            )
            self._audit.note_in(session, by, _ADD, batch_id, comment or "、".join(documents))

    def undone(self, batch_id: str, by: str, comment: str = "") -> None:
        """Note that a batch was taken back, and why, whether or not it was noted when it was taken in."""
        with self._journal.writing() as session:
            if row := session.get(ImportRow, batch_id):
                row.undone_at = self._clock()
            self._audit.note_in(session, by, _UNDO, batch_id, comment)

    def rebuilt(self, by: str) -> None:
        """Note that the index is made anew because somebody wanted it."""
        self._audit.note(by, "index.rebuild", "")

    def batches(self, most: int = 100) -> tuple[ImportedBatch, ...]:
        """Return the batches, the latest first."""
        with self._journal.reading() as session:
            rows = session.scalars(
                select(ImportRow).order_by(ImportRow.at.desc(), ImportRow.id.desc()).limit(most)
            ).all()
            noted = {
                (entry.subject, entry.action): entry
                for entry in self._audit.about_in(session, [row.id for row in rows], (_ADD, _UNDO))
            }
            return tuple(
                _batch(row, noted.get((row.id, _ADD)), noted.get((row.id, _UNDO)) if row.undone_at else None)
                for row in rows
            )


def _batch(row: ImportRow, added: AuditEntry | None, undone: AuditEntry | None) -> ImportedBatch:
    documents = tuple(row.documents.split("\n"))
    comment = added.comment if added else ""
    return ImportedBatch(
        row.id,
        row.at,
        row.by,
        documents,
        tuple(row.sources.split("\n")),
        row.undone_at,
        "" if comment == "、".join(documents) else comment,
        undone.actor if undone else "",
        undone.comment if undone else "",
    )
