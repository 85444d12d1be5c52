"""Notes on a regulation against its official text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from qa_service.corpus.checks.fault import Fault
from qa_service.corpus.checks.figures import figures_of, unfounded
from qa_service.corpus.marker import Rank
from qa_service.corpus.models import Document, Passage
from qa_service.corpus.outline import parse_outline
from qa_service.corpus.readers import read_paragraphs
from qa_service.text.normal import normalise

LONGEST_SHARED_RUN = 20
"""Characters that a note may share with its statute in a row, punctuation ignored; names and titles aside."""
_NOT_A_LETTER = re.compile(r"[\W_]+")


def check_against_statute(document: Document, passages: Sequence[Passage], statute: Path) -> Iterator[Fault]:
    """Yield what the notes say that the statute does not, and where they use its very words."""
    articles = articles_of(statute)
    for passage in passages:
        original = articles.get(passage.location)
        if original is None:
            yield Fault(document.id, passage.location, "法条中没有这一条")
            continue
        text = f"{passage.title} {passage.text}"
        if unknown := unfounded(text, figures_of(original)):
            yield Fault(document.id, passage.location, f"数字不在法条原文中：{'、'.join(unknown)}")
        if run := _shared_run(text, original):
            yield Fault(document.id, passage.location, f"与法条原文连续 {len(run)} 字相同：{run}")


@cache
def articles_of(statute: Path) -> Mapping[str, str]:
    """Return the articles of a statute file, by their numbers: 第四十二条."""
    body = statute.read_text("utf-8").split("---", 2)[-1]
    found: dict[str, str] = defaultdict(str)
    for _, node in parse_outline(read_paragraphs(body, markup="markdown")).root.walk():
        if node.rank is Rank.ARTICLE:
            found[node.label] = "\n".join(p.text for p in node.paragraphs)
    return found


def _shared_run(text: str, original: str) -> str:
    """Return the longest run of more than the allowed length that both hold, or an empty string."""
    ours, theirs = (_NOT_A_LETTER.sub("", normalise(t)) for t in (text, original))
    longest, start = "", 0
    for end in range(1, len(ours) + 1):
        while ours[start:end] not in theirs:
            start += 1
        longest = max(longest, ours[start:end], key=len)
    return longest if len(longest) > LONGEST_SHARED_RUN else ""
