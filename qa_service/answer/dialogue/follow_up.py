"""What tells that a question leans on what was said before: openers, pronouns, what it leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from qa_service.answer.dialogue.side import trimmed, without_sides
from qa_service.text.normal import simplify
from qa_service.text.numerals import NUMERAL, parse_numeral


class Leaning(Enum):
    """How a question leans on what was said before."""

    POINT = "point"
    """On one of several things said: 第二条详细说说."""
    NEIGHBOUR = "neighbour"
    """On the clause that was cited, to be told the one before it or after it: 下一条讲什么."""
    SAME_CLAUSE = "same_clause"
    """On the clause that was cited: 同一条里还说了什么."""
    BESIDES = "besides"
    """On what was said, to be told something else: 除了它还能去哪."""
    MORE = "more"
    """On all of it: 还有吗."""
    OTHER_THING = "other_thing"
    """It swaps a part of the last question: 那实用新型呢."""
    OTHER_CASE = "other_case"
    """It changes the case that was put: 要是合作开发的呢."""
    PRONOUN = "pronoun"
    """It names its matter by a pronoun: 它保护多久."""
    ELLIPSIS = "ellipsis"
    """It names no matter: 要多少钱."""
    PERHAPS = "perhaps"
    """It names a matter, but not of what: 被驳回了怎么办."""
    NONE = "none"
    """It stands alone."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, held against the possibility that it is a follow-up."""

    text: str
    """As typed, in simplified characters, without openers and marks at its ends."""
    leaning: Leaning
    rest: str = ""
    """What it says beside the words that lean."""
    ordinal: int = 0
    """Of ``POINT``, which: from 1, or -1 for the last; of ``NEIGHBOUR``, 1 for the next and -1 for the one before."""
    pronoun: str = ""


_N = rf"(?:{NUMERAL}{{1,3}}|[0-9]{{1,2}})"
_OPENER = re.compile(
    r"^(?:那么|那|还有|另外|此外|再问(?:一?下|一个)?|再说|对了|然后|顺便(?:问(?:一?下)?)?|哦|噢|嗯|好的?|ok|请问|我?想?再?问(?:一?下)|and|so|then)(?=[^呢吗])[,，、\s]*",
    re.IGNORECASE,
)
_ENDS_IN_NE = re.compile(
    r"(?:呢|又如何|又怎样|怎么样呢|是不是也(?:一样|是)|也(?:是|一样|要|可以|能|算|行)?(?:这样|一样)?(?:吗|么|吧))$"
)
_POINT = re.compile(
    rf"^(?:你?(?:说|列|讲)的|上面(?:的|说的)?|刚才(?:的|说的)?|其中)?第?(?P<n>{_N}|最后一?)(?:个|点|条|项|款|步)(?!例|款|产业)"
)
_NEIGHBOUR = re.compile(
    r"^(?:它|这条|这一条|该条)?(?:的)?(?:(?P<before>上|前)|(?:再)?(?:下|后)面?)(?:面)?一?(?:条|款|点|项|节)(?!件)(?:呢|[是讲说写规有]|的?内容|$)"
)
_DETAIL = re.compile(
    r"^(?:再|能不能|能|可以|请|给我|帮我|麻烦)*(?:详细|具体|展开|细|仔细|多|继续)?(?:点|些|地)?(?:说|讲|解释|介绍|展开|看|列)(?:说|讲|解释|看)?(?:一?下|清楚|明白|详细|具体)?(?:点|些)?(?:吗|呢|吧|的?内容)?$"
    r"|^(?:详细|具体)(?:内容|规定|要求)?(?:是|怎么|说|讲)?(?:什么|的)?(?:点|些|说说)?(?:吗|呢)?$|^(?:是什么|讲什么|说什么|怎么说|什么意思|是什么意思|怎么理解|内容)?(?:呢)?$"
)
_SAME_CLAUSE = re.compile(
    r"^(?:在)?(?:同一?(?:个)?(?:条款|条|款|点|段|项)|(?:这|该|本|那|上述)(?:一)?(?:条款|条|款|段))(?:规定)?(?:里面?|中|内|上|下)?(?:面)?(?:的|还)?[,，、\s]*"
)
_WITHIN = re.compile(
    r"^(?:在)?(?:其中(?!一[方人家个])|里面|这里面|当中|上面(?:说的|提到的)?|刚才(?:说的|提到的|那个)?|前面(?:说的|提到的)?)(?:的)?[,，、\s]*"
)
_BESIDES = re.compile(
    r"^(?:除了?(?:它|他|这个|那个|这些|这里|那里|这|上面(?:说的|这些)?|前面(?:说的|这些)?|刚才(?:说的|那个)?|此)(?:以外|之外|外)?[,，、\s]*(?:还)?"
    r"|除了[^,，]{1,10}?(?:(?:以外|之外|外)?[,，、\s]*(?:还|也|另)|(?:以外|之外|外)|[,，]))[,，、\s]*"
)
_MORE = re.compile(
    r"^(?:还有(?:没有)?(?:别的|其他的?|其它的?|什么|哪些)?(?:吗|呢|么|没有)?|还有(?:没有)?(?:别的|其他的?|其它的?)\w{1,4}?(?:吗|么|没有)?|(?:别的|其他的?|其它的?)(?:呢|还有吗|还有什么)?|继续|接着说|就这些吗?|没了吗?)$"
)
_MEANT = re.compile(r"^我?(?:是|要|想)?(?:说|问|指)的?(?:是)?(?P<thing>[^,，多几怎什哪]{2,12}?)(?:的)?$")
_CASE = re.compile(r"^(?:但是?|不过|可)?(?:要是|如果|假如|万一|若是?|假设|倘若|换成|换作|改成)(?P<case>.+)$")
_PRONOUN = re.compile(
    r"(?P<former>前者|第一种)|(?P<latter>后者|第二种)"
    r"|(?:这|那|该|此)(?:种情况(?:下)?|种情形(?:下)?|样的话|样|件事|个事|个东西|类|项|笔|些|几个|个(?![人月年天区])|份|家)|(?<![其吉维])它们?|(?<![与尤极])其(?![他它中实余次])|(?<![和跟])该(?=[^不怎如去找交]{2})|(?:这|那)(?=(?:要|需|得|能|可以|会|算|是|有|怎么|多久|多少|归|由|在|属于|合法|违法|犯法)[^些个种样])"
)
_FUNCTION = re.compile(
    r"[\W_]|的话|可以|应该|需要|必须|一般|大概|现在|一下|我们?|你们?|咱们?|他们?|办理?|申请|提交?|交|弄|做|搞|拿|下来|来|去|到|再|都|也|还|就|又|才|要|能|会|得|该|是|有|的|了|吗|呢|么|啊|呀|吧|嘛|在|从|给|对|被|把|让|和|与|及|或|不|没|这|那|个|些|几|多|最|以?内|之内|之前|以前|前|后|里|上|下|中|时|请|问|想|知道|说|讲|看|查|具体|详细|告诉|行|成|算|用|过|吃|点|完|好|一共|总共|分别|各"
)
_MARKS = " ,，。;；?？!！~～…"
_LONGEST_ELLIPSIS = 16
"""Characters: who writes more says what he is about."""
_SHORTEST_CASE = 3
"""Characters: 专利的 is a thing, 合作开发的 a case."""
_LONGEST_PART = 14
"""Characters of what takes the place of a part of the last question."""


