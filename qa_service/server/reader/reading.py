"""A document's clauses as the reader sets them: line by line, what they cite as links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa_service.corpus.citations import Source, cited_passages, placed_sources
from qa_service.corpus.clauses import Clause, Line, Run, clauses_of, lines_of
from qa_service.corpus.models import Document, ValidityState
from qa_service.server.presenting import passage_url
from qa_service.service import Service

_Address = Callable[[Source], str | None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a line, and where they lead."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SetRun:
    """What of a line belongs to one passage."""

    key: str | None
    """The address of the passage, where it begins here and is but a part of its clause."""
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a clause."""

    runs: Sequence[SetRun]
    is_point: bool


@dataclass(frozen=True, slots=True)
class SetClause:
    """A clause as the page sets it."""

    clause: Clause
    lines: Sequence[SetLine]


def set_clauses(service: Service, document: Document, cited: Sequence[Document]) -> Mapping[str, SetClause]:
    """Return a document's clauses by the id of their first passage.

    Args:
        service: whose library it is in.
        document: the document.
        cited: the documents that its lines cite.
    """
    address = _addresses(service, cited)
    clauses = clauses_of(service.engine.passages_of(document.id), document.body)
    return {
        clause.parts[0].id: SetClause(clause, [_set(line, clause, address) for line in lines_of(clause, document.body)])
        for clause in clauses
    }


def _addresses(service: Service, cited: Sequence[Document]) -> _Address:
    """Return what tells where a source stands: in the text that is in force, else in the first that is so called."""
    day = service.answerer.today()
    in_force = {d.id for d in cited if service.library.validity(d.id, day).state is ValidityState.IN_FORCE}
    documents = sorted(cited, key=lambda d: d.id not in in_force)
    passages = {d.id: service.engine.passages_of(d.id) for d in documents}
    known: dict[Source, str | None] = {}

    def address(source: Source) -> str | None:
        if source not in known:
            found = next(cited_passages(source, documents, passages), None)
            known[source] = passage_url(found) if found else None
        return known[source]

    return address


def _set(line: Line, clause: Clause, address: _Address) -> SetLine:
    runs = [SetRun(_key(run, clause), list(_stretches(run.text, address))) for run in line.runs]
    return SetLine(runs, line.is_point)


def _key(run: Run, clause: Clause) -> str | None:
    return run.passage.key if run.opens and len(clause.parts) > 1 else None


def _stretches(text: str, address: _Address) -> Iterator[Stretch]:
    at = 0
    for span, source in placed_sources(text):
        url = address(source)
        if url:
            yield Stretch(text[at : span.start])
            yield Stretch(span.of(text), url)
            at = span.end
    yield Stretch(text[at:])
