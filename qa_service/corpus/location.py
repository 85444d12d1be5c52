"""Where a passage stands in its document: as a person cites it, and as an address writes it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa_service.corpus.marker import Rank
from qa_service.corpus.outline import Node

_NOT_IN_KEY = re.compile(r"[\s#/?~%&]+")


class Location(NamedTuple):
    """``cited`` is 四、（三）4 or 第六十五条; ``key`` is 四-三-4 or 第六十五条."""

    cited: str
    key: str


def locate(path: Sequence[Node], node: Node, opening: str) -> Location:
    """Return the location of ``node`` below ``path``; ``opening`` names what stands before the first heading."""
    if node.rank is Rank.ARTICLE:
        return Location(node.label, node.label)
    divisions = [n for n in (*path, node) if n.rank is not Rank.TITLE]
    if not divisions:
        return Location(opening, opening)
    cited = "".join(_cited(n) for n in divisions).removesuffix("、")
    return Location(cited, "-".join(_key(n) for n in divisions))


def _cited(node: Node) -> str:
    return node.label or node.title


def _key(node: Node) -> str:
    return _NOT_IN_KEY.sub("_", node.label.strip("（）、") or node.title)
