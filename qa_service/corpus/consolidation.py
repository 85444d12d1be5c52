"""One change made in the text of a document, and nothing outside the place it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.corpus.instructions import Change, Place
from qa_service.corpus.marker import Rank, read_marker
from qa_service.corpus.models import Document
from qa_service.corpus.outline import Node, parse_outline
from qa_service.corpus.readers import Paragraph, read_paragraphs
from qa_service.text.numerals import format_numeral
from qa_service.text.sentences import Span

DELETED = "（已删去）"
_ITEM_RANKS = frozenset({Rank.SECOND, Rank.THIRD})
_CELL_END = r"(?=；|$)"


def apply(document: Document, change: Change) -> Document | None:
    """Return the document with the change made, or None where its place or its words are not in the text.

    Where a new article takes a number that is taken, those behind it move up by one; ``moved`` says so.
    """
    text = _Text(document)
    if change.adds == "条":
        return text.with_article(change)
    node = text.at(change.place)
    lines = _lines_of(node) if node else []
    if node is None or not lines:
        return None
    if change.adds == "款":
        body = text.with_paragraph(lines, change)
    elif change.adds == "项":
        body = text.with_item(lines, change)
    elif change.place.row:
        body = text.with_cell(_within(lines, change.place), change)
    elif change.old is not None:
        body = text.with_words(_within(lines, change.place), change.old, change.new)
    else:
        body = text.with_whole(node, lines, change)
    return None if body is None else replace(document, body=body)


class _Text:
    """A document's body by its places."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._body = document.body
        paragraphs = read_paragraphs(document.body, markup=document.markup)
        self._nodes = list(parse_outline(paragraphs, document.title).root.walk())

    def at(self, place: Place) -> Node | None:
        """Return the article or attachment that ``place`` lies in; None where it is missing or not the only one."""
        scope = self._scope(place)
        articles = [n for n in scope if n.rank is Rank.ARTICLE]
        if not place.article:
            found = [n for n in scope if n.rank is Rank.ATTACHMENT]
        elif articles:
            found = [n for n in articles if n.label == place.article]
        else:  # a notice without articles: its 第二条 is what it prints as 二、
            found = [n for n in scope if n.rank is Rank.FIRST and f"第{format_numeral(n.number)}条" == place.article]
        return found[0] if len(found) == 1 else None

    def _scope(self, place: Place) -> list[Node]:
        """Return the divisions that ``place`` may mean: of its attachment, or those outside any attachment.

        A paper that prints its articles as an attachment has none outside; there a bare 第五条 means that one.
        """
        held: list[tuple[Node, Node | None]] = [
            (node, next((n for n in (*path, node) if n.rank is Rank.ATTACHMENT), None)) for path, node in self._nodes
        ]
        if place.attachment is not None:
            wanted = {place.attachment} if place.attachment else {a.number for _, a in held if a}
            return [node for node, attachment in held if attachment and attachment.number in wanted]
        own = [node for node, attachment in held if attachment is None]
        return own if any(n.rank is Rank.ARTICLE for n in own) else [node for node, _ in held]

    def with_words(self, lines: Sequence[Paragraph], old: str, new: str) -> str | None:
        """Put ``new`` for ``old`` in the lines; 3万元 is not meant by the end of 13万元."""
        body = self._body
        edge = r"(?<![0-9.．])" if old[:1].isdigit() else ""
        pattern = re.compile(edge + re.escape(old) + (r"(?![0-9.．])" if old[-1:].isdigit() else ""))
        if not any(pattern.search(line.text) for line in lines):
            return None
        for line in reversed(lines):
            body = f"{body[: line.start]}{pattern.sub(lambda _: new, line.text)}{body[line.end :]}"
        return body

    def with_cell(self, lines: Sequence[Paragraph], change: Change) -> str | None:
        """Put new words into the one row that is meant, for the old ones or for the cell of a column."""
        rows = _rows_named(lines, change.place.row)
        old, column = change.old, change.place.column
        is_head = old is not None and any(f"；{old}：" in row.text for row in rows)
        if old is not None and not is_head:
            changed = [body for row in rows if (body := self.with_words([row], old, change.new)) is not None]
            return changed[0] if len(changed) == 1 else None
        column = old if is_head and old else column
        if len(rows) != 1 or not column:
            return None
        pattern = rf"(?:〕|；)[^：；]*{re.escape(column)}[^：；]*：(?P<cell>.*?){_CELL_END}"
        cell = re.search(pattern, rows[0].text)
        if cell is None:
            return None
        start = rows[0].start
        return self._spliced(Span(start + cell.start("cell"), start + cell.end("cell")), change.new)

    def with_whole(self, node: Node, lines: Sequence[Paragraph], change: Change) -> str | None:
        """Replace or delete an article, one of its paragraphs (款) or items (项), or an attachment."""
        part = _within(lines, change.place)
        if not part or node.rank not in (Rank.ARTICLE, Rank.ATTACHMENT):
            return None
        if not change.new and change.place.paragraph and change.place.item is None and len(part) < len(lines):
            return self._without_paragraph(lines, part)
        mark = _mark_of(part[0].text) if node.rank is Rank.ARTICLE else ""
        opens = read_marker(change.new)
        if opens and (opens.rank is Rank.ARTICLE or (change.place.item and opens.rank in _ITEM_RANKS)):
            mark = ""
        return self._spliced(Span(part[0].start, part[-1].end), f"{mark}{change.new or DELETED}")

    def _without_paragraph(self, lines: Sequence[Paragraph], part: Sequence[Paragraph]) -> str:
        """Take a paragraph (款) out; the article's number goes over to the one behind it."""
        first, last = lines.index(part[0]), lines.index(part[-1])
        if first == 0:
            return self._spliced(Span(part[0].start, lines[last + 1].start), _mark_of(part[0].text))
        return self._spliced(Span(lines[first - 1].end, part[-1].end), "")

    def with_paragraph(self, lines: Sequence[Paragraph], change: Change) -> str | None:
        """Put a paragraph (款) into an article, at its place or at the end."""
        groups, number = _paragraphs(lines), change.place.paragraph
        if number is None or number == len(groups) + 1:
            return self._spliced(Span(lines[-1].end, lines[-1].end), f"\n\n{change.new}")
        if not 1 < number <= len(groups):
            return None
        start = groups[number - 1][0].start
        return self._spliced(Span(start, start), f"{change.new}\n\n")

    def with_item(self, lines: Sequence[Paragraph], change: Change) -> str | None:
        """Put an item (项) behind the last one of an article; between others it would renumber them, and is left out."""
        number = change.place.item or 0
        group = _within(lines, replace(change.place, item=None))
        before = _item(group, number - 1)
        if not before or _item(group, number):
            return None
        opens = read_marker(change.new)
        mark = "" if opens and opens.rank in _ITEM_RANKS else _mark_of(before[0].text, number)
        return self._spliced(Span(before[-1].end, before[-1].end), f"\n\n{mark}{change.new}")

    def with_article(self, change: Change) -> Document | None:
        """Put a new article in: behind the one before it, or before the one that has its number now."""
        scope = [n for n in self._scope(change.place) if n.rank is Rank.ARTICLE and _lines_of(n)]
        opens = read_marker(f"{change.place.article}\u3000")
        if opens is None:
            return None
        taken = next((n for n in scope if (n.number, n.sub) == (opens.number, opens.sub)), None)
        new = change.new if _opens_article(change.new) else f"{change.place.article}\u3000{change.new}"
        if taken is None:
            before = [n for n in scope if (opens.number - 1, 0) <= (n.number, n.sub) < (opens.number, opens.sub)]
            if not before or (opens.sub > 1 and before[-1].sub != opens.sub - 1):
                return None
            end = _lines_of(before[-1])[-1].end
            return replace(self._document, body=self._spliced(Span(end, end), f"\n\n{new}"))
        lines = _lines_of(taken)
        if lines[0].text.endswith(DELETED):
            return replace(self._document, body=self._spliced(Span(lines[0].start, lines[-1].end), new))
        return None if opens.sub else self._with_article_before(taken, scope[scope.index(taken) :], new)

    def _with_article_before(self, taken: Node, behind: Sequence[Node], new: str) -> Document:
        body, moved = self._body, dict[str, str]()
        for node in reversed(behind):
            start, end = _number_of(node, self._body)
            value = node.number + 1
            body = f"{body[:start]}{value if body[start].isdigit() else format_numeral(value)}{body[end:]}"
            moved[node.label] = f"第{format_numeral(value)}条{node.label.partition('条')[2]}"
        start = _number_of(taken, self._body)[0] - 1
        earlier = dict(self._document.moved)
        fresh = {old: now for old, now in moved.items() if old not in earlier and old not in earlier.values()}
        both = {old: moved.get(now, now) for old, now in earlier.items()} | fresh
        return replace(self._document, body=f"{body[:start]}{new}\n\n{body[start:]}", moved=tuple(both.items()))

    def _spliced(self, region: Span, new: str) -> str:
        return f"{self._body[: region.start]}{new}{self._body[region.end :]}"