def follow_up_of(question: str) -> FollowUp:
    """Read what in a question leans on what was said before, by its words alone."""
    text = simplify(question).strip()
    opened = _OPENER.sub("", text)
    bare = opened.strip(_MARKS)
    if _MORE.match(text.strip(_MARKS)):
        return FollowUp(bare, Leaning.MORE)
    told = _of_something_said(bare) or _of_another_case(bare) or _of_the_same_matter(bare)
    if told:
        return told
    perhaps = opened != text or len(bare) <= 2 * _LONGEST_ELLIPSIS
    return FollowUp(bare, Leaning.PERHAPS if perhaps else Leaning.NONE, bare)


def _of_something_said(bare: str) -> FollowUp | None:
    """Read what points at the last answer: to its second point, to its clause or the next one, or past it."""
    if found := _NEIGHBOUR.match(bare):
        return FollowUp(bare, Leaning.NEIGHBOUR, ordinal=-1 if found["before"] else 1)
    if found := _BESIDES.match(bare):
        return FollowUp(bare, Leaning.BESIDES, bare[found.end() :].removesuffix("呢"))
    if (found := _POINT.match(bare)) and len(bare) <= _LONGEST_ELLIPSIS:
        n = found["n"]
        ordinal = -1 if n.startswith("最后") else parse_numeral(n) or 0
        return FollowUp(bare, Leaning.POINT, bare[found.end() :], ordinal)
    if found := (_SAME_CLAUSE.match(bare) or _WITHIN.match(bare)):
        return FollowUp(bare, Leaning.SAME_CLAUSE, bare[found.end() :])
    return FollowUp(bare, Leaning.SAME_CLAUSE) if bare and _DETAIL.match(bare) else None


def _of_another_case(bare: str) -> FollowUp | None:
    """Read what puts the last question for another case, or of another thing."""
    if found := _CASE.match(bare):
        return FollowUp(bare, Leaning.OTHER_CASE, found["case"])
    if found := _MEANT.match(bare):
        return FollowUp(bare, Leaning.OTHER_THING, found["thing"])
    if (found := _ENDS_IN_NE.search(bare)) and found.start() <= _LONGEST_PART:
        said = bare[: found.start()]
        if said.endswith("的") and len(said) > _SHORTEST_CASE:
            return FollowUp(bare, Leaning.OTHER_CASE, said)
        return FollowUp(bare, Leaning.OTHER_THING, trimmed(said))
    return None


def _of_the_same_matter(bare: str) -> FollowUp | None:
    """Read what asks something else of the matter of the last question, by a pronoun or by leaving it out."""
    if found := _PRONOUN.search(bare):
        rest = trimmed(bare[: found.start()] + bare[found.end() :])
        return FollowUp(bare, Leaning.PRONOUN, rest, pronoun=found.group())
    if not content_of(bare) and len(bare) <= _LONGEST_ELLIPSIS:
        return FollowUp(bare, Leaning.ELLIPSIS, bare)
    return None


def asks_for_detail(rest: str) -> bool:
    """Whether what is said beside 第二条 asks for nothing but what it says."""
    return not rest or bool(_DETAIL.match(rest)) or not content_of(rest)


def content_of(text: str) -> list[str]:
    """Return what a text says beside what asks and leans, in the runs it stands in."""
    return _FUNCTION.sub(" ", without_sides(text)).split()
