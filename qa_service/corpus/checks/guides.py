"""Guides: every line names what it rests on, and says no figure that is not there."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qa_service.corpus.checks.fault import Fault
from qa_service.corpus.checks.figures import figures_of, unfounded
from qa_service.corpus.checks.statutes import articles_of
from qa_service.corpus.citations import cited_passages, sources_of, without_sources
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Passage


def check_guide(
    document: Document, passages: Mapping[str, Sequence[Passage]], library: Library, statutes: Path | None
) -> Iterator[Fault]:
    """Yield the lines of a guide that cite nothing, cite what is not there, or say a figure their source has not.

    Args:
        document: the guide.
        passages: the passages of every document, by its id.
        library: the corpus.
        statutes: official texts, ``<document id>.md``: a figure may also stand there.
    """
    for passage in passages[document.id]:
        for line in passage.text.split("\n"):
            if line.strip():
                yield from _check_line(document, passage, line.strip(), passages, library, statutes)


def _check_line(
    document: Document,
    passage: Passage,
    line: str,
    passages: Mapping[str, Sequence[Passage]],
    library: Library,
    statutes: Path | None,
) -> Iterator[Fault]:
    sources = sources_of(line)
    if not sources:
        yield Fault(document.id, passage.location, f"没有写依据：{line[:30]}")
        return
    grounds = []
    for source in sources:
        found = list(cited_passages(source, library.documents.values(), passages))
        if not found:
            yield Fault(document.id, passage.location, f"依据 {source} 不在语料中")
        for cited in found:
            cited_document = library[cited.document_id]
            grounds += [
                cited.title,
                cited.text,
                cited_document.title,
                str(cited_document.effective),
                cited_document.number or "",
            ]
            if statutes and (path := statutes / f"{cited.document_id}.md").is_file():
                grounds.append(articles_of(path).get(cited.location, ""))
    if grounds and (unknown := unfounded(without_sources(line), figures_of("\n".join(grounds)))):
        yield Fault(document.id, passage.location, f"数字不在所引依据中：{'、'.join(unknown)}（{line[:24]}…）")
