"""Paragraphs to the tree of headings.

Two grammars stand side by side: laws (编 章 节 条) and plans (一、 （一） 1. ——); attachments, questions and table rows
occur in both. A mark counts as a heading only
where its number follows its elder sibling, so that a reference to 第十一条 which happens to open a line is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa_service.corpus.marker import Marker, Rank, is_heading_text, read_marker
from qa_service.corpus.readers.paragraph import Paragraph
from qa_service.text.letters import letters_of
from qa_service.text.sentences import Span, sentence_spans

_REFERENCE_FOLLOWERS = "规所的、和至或及与到第，。；之中"
"""What follows 第十一条 inside a sentence: 第十一条规定的, 第十一条第二款, 第十一条至第十三条."""
_ASKS = ("？", "?")
_MOST_TITLES = 2
"""At the head of the file, and once more below the notice that issues it."""
_LARGEST_GAP = 5
"""A misprinted or repealed article may be missing; a jump further than this is a reference."""


@dataclass(slots=True)
class Node:
    """A division of the document: its heading, its own paragraphs, its subdivisions."""

    rank: Rank
    label: str = ""
    title: str = ""
    heading: Span | None = None
    """Where the heading stands when it has a line of its own."""
    number: int = 0
    sub: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def walk(self, path: tuple[Node, ...] = ()) -> Iterator[tuple[tuple[Node, ...], Node]]:
        """Yield every division with its ancestors, in reading order."""
        yield path, self
        for child in self.children:
            yield from child.walk((*path, self))

    @property
    def heading_text(self) -> str:
        """The heading as a reader sees it: 四、主要任务; 第六十五条."""
        if self.rank is Rank.THIRD:
            return f"{self.label}.{self.title}" if self.title else self.label
        gap = " " if self.label.startswith("第") and self.title else ""
        return f"{self.label}{gap}{self.title}"


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole document as a tree; ``root`` holds what stands before the first heading."""

    root: Node

    def count(self, rank: Rank) -> int:
        """Return how many divisions of this rank there are."""
        return sum(node.rank is rank for _, node in self.root.walk())


def parse_outline(paragraphs: Sequence[Paragraph], title: str = "") -> Outline:
    """Build the tree of headings of a document called ``title``.

    Every paragraph ends up in exactly one place: as a heading, or among the paragraphs of one node.
    """
    return _Parser(title).parse(paragraphs)


def _opens_attachment(paragraph: Paragraph) -> bool:
    """Whether a marked heading opens an attachment; in running text 附件1 is a reference."""
    marker = read_marker(paragraph.text) if paragraph.heading_rank else None
    return marker is not None and marker.rank is Rank.ATTACHMENT


