"""A section that is asked for as a whole: what it consists of."""

import re
from collections.abc import Sequence

from qa_service.answer.citing import Statement
from qa_service.answer.compose import spoken
from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage
from qa_service.search.clause import ClauseReference
from qa_service.search.question import Question
from qa_service.text.segmenter import Segmenter
from qa_service.text.sentences import sentence_spans

_CLAUSE_ONLY = re.compile(
    r"包括|包含|总共|一共|下面|分|大块|几|都|[\W_]|请|查(一下|看|找)?|看(一下|看)?|给我|帮我|我想|知道|原文|全文|条文|内容|这|那|一|规划|里|中|的|是|讲|说|写|规定|了|什么|哪些|啥|怎么|如何|表述|有|主要|具体"
    r"|第|点|条|款|项|部分|海门区?|十四五|知识产权|发展|南通市?|本|文件"
)
"""What may stand beside a clause where nothing but the clause is asked for."""


def asks_for_the_clause(question: Question, named: Sequence[Passage], segmenter: Segmenter) -> bool:
    """Whether nothing but the clause is asked for: 规划四（三）4讲什么."""
    rest = question.normal
    for clause in question.clauses:
        rest = rest.replace(clause.text, " ")
    headings = {heading for passage in named for heading in passage.heading_path}
    for word in sorted(segmenter.words(" ".join(headings)), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return not _CLAUSE_ONLY.sub("", rest)


def contents(passages: Sequence[Passage], reference: ClauseReference, library: Library) -> list[Statement]:
    """Return a line for each thing a section consists of, the section's own heading before the first.

    Args:
        passages: what stands in the section, in reading order.
        reference: the section.
        library: the documents; their names are said where they are several.
    """
    several = len({passage.document_id for passage in passages}) > 1
    below: dict[str, Passage] = {}
    for passage in passages:
        document = f"《{library[passage.document_id].name}》" if several else ""
        below.setdefault(f"{document}{heading_below(passage, reference)}", passage)
    opening = f"{heading_of(passages[0], reference)}包括：\n"
    return [
        Statement(f"{opening if n == 0 else ''}{heading}", passage)
        for n, (heading, passage) in enumerate(below.items())
    ]


def heading_below(passage: Passage, reference: ClauseReference) -> str:
    """What a passage stands under, one level below the section referred to.

    That is its heading there, or where it has none, its place and first sentence.
    """
    below = passage.heading_path[_part_of(passage, reference) + reference.levels :]
    first = spoken(sentence_spans(passage.text)[0].of(passage.text))
    return below[0] if below else f"{passage.location} {first}"


def heading_of(passage: Passage, reference: ClauseReference) -> str:
    """The section referred to, with what its heading says: 二、（二）基本原则."""
    part = reference.location.partition("、")[0]
    own = passage.heading_path[_part_of(passage, reference) + reference.levels - 1 :][:1]
    if not own:
        return reference.location.removesuffix("、")
    return own[0] if reference.levels == 1 else f"{part}、{own[0]}"


def _part_of(passage: Passage, reference: ClauseReference) -> int:
    """Where in the heading path the part stands that the reference begins with."""
    label = f"{reference.location.partition('、')[0]}、"
    return next((i for i, heading in enumerate(passage.heading_path) if heading.startswith(label)), 0)
