"""What a line of a guide rests on: （《专利法》第四十二条；《专利收费标准》发明专利年费）at its end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa_service.corpus.models import Document, Passage
from qa_service.corpus.relations import named_document
from qa_service.text.numerals import format_numeral, parse_numeral
from qa_service.text.sentences import Span

_CITATION = re.compile(r"[（(](?P<sources>《[^\n]+)[）)]\s*$")
_SOURCE = re.compile(r"《(?P<name>[^《》]+)》(?P<location>[^；《》]*)")
_ARTICLE = re.compile(r"第(?P<number>[^条]{1,9})条(?P<sub>之.)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A document by the name a line calls it, and a place in it."""

    name: str
    location: str
    """第四十二条, 三、（二）2, or a heading; empty where the whole document is meant."""

    def __str__(self) -> str:
        """Return it as the line writes it."""
        return f"《{self.name}》{self.location}"


def sources_of(line: str) -> tuple[Source, ...]:
    """Return the sources a line ends with, in order; none where it cites nothing."""
    return tuple(source for _, source in placed_sources(line))


def placed_sources(line: str) -> tuple[tuple[Span, Source], ...]:
    """Return the sources a line ends with, each with where in the line it stands."""
    citation = _CITATION.search(line)
    if citation is None:
        return ()
    found = _SOURCE.finditer(line, citation.start("sources"), citation.end("sources"))
    return tuple(
        (
            Span(match.start(), match.start() + len(match.group().rstrip(" ；，、"))),
            Source(match["name"].strip(), match["location"].strip(" ；，、")),
        )
        for match in found
    )


def without_sources(line: str) -> str:
    """Return the line without its citation."""
    return _CITATION.sub("", line).rstrip()


def cited_passages(
    source: Source, documents: Collection[Document], passages: Mapping[str, Sequence[Passage]]
) -> Iterator[Passage]:
    """Yield the passages that a source means, in every version of the document that is so called.

    Args:
        source: what is cited.
        documents: the documents of the corpus.
        passages: their passages, by document id.
    """
    called = [d for d in documents if source.name == d.id] or named_document(source.name, None, documents)
    wanted = _location(source.location)
    for document in called:
        for passage in passages[document.id]:
            if not wanted or _same_place(wanted, passage):
                yield passage


def _same_place(wanted: str, passage: Passage) -> bool:
    place = passage.location.replace(" ", "")
    if place == wanted or passage.title.replace(" ", "") == wanted:
        return True
    below = place.removeprefix(wanted)
    if below == place:
        return False
    runs_on = wanted[-1:].isdigit() and below[:1].isdigit()
    return not runs_on and not (wanted.startswith("第") and below.startswith("之"))


def _location(text: str) -> str:
    """Return a place as passages write it: of an article without its paragraph and item."""
    if (article := _ARTICLE.match(text)) and (number := parse_numeral(article["number"])):
        return f"第{format_numeral(number)}条{article['sub'] or ''}"
    return text.replace(" ", "")