def _is_law(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether 条 is the document's unit: an article is marked as a heading, or two articles count up by one."""
    last = None
    for paragraph in paragraphs:
        marker = read_marker(paragraph.text)
        if marker and marker.rank is Rank.ARTICLE and _stands_alone(marker, paragraph.text):
            if paragraph.heading_rank or (last is not None and marker.number == last + 1):
                return True
            last = marker.number
    return False


def _stands_alone(marker: Marker, text: str) -> bool:
    """Whether what follows the mark lets it be a heading; some publishers print no blank after 第六十五条."""
    return marker.separated or not text.startswith(_REFERENCE_FOLLOWERS, marker.length)


class _Parser:
    def __init__(self, title: str) -> None:
        self._title = title
        self._law = False
        self._root = Node(Rank.TITLE)
        self._stack = [self._root]
        self._last_article: tuple[int, int] | None = None
        self._questions = 0

    def parse(self, paragraphs: Sequence[Paragraph]) -> Outline:
        attachments = [i for i, paragraph in enumerate(paragraphs) if _opens_attachment(paragraph)]
        for start, end in zip([0, *attachments], [*attachments, len(paragraphs)], strict=True):
            # Each attachment has a grammar and a count of articles of its own.
            self._law = _is_law(paragraphs[start:end])
            self._last_article = None
            for paragraph in paragraphs[start:end]:
                self._take(paragraph)
        return Outline(self._root)

    def _take(self, paragraph: Paragraph) -> None:
        if self._is_title(paragraph):
            self._root.children.append(self._title_node(paragraph))
            self._stack = [self._root, self._root.children[-1]]
            return
        marker = read_marker(paragraph.text)
        if marker and self._opens(marker, paragraph):
            self._open(marker, paragraph)
        elif paragraph.heading_rank and not marker:
            self._open_unmarked(paragraph)
        elif self._stack[-1].rank is Rank.ROW and self._stack[-1].number:
            row = self._stack[-1]
            self._push(Node(Rank.ROW, f"表{row.sub}之后", sub=row.sub, paragraphs=[paragraph]))
        else:
            self._stack[-1].paragraphs.append(paragraph)

    def _is_title(self, paragraph: Paragraph) -> bool:
        if self._last_article or sum(node.rank is Rank.TITLE for node in self._root.children) == _MOST_TITLES:
            return False
        return bool(self._title) and letters_of(paragraph.text) == letters_of(self._title)

    @staticmethod
    def _title_node(paragraph: Paragraph) -> Node:
        return Node(Rank.TITLE, title=paragraph.text, heading=Span(paragraph.start, paragraph.end))

    def _opens(self, marker: Marker, paragraph: Paragraph) -> bool:
        rest = paragraph.text[marker.length :]
        if marker.rank is Rank.ARTICLE:
            return self._law and _stands_alone(marker, paragraph.text) and self._is_next_article(marker, paragraph)
        if marker.rank is Rank.ROW:
            return True
        if marker.rank is Rank.ATTACHMENT:
            return _opens_attachment(paragraph)
        if marker.rank is Rank.QUESTION:
            return paragraph.text.endswith(_ASKS)
        if marker.rank < Rank.FIRST:
            return (marker.separated or is_heading_text(rest)) and is_heading_text(paragraph.text)
        if any(node.rank is Rank.QUESTION for node in self._stack) and not (
            marker.rank is Rank.FIRST and is_heading_text(paragraph.text)
        ):
            return False  # inside an answer too
        if self._law and not (marker.rank is Rank.FIRST and is_heading_text(paragraph.text)):
            return False  # inside an article these number its items
        if marker.rank is Rank.DASH:
            return True
        if marker.rank is Rank.THIRD and paragraph.text.endswith(("；", ";")):
            return False  # one of a list of short items, not a division
        elder = self._elder(marker.rank)
        return marker.number == (elder.number + 1 if elder else 1)

    def _is_next_article(self, marker: Marker, paragraph: Paragraph) -> bool:
        if self._last_article is None:
            return marker.separated or marker.number == 1
        number, sub = self._last_article
        if (marker.number, marker.sub) in {(number + 1, 0), (number, sub + 1)}:
            return True
        if paragraph.heading_rank:  # notes take up only the articles that matter
            return (marker.number, marker.sub) > (number, sub)
        return marker.separated and number < marker.number <= number + _LARGEST_GAP

    def _elder(self, rank: Rank) -> Node | None:
        """The last division of this rank under the parent that a new one would have."""
        parent = self._parent(rank)
        same = [child for child in parent.children if child.rank is rank]
        return same[-1] if same else None

    def _parent(self, rank: Rank) -> Node:
        return next(node for node in reversed(self._stack) if node.rank < rank or node is self._root)

    def _open(self, marker: Marker, paragraph: Paragraph) -> None:
        node = Node(marker.rank, marker.label, number=marker.number, sub=marker.sub)
        rest = paragraph.text[marker.length :].strip()
        if marker.rank is Rank.ARTICLE:
            self._last_article = (marker.number, marker.sub)
            if paragraph.heading_rank:
                node.title, node.heading = rest, Span(paragraph.start, paragraph.end)
            else:
                node.paragraphs.append(paragraph)
        elif marker.rank is Rank.QUESTION:
            self._questions += 1
            node.label, node.title = f"问答{self._questions}", rest
            node.heading = Span(paragraph.start, paragraph.end)
        elif marker.rank is Rank.DASH:
            node.title = _first_sentence(rest)
            node.paragraphs.append(paragraph)
        elif marker.rank is not Rank.ROW and (is_heading_text(paragraph.text) or marker.rank is Rank.ATTACHMENT):
            node.title, node.heading = rest, Span(paragraph.start, paragraph.end)
        else:
            node.paragraphs.append(paragraph)
        self._push(node)

    def _open_unmarked(self, paragraph: Paragraph) -> None:
        """A Markdown heading without a number of its own: its depth is given by its mark."""
        rank = Rank(min(Rank.CHAPTER + max((paragraph.heading_rank or 1) - 2, 0), Rank.SECTION))
        self._push(Node(rank, title=paragraph.text, heading=Span(paragraph.start, paragraph.end)))

    def _push(self, node: Node) -> None:
        parent = self._parent(node.rank)
        parent.children.append(node)
        self._stack = [*self._stack[: self._stack.index(parent) + 1], node]


def _first_sentence(text: str) -> str:
    spans = sentence_spans(text)
    return spans[0].of(text).rstrip("。！？ ") if spans else text
