"""What to ask next."""

import re
from collections.abc import Sequence

from qa_service.search.searcher import Hit
from qa_service.text.normal import normalise

_MOST = 3
_PLAIN = re.compile(r"^[^一二三四五、（(]{2}.{5,20}(?<![吧吗])[？?]$")
_PERSONAL = re.compile(r"规划|[我俺咱你]|填|申报表|材料里|是不是|对吗|没错|点")
"""A question that can be put to anyone: of one line, open, and not from somebody's own story."""
_TOO_NEAR = 0.9


def suggestions_from(hits: Sequence[Hit], asked: str) -> tuple[str, ...]:
    """Return up to three everyday questions near to what was asked, each answered by another sentence."""
    chosen: dict[tuple[str, str], str] = {}
    taken = {(hits[0].passage.id, hits[0].asked[0][0].starts)} if hits and hits[0].asked else set()
    near = sorted(((score, hit, q) for hit in hits for q, score in hit.asked), key=lambda entry: -entry[0])
    same = normalise(asked)
    for score, hit, question in near:
        place = (hit.passage.id, question.starts)
        if place in taken or place in chosen or score > _TOO_NEAR:
            continue
        if _PLAIN.match(question.text) and not _PERSONAL.search(question.text) and normalise(question.text) != same:
            chosen[place] = question.text
        if len(chosen) == _MOST:
            break
    return tuple(chosen.values())
