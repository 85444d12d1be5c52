"""The questions that one question consists of."""

import re

from qa_service.corpus.lexicon import Lexicon
from qa_service.search.expected import kinds_asked
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_PART_END = re.compile(r"[？?；;\n]+")
_CLAUSE_END = re.compile(r"[，,]")
_ASKS = re.compile(r"[吗呢么]|多少|几|什么|啥|哪|怎|如何|谁|何时|要不要|能不能|是不是|可不可以|还.不|[?？]")
_YES_NO = re.compile(
    r"能不能|可不可以|是不是|要不要|会不会|是否可以|是否|能否|可否|(?:可以|能)(?=.{2,}[吗么不]$)|[吗么]$"
)
_WANTS = re.compile(r"(?:要不要|能不能|可不可以|需要|[要需是有会能可得])$")
_PLAINLY_ASKS = re.compile(r"什么|啥|哪|怎|谁|多少")
_MOST_PARTS = 3


def parts_of(question: str) -> list[str]:
    """Return the questions that one question consists of, each with the topic it was put under.

    专利无效：谁都能提吗，判过的赔偿还退吗 asks twice about 专利无效; so does a question whose every clause asks.
    """
    topic, colon, rest = question.partition("：") if "：" in question else question.partition(":")
    if not colon or not _ASKS.search(rest):
        topic, rest = "", question
    pieces = [p.strip() for p in _PART_END.split(rest) if p.strip()]
    if len(pieces) == 1:
        pieces = _asking(pieces[0]) or [rest]
    return list(dict.fromkeys(f"{topic} {piece}".strip() for piece in pieces))[:_MOST_PARTS]


def _asking(sentence: str) -> list[str]:
    """Return the clauses that ask, each after what is told before the first of them; none unless there are several."""
    clauses = [clause.strip() for clause in _CLAUSE_END.split(sentence) if clause.strip()]
    asks = [bool(kinds_asked(clause) or _PLAINLY_ASKS.search(clause)) for clause in clauses]
    if sum(asks) < 2 or not asks[-1]:
        return []
    told = "，".join(clauses[: asks.index(True)])
    return [f"{told}，{clause}" if told else clause for clause, does in zip(clauses, asks, strict=True) if does]


def with_subject(part: str, whole: Question, lexicon: Lexicon) -> str:
    """Return a part of a question with what it is about, where it leaves that to the part before.

    Args:
        part: 要多长时间.
        whole: the question that it is a part of: 申请商标要多少钱，要多长时间.
        lexicon: what tells the field's words.
    """
    if lexicon.speaks_of_the_field(normalise(part)):
        return part
    first = normalise(parts_of(whole.text)[0])
    if _YES_NO.search(first):
        # 版权能不能质押，要办什么 asks what it takes to pledge it.
        return f"{_YES_NO.sub('', first)}{part}"
    before = _WANTS.sub("", _ASKS.split(first, maxsplit=1)[0])
    subject = before if len(before) > 1 else "".join(word for word in whole.words if word in first)
    return f"{subject}{part}" if subject else part
