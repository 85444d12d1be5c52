"""A clause that is asked for by its number: what it says, its place in its document, and its neighbours."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from qa_service.answer.citing import Statement
from qa_service.answer.compose import spoken
from qa_service.corpus.models import Document, Form, Passage
from qa_service.index.engine import Engine
from qa_service.search.clause import ClauseReference
from qa_service.text.numerals import format_numeral
from qa_service.text.sentences import Span, sentence_spans

_LONGEST = 400
"""Characters of one clause that are shown; the rest is one click away."""
_MOST_CLAUSES = 5
_SHORT = 24
"""Characters of a neighbour's first sentence."""
_ITEM = re.compile(r"[ \t]*[（(][一二三四五六七八九十]{1,3}[）)]")
_NUMBER = re.compile(r"^第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十])?[ 　]*")


def is_one_clause(passages: Sequence[Passage], references: Sequence[ClauseReference]) -> bool:
    """Whether clauses are asked for, one or some, and not a section with what stands below it."""
    places = {reference.location for reference in references}
    return all(passage.location in places for passage in passages)


def clauses(
    passages: Sequence[Passage], references: Sequence[ClauseReference], document: Document, engine: Engine
) -> list[Statement]:
    """Return the clauses of one document that are asked for, in reading order; beside a single one its neighbours.

    Of a full text the 款 and the 项 that are asked for are shown, of notes the whole entry: notes are not divided so.

    Args:
        passages: the passages of the clauses.
        references: what is asked for.
        document: theirs.
        engine: where the neighbours are.
    """
    statements: list[Statement] = []
    places = [list(parts) for _, parts in groupby(passages, key=lambda passage: passage.location)]
    for parts in places[:_MOST_CLAUSES]:
        wanted = [r for r in references if r.location == parts[0].location]
        statements += _clause(parts, wanted, document)
    if len(places) == 1:
        statements += _neighbours(places[0], engine)
    return statements


def _clause(parts: Sequence[Passage], wanted: Sequence[ClauseReference], document: Document) -> Iterator[Statement]:
    narrowed = [r for r in wanted if r.paragraph or r.item]
    head = _head(parts[0], document)
    if narrowed and document.form is Form.NOTES:
        yield Statement(f"{head}\n本服务收录的是要点，没有分款、项，以下是整条的要点：", parts[0])
        yield from _whole(parts)
        return
    if narrowed and len(parts) == 1:
        yield Statement(head, parts[0])
        yield from (_narrowed(parts[0], reference) for reference in narrowed)
        return
    yield Statement(head, parts[0])
    yield from _whole(parts)


def _whole(parts: Sequence[Passage]) -> Iterator[Statement]:
    """The lines of a clause, as far as there is room."""
    room = _LONGEST
    for passage in parts:
        for line in re.finditer(r"[^\n]+", passage.text):
            said = _NUMBER.sub("", spoken(line.group()))
            if room < _LONGEST and len(said) > room:
                yield Statement("……（未完，点开看全文）", passage)
                return
            if said:
                room -= len(said)
                yield Statement(said, passage, (Span(line.start(), line.end()),))


def _head(passage: Passage, document: Document) -> str:
    """《专利法》第六十五条（第七章 专利权的保护）被侵权了找谁处理："""
    above = "，".join(heading for heading in passage.heading_path[1:] if not _names(heading, passage))
    place = f"（{above}）" if above else ""
    title = "" if passage.title in passage.location or passage.title in above else f" {passage.title}"
    return f"《{document.name}》{passage.location}{place}{title}："


def _names(heading: str, passage: Passage) -> bool:
    """Whether a heading is the passage's own."""
    titled = bool(passage.title) and heading.endswith(passage.title)
    return titled or heading.startswith(passage.location) or passage.location.endswith(heading)


def _narrowed(passage: Passage, reference: ClauseReference) -> Statement:
    paragraphs = _paragraphs(passage.text)
    paragraph = reference.paragraph
    if paragraph and paragraph > len(paragraphs):
        return Statement(f"这一条只有{len(paragraphs)}款，没有第{format_numeral(paragraph)}款。", passage)
    within = [paragraphs[paragraph - 1]] if paragraph else paragraphs
    name = f"第{format_numeral(paragraph)}款" if paragraph else ""
    if not reference.item:
        (span,) = within
        return Statement(f"{name}：{_NUMBER.sub('', span.of(passage.text).strip())}", passage, (span,))
    items = [item for span in within for item in _items(passage.text, span)]
    if reference.item > len(items):
        return Statement(f"{name or '这一条'}没有第{format_numeral(reference.item)}项。", passage)
    span = items[reference.item - 1]
    opening = next(p for p in within if p.start <= span.start < p.end)
    announced = Span(opening.start, _items(passage.text, opening)[0].start)
    said = f"{_NUMBER.sub('', announced.of(passage.text).strip())}{span.of(passage.text).strip()}"
    return Statement(f"{name}第{format_numeral(reference.item)}项：{said}", passage, (announced, span))


def _paragraphs(text: str) -> list[Span]:
    """The 款: every line that is no item begins one."""
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        if spans and _ITEM.match(line.group()):
            spans[-1] = Span(spans[-1].start, line.end())
        else:
            spans.append(Span(line.start(), line.end()))
    return spans


def _items(text: str, paragraph: Span) -> list[Span]:
    lines = re.finditer(r"[^\n]+", text[: paragraph.end])
    return [Span(m.start(), m.end()) for m in lines if m.start() >= paragraph.start and _ITEM.match(m.group())]


def _neighbours(parts: Sequence[Passage], engine: Engine) -> Iterator[Statement]:
    around = engine.passages_of(parts[0].document_id)
    first, last = around.index(parts[0]), around.index(parts[-1])
    for label, at in (("前一条", first - 1), ("后一条", last + 1)):
        if 0 <= at < len(around):
            passage = around[at]
            yield Statement(f"{label}：{_named(passage)}", passage)


def _named(passage: Passage) -> str:
    if passage.title and passage.title not in passage.location:
        return f"{passage.location} {passage.title}"
    first = _NUMBER.sub("", spoken(sentence_spans(passage.text)[0].of(passage.text)))
    return f"{passage.location} {first[:_SHORT]}{'……' if len(first) > _SHORT else ''}"
