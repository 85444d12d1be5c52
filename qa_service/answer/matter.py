"""What a conversation is about: the matter of the last question, and what a follow-up leaves of it."""

from __future__ import annotations

import re

from qa_service.answer.conversation import Conversation
from qa_service.answer.side import Asked, take_apart, without_other_sides

LONGEST_QUESTION = 120
"""Characters of a question that a chain of follow-ups may grow to."""
_CLAUSE_NAMED = re.compile(r"^《[^》]+》[^，]{2,24}(?:，|$)")
_LONGEST_KIND = 8
"""Characters after 的 that are a thing and what is asked of it: 花型版权归谁."""
_BRIEF = 18
"""Characters up to which a matter and what is asked of it are written as one phrase."""


def last_asked(turns: Conversation) -> Asked:
    """The last question, taken apart, without the clause it names; where it only names one, the question before."""
    for turn in reversed(turns):
        asked = take_apart(_CLAUSE_NAMED.sub("", turn.question))
        if asked.matter:
            return asked
    return take_apart(turns[-1].question)


def matters_of(turns: Conversation) -> list[str]:
    """What the last question was about, and where that was added to an earlier question's matter, that as well."""
    asked = last_asked(turns)
    matter = asked.matter
    story, comma, _ = matter.rpartition("，")
    if comma:
        # What a story ends with may be what is no more asked.
        return [matter, story]
    earlier = [without_other_sides(take_apart(turn.question).matter, None) for turn in turns[:-1]][-1:]
    return [matter, *(other for other in earlier if other and matter != other and matter.startswith(other))]


def kind_asked(question: str) -> str | None:
    """What of a question another case leaves as it is: 花型版权归谁 of 委托别人设计的花型版权归谁; None where it tells no case.

    合作开发的 tells which is meant, and so did what stood before 的 in the last question.
    """
    clauses = [clause for clause in re.split("[，,]", question.rstrip("?？")) if clause]
    telling = [clause.rpartition("的")[2] for clause in clauses if "的" in clause]
    if not telling or len(telling[-1]) > _LONGEST_KIND:
        return None
    return telling[-1] if clauses[-1].endswith(telling[-1]) else f"{telling[-1]}，{clauses[-1]}"


def joined(matter: str, rest: str) -> str:
    """Join a matter and what is asked of it: as one phrase where both are brief."""
    if not matter or not rest:
        return matter or rest
    between = "" if len(matter) <= _BRIEF and "，" not in matter and "，" not in rest else "，"
    return f"{matter}{between}{rest}"[:LONGEST_QUESTION]