def _lines_of(node: Node) -> list[Paragraph]:
    return [paragraph for _, inner in node.walk() for paragraph in inner.paragraphs]


def _within(lines: Sequence[Paragraph], place: Place) -> Sequence[Paragraph]:
    """Return the lines of the paragraph (款) and item (项) that ``place`` names; none where there are not so many."""
    if place.paragraph is not None:
        groups = _paragraphs(lines)
        lines = groups[place.paragraph - 1] if 0 < place.paragraph <= len(groups) else []
    return lines if place.item is None else _item(lines, place.item)


def _paragraphs(lines: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return an article's paragraphs (款); items (（一）, 1.) and rows of tables belong to the one above them."""
    groups: list[list[Paragraph]] = []
    for line in lines:
        marker = read_marker(line.text)
        if groups and marker and marker.rank in (*_ITEM_RANKS, Rank.ROW):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _item(lines: Sequence[Paragraph], number: int) -> list[Paragraph]:
    """Return the lines of an item (项), those below it included: 1. belongs to the （一） above it."""
    ranks = [marker.rank if (marker := read_marker(line.text)) else None for line in lines]
    outermost = min((rank for rank in ranks if rank in _ITEM_RANKS), default=None)
    found: list[Paragraph] = []
    for line, rank in zip(lines, ranks, strict=True):
        if rank is outermost and rank is not None:
            marker = read_marker(line.text)
            if found:
                break
            if marker and marker.number == number:
                found.append(line)
        elif found and rank is not None:
            found.append(line)
        elif found:
            break
    return found


def _rows_named(lines: Sequence[Paragraph], name: str) -> list[Paragraph]:
    """Return the rows with a cell that is ``name``, or else those that hold it; 序号：3 is head and cell in one."""
    rows = [line for line in lines if name in line.text]
    cell = rf"[：〕；]{re.escape(name)}{_CELL_END}" if "：" not in name else rf"[〕；]{re.escape(name)}{_CELL_END}"
    exact = [line for line in rows if re.search(cell, line.text)]
    return exact if exact or "：" in name else rows


def _mark_of(text: str, number: int | None = None) -> str:
    """Return the 第五条 or （一） that a line opens with and the gap behind it, or the same with another number."""
    marker = read_marker(text)
    if marker is None or marker.rank not in (*_ITEM_RANKS, Rank.ARTICLE):
        return ""
    mark = text[: marker.length]
    if number is None:
        return mark
    return re.sub(r"[^\W_]+", str(number) if marker.rank is Rank.THIRD else format_numeral(number), mark, count=1)


def _opens_article(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.rank is Rank.ARTICLE and marker.separated


def _number_of(node: Node, body: str) -> tuple[int, int]:
    """Return where the figure of an article's number stands in the body: of 第十条, the 十."""
    start = node.heading.start if node.heading else node.paragraphs[0].start
    return start + 1, body.index("条", start)
