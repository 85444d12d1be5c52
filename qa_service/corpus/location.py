"""Where a passage stands in its document: as a person cites it, and as an address writes it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa_service.corpus.marker import Rank
from qa_service.corpus.outline import Node

_CITED_WITH_ARTICLE = frozenset({Rank.ATTACHMENT, Rank.ARTICLE, Rank.ROW})
_NOT_IN_KEY = re.compile(r"[\s#/?~%&]+")


class Location(NamedTuple):
    """``cited`` is 四、（三）4 or 第六十五条; ``key`` is 四-三-4 or 第六十五条."""

    cited: str
    key: str


def locate(path: Sequence[Node], node: Node, opening: str) -> Location:
    """Return the location of ``node`` below ``path``; ``opening`` names what stands before the first heading."""
    divisions = [n for n in (*path, node) if n.rank is not Rank.TITLE]
    if not divisions:
        return Location(opening, opening)
    if any(n.rank is Rank.ARTICLE for n in divisions):
        # An article is cited by its number alone, whatever chapter it stands in.
        divisions = [n for n in divisions if n.rank in _CITED_WITH_ARTICLE]
    cited = "".join(_cited(n) for n in divisions).replace("  ", " ").strip().removesuffix("、")
    return Location(cited, "-".join(_key(n) for n in divisions))


def _cited(node: Node) -> str:
    gap = " " if node.rank in (Rank.ATTACHMENT, Rank.ROW) else ""
    return (
        f"{gap if node.rank is Rank.ROW else ''}{node.label or node.title}{gap if node.rank is Rank.ATTACHMENT else ''}"
    )


def _key(node: Node) -> str:
    return _NOT_IN_KEY.sub("_", node.label.strip("（）、") or node.title)
