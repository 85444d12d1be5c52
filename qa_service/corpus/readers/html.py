"""Pages of government sites, read with selectolax: the article, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa_service.corpus.readers.encoding import read_text
from qa_service.corpus.readers.html_depth import is_deeper
from qa_service.corpus.readers.manuscript import Block, Line, Manuscript, Setting, Table
from qa_service.errors import ImportFileError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOISE = "script, style, noscript, template, iframe, form, button, input, select, nav, header, footer, svg"
_AROUND = ", ".join(
    f"[{attribute}*={word}]"
    for attribute in ("class", "id")
    for word in (
        "nav",
        "menu",
        "crumb",
        "foot",
        "sidebar",
        "copyright",
        "share",
        "related",
        "recommend",
        "toolbar",
        "hidden",
    )
)
_ARTICLES = (
    "#UCAP-CONTENT, .pages_content, .TRS_Editor, .trs_editor_view, #zoom, .article-content, .article_content, .bt-content, "
    ".view-content, .news_content, #article, #content, article, main"
)
"""What government publishing systems call the article."""
_CONTAINERS = frozenset({"div", "section", "td", "table", "tbody", "tr", "center", "span", "font"})
_FURNITURE = re.compile(
    r"(?:打印|关闭|收藏|返回|字体|字号|分享|首页|扫一扫|上一篇|下一篇|责任编辑|来源|主办|承办|版权所有|技术支持|网站标识码|浏览次数|访问量|点击数|信息来源|当前位置|您的位置)"
    r"(?:$|[：:\s\u3000>》|/].*|.{0,4}$|.{0,16}(?:打印|关闭|手机|页面)$)"
)
"""Lines that a site puts around a paper."""
_LEAST_LINK_FREE = 0.5
_INNER_SHARE, _CELL_SHARE = 0.8, 0.97
"""The share of the unlinked text that makes a part of the page, or one cell of a layout, the whole article."""
_SMALL_SHARE = 0.3
_DEEPEST = 200
"""Elements within one another; pages of layout tables reach about 40."""


def read_html(path: Path) -> Manuscript:
    """Read the article of a saved page, and its table of metadata where the site prints one; only what a visitor sees.

    Raises:
        ImportFileError: the page holds no article.
    """
    from selectolax.lexbor import LexborHTMLParser

    from qa_service.corpus.readers.html_hidden import clear_hidden
    from qa_service.corpus.readers.html_metadata import take_metadata

    markup = read_text(path)
    tree = None if is_deeper(markup, 2 * _DEEPEST) else LexborHTMLParser(markup)
    if tree is None or _is_deep(tree):
        raise ImportFileError(f"{path}：网页的标签嵌套超过 {_DEEPEST} 层，没有读取。请把正文存成 docx、txt 再导入。")
    clear_hidden(tree)
    for node in tree.css(_NOISE):
        node.decompose()
    stated = take_metadata(tree)
    _clear_around(tree)
    article = _article(tree)
    blocks = tuple(_without_furniture(_blocks(article))) if article else ()
    if not blocks:
        raise ImportFileError(f"{path}：网页里没有找到正文。请打开网页核对，或把正文存成 docx、txt 再导入。")
    return Manuscript(blocks, stated)


def _is_deep(tree: LexborHTMLParser) -> bool:
    waiting = [(tree.body, 0)] if tree.body else []
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST:
            return True
        waiting += [(child, depth + 1) for child in node.iter()]
    return False


def _clear_around(tree: LexborHTMLParser) -> None:
    """Take menus and the like off the page: by their names, and because little of the text is in them."""
    whole = len(tree.body.text()) if tree.body else 0
    for node in tree.css(_AROUND):
        small = len(node.text()) < _SMALL_SHARE * whole
        if node.tag not in ("body", "html") and small and not node.css(_ARTICLES):
            node.decompose()


def _without_furniture(blocks: Iterator[Block]) -> Iterator[Block]:
    return (b for b in blocks if not (isinstance(b, Line) and len(b.text) < 60 and _FURNITURE.match(b.text)))


def _article(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the node that holds the article: by its name, else the smallest that holds most of the unlinked text."""
    named = [n for n in tree.css(_ARTICLES) if len(n.text()) > 100 and _link_free(n) >= _LEAST_LINK_FREE]
    if named:
        return max(named, key=lambda n: len(n.text()))
    best = tree.body
    if best is None or not best.text().strip():
        return None
    while True:
        size = _unlinked(best)
        share = _CELL_SHARE if best.tag in ("table", "tbody", "tr") else _INNER_SHARE
        inner = [n for n in best.iter() if n.tag in _CONTAINERS and _unlinked(n) > share * size]
        if len(inner) != 1:
            return _table_of(best)
        best = inner[0]


