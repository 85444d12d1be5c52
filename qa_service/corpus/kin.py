"""What a document has to do with others: its versions, what ends it and what it ends, what amends it, what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.corpus.identity import bare_title
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document


@dataclass(frozen=True, slots=True)
class Kin:
    """A document's relations to others of its library, each in the order of their dates."""

    versions: tuple[Document, ...]
    """All versions of this text, itself among them, the earliest first."""
    replaced_by: tuple[Document, ...]
    replaces: tuple[Document, ...]
    repealed_by: tuple[Document, ...]
    repeals: tuple[Document, ...]
    amended_by: tuple[Document, ...]
    """The notice by which this text was consolidated, where it was."""
    amends: tuple[Document, ...]
    """The texts that were consolidated by this notice, as they read from then on."""
    guides: tuple[Document, ...]
    """The guides that cite it."""
    rests_on: tuple[Document, ...]
    """What it cites, where it is a guide."""


def kin_of(library: Library, document_id: str) -> Kin:
    """Return a document's relations.

    Raises:
        NotFoundError: there is none of this id.
    """
    document = library[document_id]
    documents = library.documents
    after = library.successors(document_id)
    before = [(d, s) for d in documents.values() for s in library.successors(d.id) if s.document.id == document_id]
    return Kin(
        versions=versions_of(library, document_id),
        replaced_by=_by_date(s.document for s in after if not s.repeals),
        replaces=_by_date(d for d, s in before if not s.repeals),
        repealed_by=_by_date(s.document for s in after if s.repeals),
        repeals=_by_date(d for d, s in before if s.repeals),
        amended_by=tuple(d for d in documents.values() if d.id == document.amended_by),
        amends=_by_date(d for d in documents.values() if d.amended_by == document_id),
        guides=_by_date(documents[guide_id] for guide_id in library.guides_on(document_id)),
        rests_on=_by_date(documents[source_id] for source_id in library.sources_of(document_id)),
    )


def versions_of(library: Library, document_id: str) -> tuple[Document, ...]:
    """Return all versions of a text, the earliest first: those of one title, and those that took its place.

    Raises:
        NotFoundError: there is none of this id.
    """
    found: dict[str, Document] = {}
    waiting = [library[document_id]]
    documents = library.documents.values()
    titles = {d.id: bare_title(d.title) for d in documents}
    while waiting:
        version = waiting.pop()
        if version.id in found:
            continue
        found[version.id] = version
        successors = [s.document for s in library.successors(version.id) if not s.repeals]
        older = (
            d for d in documents for s in library.successors(d.id) if s.document.id == version.id and not s.repeals
        )
        same_title = (d for d in documents if titles[d.id] == titles[version.id])
        waiting += [*successors, *older, *same_title]
    return _by_date(found.values())


def version_on(versions: Sequence[Document], day: date) -> Document | None:
    """Return the version that applies on ``day``; None where the first takes effect later.

    Args:
        versions: all versions of a text, the earliest first. One without a date counts as having always been there.
        day: the day.
    """
    begun = [version for version in versions if (beginning(version) or date.min) <= day]
    return begun[-1] if begun else None


def beginning(document: Document) -> date | None:
    """Return the day from which a text applies, as far as it is known."""
    return document.effective or document.issued


def _by_date(documents: Iterable[Document]) -> tuple[Document, ...]:
    unique = {document.id: document for document in documents}
    return tuple(sorted(unique.values(), key=lambda d: (beginning(d) or date.min, d.id)))
