"""What was said before in a session."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answer.models import Answer, Status
from qa_service.text.personal import masked

_POINT_END = re.compile(r"\n")
_NUMBER = re.compile(r"\[(\d{1,2})\]")
_BESIDE = ("前一条：", "后一条：")
"""How the lines begin that name the neighbours of a clause: they are no points of a list."""
_LONGEST_POINT = 60
_MOST_POINTS = 12
_POINTED = 2
"""Turns whose points are kept beside the last list: 第二条 speaks of the last answer, or the one before."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing of several that an answer said."""

    text: str
    """How it begins, without the numbers of its citations."""
    passage_id: str | None
    """The passage it stands in."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What later questions may lean on of a question and its answer: a session is kept small."""

    question: str
    """The question, standing alone: a follow-up as it was read. Personal data in it is masked."""
    status: Status
    said: tuple[str, ...] = ()
    """Ids of the passages that the answer says, in the order it says them."""
    points: tuple[Point, ...] = ()
    """The lines of the answer, where it has several; else none."""
    choices: tuple[str, ...] = ()
    """Of a question back, the questions to choose from."""

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        """Keep of an answer what later questions may lean on: no follow-up needs the telephone of who asked."""
        passages = {citation.n: citation.passage.id for citation in answer.citations}
        own = (line for line in _POINT_END.split(answer.text) if not line.startswith(_BESIDE))
        said = (passages.get(int(number)) for line in own for number in _NUMBER.findall(line))
        return cls(
            question=masked(answer.interpreted or answer.understood or answer.question),
            status=answer.status,
            said=tuple(dict.fromkeys(passage_id for passage_id in said if passage_id)),
            points=_points_of(answer.text, passages),
            choices=tuple(map(masked, answer.choices)),
        )


Conversation = Sequence[Turn]
"""The turns of a session, the oldest first."""


def continued(conversation: Conversation, turn: Turn, most: int) -> Conversation:
    """Return a conversation with one turn more, of which the last ``most`` are kept.

    Of the older ones no points are kept, but those of the last list: 第三条呢 may follow 第二条呢 and 第四条呢.

    Small talk is no turn: what was spoken of before it is still spoken of after it.
    """
    if turn.status is Status.SMALLTALK:
        return conversation
    turns = [*conversation, turn][-most:]
    last = next((n for n in reversed(range(len(turns))) if turns[n].points), 0)
    kept = {last, *range(len(turns))[-_POINTED:]}
    return tuple(said if n in kept else replace(said, points=()) for n, said in enumerate(turns))


def _points_of(text: str, passages: dict[int, str]) -> tuple[Point, ...]:
    lines = [line for line in _POINT_END.split(text) if _NUMBER.search(line)]
    if len(lines) < 2 or any(line.startswith(_BESIDE) for line in lines):
        # A clause that is shown is no list: 第四条呢 after it goes on with the list that it was in.
        return ()
    points = []
    for line in lines[:_MOST_POINTS]:
        number = _NUMBER.search(line)
        beginning = _NUMBER.sub("", line).strip()[:_LONGEST_POINT]
        points.append(Point(beginning, passages.get(int(number.group(1))) if number else None))
    return tuple(points)
