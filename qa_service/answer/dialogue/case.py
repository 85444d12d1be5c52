"""The last question, put for another case: 要是合作开发的呢 after 外包开发的软件，合同没写，著作权归谁.

What the last question told of its own case is dropped, for the new one may contradict it; what it asked, and of what
thing, is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qa_service.answer.dialogue.conversation import Conversation
from qa_service.answer.dialogue.matter import (
    LONGEST_QUESTION,
    Matters,
    joined,
    kind_asked,
    last_asked,
    tells_a_story,
    without_scope,
)
from qa_service.answer.dialogue.side import trimmed
from qa_service.answer.dialogue.swap import Parallels

_LONGEST_REPEATED = 16
"""Characters of a question that is repeated whole for another case."""
_LIABILITY = "责任"
_TIME = "时间"
"""Who puts another case after a time asks what holds then, and seldom when."""
_WORSE = re.compile(r"犯罪|[入够判]刑|定罪|坐牢|情节|严重|恶劣|屡|再犯|第[二三]次")
"""What may bring another punishment than a fine."""
_END = re.compile(r"(?:的话)?(?:呢|怎么办|咋办|怎么处理)?$")
_TELLS = re.compile(r"[了才没不被到过还再就要想把给]|第[一二三四五六七八九十两]+次|[^目标]的$")
"""What says that something is the case: 形成无形资产了, 第二次被抓."""


def case_given(rest: str) -> str:
    """Return the case that is put, without what asks and leans: 合作开发的 of 是合作开发的话呢."""
    return _END.sub("", rest).removeprefix("是")


def tells_a_case(said: str) -> bool:
    """Whether what is said tells what is the case, and is no name of a thing."""
    return bool(_TELLS.search(said)) and len(said) > 2


class Cases:
    """Puts questions for other cases. Stateless between calls, and safe to share between threads."""

    def __init__(self, matters: Matters, parallels: Parallels) -> None:
        self._matters = matters
        self._parallels = parallels

    def put(self, given: str, turns: Conversation, day: date) -> Sequence[str]:
        """Return ways to put the last question for the case ``given``, the likeliest by its words first."""
        last = without_scope(turns[-1].question)
        asked = last_asked(turns)
        case = trimmed(given)
        told = self._parallels.classes_in(given)
        things = [
            word
            for word in self._matters.object_of(last)
            if word not in given
            and self._parallels.classes_in(word).isdisjoint(told)
            and not self._matters.are_alike(word, given)
        ]
        kind = kind_asked(last)
        clauses = [clause for clause in re.split("[，,]", last.rstrip("?？")) if clause]
        if kind and given.endswith("的") and kind != clauses[-1]:
            # A thing of no kind is of the kind that was spoken of before.
            own = self._matters.kinds_in(f"{''.join(things)}{kind}")
            spoken_of = [] if own else self._matters.kinds_spoken_of(turns)
            kept = "".join(word for word in (*things, *spoken_of) if word not in kind)
            return [joined(kept, f"{given}{kind}")[:LONGEST_QUESTION], *self._brief(case, last)]
        tail = kind if kind and "，" not in kind else asked.tail
        if asked.side and asked.side.name == _LIABILITY and _WORSE.search(given) and "赔" not in tail:
            tail = "怎么处罚"
        matter = "".join(word for word in things if word not in tail)
        if not matter and not self._matters.object_of(given):
            matter = self._matters.phrase(asked.matter, turns, f"{given}{tail}", day)
        if len(turns) == 1 and not tells_a_story(asked.matter) and len(asked.matter) <= _LONGEST_REPEATED:
            matter = asked.matter
        matter = "" if tail.startswith(matter) else matter
        bare = f"{matter}{'，' if matter else ''}{case}"
        readings = [f"{bare}，{tail}" if tail else bare, bare]
        if asked.side and asked.side.name == _TIME:
            readings.reverse()
        return [*(trimmed(reading)[:LONGEST_QUESTION] for reading in readings), *self._brief(case, last)]

    @staticmethod
    def _brief(case: str, last: str) -> Sequence[str]:
        return [f"{case}，{last}"] if len(last) <= _LONGEST_REPEATED and "，" not in last else []
