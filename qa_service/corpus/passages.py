"""The tree of headings to passages within a budget, each with its place and its offsets in the source."""

from collections.abc import Callable, Iterator, Sequence

from qa_service.corpus.location import locate
from qa_service.corpus.marker import Rank
from qa_service.corpus.models import Document, Passage
from qa_service.corpus.outline import Node, Outline, parse_outline
from qa_service.corpus.readers import Paragraph, read_paragraphs
from qa_service.text.sentences import Span, sentence_spans

PASSAGE_BUDGET = 256
"""The most jieba words a passage holds: about 450 characters, a screenful on a phone."""

_CLAUSE_ENDS = "；;，,、：:"


def outline_of(document: Document) -> Outline:
    """Return the document's tree of headings."""
    return parse_outline(read_paragraphs(document.body, markup=document.markup), document.title)


def passages_of(
    document: Document, count: Callable[[str], int], *, budget: int = PASSAGE_BUDGET
) -> tuple[Passage, ...]:
    """Cut a document into passages, in reading order.

    Together with the headings the passages cover the body exactly once: nothing lost, nothing doubled.

    Args:
        document: the document to cut.
        count: the length of a text in the unit of ``budget``, usually ``Segmenter.count``.
        budget: the most units a passage may hold; a longer paragraph is cut at sentence ends, and only a sentence
            that alone exceeds it at commas.
    """
    cutter = _Cutter(document, count, budget)
    return tuple(passage for path, node in outline_of(document).root.walk() for passage in cutter.cut(path, node))


class _Cutter:
    def __init__(self, document: Document, count: Callable[[str], int], budget: int) -> None:
        if budget < 1:
            raise ValueError(f"the passage budget must be at least 1 word, got {budget}")
        self._document = document
        self._body = document.body
        self._count = count
        self._budget = budget
        self._taken: dict[str, int] = {}

    def cut(self, path: Sequence[Node], node: Node) -> Iterator[Passage]:
        if not node.paragraphs:
            return
        cited, key = locate(path, node, _opening(path, node, self._body))
        key = self._unique(key)
        headings = tuple(n.heading_text for n in (*path, node) if n.heading and n.heading_text)
        if node.title and not node.heading:
            headings += (node.title,)
        spans = self._spans(node.paragraphs)
        for part, span in enumerate(spans, 1):
            suffix = f"~{part}" if len(spans) > 1 else ""
            yield Passage(
                id=f"{self._document.id}#{key}{suffix}",
                document_id=self._document.id,
                location=cited,
                heading_path=headings,
                title=node.title if node.rank is not Rank.TITLE else "",
                text=span.of(self._body),
                start=span.start,
                end=span.end,
                part=part,
                parts=len(spans),
            )

    def _unique(self, key: str) -> str:
        """A document may repeat a heading; the second gets a number, so that ids stay distinct and stable."""
        seen = self._taken[key] = self._taken.get(key, 0) + 1
        return key if seen == 1 else f"{key}_{seen}"

    def _spans(self, paragraphs: Sequence[Paragraph]) -> list[Span]:
        whole = Span(paragraphs[0].start, paragraphs[-1].end)
        total = self._count(whole.of(self._body))
        if total <= self._budget:
            return [whole]
        # Parts of about equal length read better than full ones and a stub.
        target = total / -(-total // self._budget)
        return self._pack([piece for paragraph in paragraphs for piece in self._pieces(paragraph)], target)

    def _pieces(self, paragraph: Paragraph) -> Iterator[Span]:
        for start, end in sentence_spans(paragraph.text):
            yield from self._within_budget(Span(paragraph.start + start, paragraph.start + end))

    def _within_budget(self, span: Span) -> Iterator[Span]:
        """Halve a sentence that alone exceeds the budget, at the comma nearest its middle."""
        text = span.of(self._body)
        if len(text) < 2 or self._count(text) <= self._budget:
            yield span
            return
        middle = len(text) // 2
        commas = [i + 1 for i, c in enumerate(text[:-1]) if c in _CLAUSE_ENDS]
        at = span.start + min(commas, key=lambda i: abs(i - middle), default=middle)
        yield from self._within_budget(Span(span.start, at))
        yield from self._within_budget(Span(at, span.end))

    def _pack(self, pieces: Sequence[Span], target: float) -> list[Span]:
        packed = [pieces[0]]
        for piece in pieces[1:]:
            joined = Span(packed[-1].start, piece.end)
            full = self._count(packed[-1].of(self._body)) >= target
            if full or self._count(joined.of(self._body)) > self._budget:
                packed.append(piece)
            else:
                packed[-1] = joined
        return packed


def _opening(path: Sequence[Node], node: Node, body: str) -> str:
    """What the text before the first numbered heading is called."""
    title_follows = any(child.rank is Rank.TITLE for child in node.children)
    if path or not title_follows:
        return "引言"
    head = body[node.paragraphs[0].start : node.paragraphs[-1].end]
    return "印发通知" if "印发" in head and "通知" in head else "篇首"