def _table_of(node: LexborNode) -> LexborNode:
    """A row or a cell block alone is no element that can be read; its table is."""
    while node.tag in ("tbody", "tr") and node.parent is not None:
        node = node.parent
    return node.parent if node.tag == "table" and node.parent is not None else node


def _link_free(node: LexborNode) -> float:
    return _unlinked(node) / (len(node.text()) or 1)


def _unlinked(node: LexborNode) -> int:
    return len(node.text().strip()) - sum(len(a.text()) for a in node.css("a"))


def _blocks(node: LexborNode) -> Iterator[Block]:
    """Walk the article; text outside any block element, and what ``br`` parts, become lines of their own."""
    from qa_service.corpus.readers.html_text import BLOCKS, raw_text

    run: list[str] = []
    item = 0
    for child in node.iter(include_text=True):
        holds_blocks = any(inner.tag in BLOCKS for inner in child.traverse() if inner != child)
        if child.tag not in BLOCKS and not holds_blocks:
            run.append(raw_text(child))
            continue
        yield from _lines(run, node)
        run = []
        if child.tag == "table":
            yield from _table(child)
        elif holds_blocks:
            yield from _blocks(child)
        else:
            item += child.tag == "li" and node.tag == "ol"
            number = f"{item}." if child.tag == "li" and node.tag == "ol" else ""
            yield from _lines([number, raw_text(child).strip("\n")], child)
    yield from _lines(run, node)


def _lines(pieces: Sequence[str], node: LexborNode) -> Iterator[Line]:
    setting = _setting(node)
    rank = int(node.tag[1]) if node.tag and re.fullmatch(r"h[1-6]", node.tag) else None
    for line in "".join(pieces).split("\n"):
        text = re.sub(r"[ \t\xa0\u2002\u2003]{2,}", "\u3000\u3000", line)
        if text := re.sub(r"[ \t\xa0\u2002\u2003]", " ", text).strip(" \u3000\ufeff\u200b"):
            yield Line(text, setting, rank)


def _setting(node: LexborNode) -> Setting:
    """How an element is set: what its own style says, or that of the elements it stands in."""
    for _ in range(4):
        style = re.sub(r"\s", "", node.attributes.get("style") or "").lower()
        aligned = re.search(r"text-align:(center|right|left|justify)", style)
        value = aligned[1] if aligned else (node.attributes.get("align") or "").lower()
        if value == "center" or node.tag == "center":
            return Setting.CENTRED
        if value:
            return Setting.RIGHT if value == "right" else Setting.BODY
        if node.parent is None or node.parent.tag in ("body", "html", "td"):
            break
        node = node.parent
    return Setting.BODY


def _table(node: LexborNode) -> Iterator[Block]:
    """Return the table as a full grid, or, where it only lays out the page, its content."""
    from qa_service.corpus.readers.html_text import inline_text

    rows = [row for row in node.css("tr") if _owner(row) == node]
    cells = [[c for c in row.iter() if c.tag in ("td", "th")] for row in rows]
    if max(map(len, cells), default=0) <= 1 or len(rows) < 2 or _lays_out(cells):
        for row in cells:
            for cell in row:
                yield from _blocks(cell)
        return
    grid: dict[tuple[int, int], str] = {}
    for y, row in enumerate(cells):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            text = inline_text(cell)
            for dy in range(min(_span(cell, "rowspan"), len(rows) - y)):
                for dx in range(_span(cell, "colspan")):
                    grid[y + dy, x + dx] = text
    width = 1 + max(x for _, x in grid)
    yield Table(tuple(tuple(grid.get((y, x), "") for x in range(width)) for y in range(len(rows))))


def _lays_out(cells: Sequence[Sequence[LexborNode]]) -> bool:
    """Whether a table holds the page's parts: another table, or a cell with more paragraphs than a cell has."""
    return any(cell.css("table") or len(cell.css("p, h1, h2, h3")) > 8 for row in cells for cell in row)


def _owner(row: LexborNode) -> LexborNode | None:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return min(max(int(value), 1), 100) if value.isdigit() else 1
