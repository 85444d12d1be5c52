"""The figure that a sentence gives of what is asked about, as it is written there: 一百万元以上五百万元以下."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qa_service.answer.figures.right import may_hold_for, rights_in
from qa_service.search.expected import Expected, asks_for_a_period
from qa_service.search.question import Question
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.ordinals import Ordinals, ordinals_in
from qa_service.text.quantities import Quantity, gives_a_sum, quantities

_TIME = "个工作日|工作日|个小时|小时|个月|周年|年|月|日|天|周"
_COUNT = "人次|人|件|家|项|次|份|类|条|种|个|名|期|届|册|所|批|位|张|款|场|套"
_UNITS = {
    Expected.AMOUNT: "元|%|倍",
    Expected.SHARE: "%|倍",
    Expected.DEADLINE: _TIME,
    Expected.NUMBER: _COUNT,
    Expected.FIGURE: f"元|%|倍|{_COUNT}",
}
_NUMBER = rf"(?:[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?[百千万亿]*|{NUMERAL}+)"
_SHARE = rf"(?:百|千|万|{NUMERAL}{{1,3}})分之(?:{NUMERAL}+(?:点{NUMERAL}+)?|[0-9.]+)"
_LEAST = "最低不少于|不少于|不低于|最低|最少|至少|超过|超"
_MOST = "最高不超过|不超过|不高于|不多于|最高|最多|最长|至多"
_BEFORE = f"{_LEAST}|{_MOST}|达到|累计|近|约"
_AFTER = "以上|以下|以内|之内|以前|之前|左右"
_AT_LEAST = re.compile(rf"{_LEAST}|以上")
_AT_MOST = re.compile(rf"{_MOST}|以下")
_MOSTLY = 0.5
_PART = re.compile(r"[，,。；;：:、\n（）()]")
_CLAUSE = re.compile(r"[，,。；;\n]")
_STATEMENT = re.compile(r"[。；;\n]")
_CONDITION_END = re.compile(r"的\s*$")
"""违法所得在五万元以下的 says when; what follows, how much."""
CHANGES = re.compile(r"改为|改成|日起为|调整为|延长到|提高到|降到|降为|原来|原为")
"""What tells of one figure in the place of another."""
_TIMES = "次"
"""第一次提出 tells of no series."""
_FINE = re.compile("罚(?!性)")
_FINED = re.compile("罚|处|滞纳金|加收")
_ASKS_SHARE = re.compile(r"倍|%|比例|几成|百分|减|滞纳|逾期|迟|晚")
_ASKED_UNIT = re.compile(r"(?:几|多少)(?:个)?(?P<unit>工作日|小时|天|日|周|月|年)")
_SAME_TIME = {"天": frozenset({"日", "工作日"}), "日": frozenset({"日", "工作日"})}


class _Part(NamedTuple):
    """A part of a sentence, with the numbered years or classes and the kinds of right that it is on."""

    text: str
    on: tuple[Ordinals, ...]
    rights: frozenset[str]


def figure_given(question: Question, sentence: str, weigh: Callable[[str], float]) -> str | None:
    """Return the one figure that ``sentence`` gives of what is asked, as it is written; None where it is not plain which.

    Of an enumeration it is the figure of the part that says most of the question: of 发明二十年，实用新型十年 the second
    where the utility model is asked about.

    Args:
        question: what is asked.
        sentence: a sentence of a source.
        weigh: how much a word tells, at least 0.
    """
    kind = question.expected
    if kind not in _UNITS or (kind is Expected.DEADLINE and not asks_for_a_period(question.normal)):
        return None
    part = part_on(question, sentence, lambda p: bool(_phrases(p, kind)), weigh)
    phrases = _phrases(part, kind) if part else []
    if part is None or len(phrases) != 1 or not _is_whole(phrases[0], part, question.normal):
        return None
    # How many times, or what share, is not how much.
    by_detour = kind is Expected.AMOUNT and not gives_a_sum(phrases[0])
    return None if by_detour and not _ASKS_SHARE.search(question.normal) else phrases[0]


def _is_whole(figure: str, part: str, asked: str) -> bool:
    """Whether a figure says all that its part says of how much, in the unit that is asked for."""
    # 满三年后 and 期满前十二个月 are told by what they are counted from.
    if re.search(rf"(?:[前后满]|不足|未满|不到){re.escape(figure)}", part):
        return False
    # 最高判10年 is no 10年.
    if bounds_in(part) != bounds_in(figure):
        return False
    unit = _ASKED_UNIT.search(asked)
    wanted = _SAME_TIME.get(unit["unit"], frozenset({unit["unit"]})) if unit else frozenset()
    return not wanted or all(quantity.unit in wanted for quantity in quantities(figure))


def part_on(
    question: Question, sentence: str, gives: Callable[[str], bool], weigh: Callable[[str], float]
) -> str | None:
    """Return the one part of ``sentence`` that gives something of what is asked about; None where it is not plain which.

    It says, with what stands before the sentence's colon, most of what the sentence says of the question, and all that
    any other part that gives something says of it, and more. It is on no other kind of right than the question, and on
    numbered years only where the question is on them. A sentence on a change of figures has no such part.
    """
    if CHANGES.search(sentence):
        # Which of the figures holds, the day tells and not the words of the question.
        return None
    head, colon, rest = sentence.partition("：")
    context, rest = (head, rest) if colon and not gives(head) else ("", sentence)
    asked = ordinals_in(question.normal)
    for cut in (_CLAUSE, _PART):
        parts = [p for p in _parts(rest, cut) if gives(p.text)]
        if _FINE.search(question.normal):
            # The other sums of a clause on fines are conditions.
            parts = [p for p in parts if _FINED.search(p.text)]
            if len(parts) > 1:
                continue
        giving = [p for p in parts if _are_those(p.on, asked)]
        best = _saying_most(question, giving, told_in(question, context))
        if best is None or not _speaks_for_all(question, sentence, context, best, weigh):
            continue
        if _CONDITION_END.search(best.text) or not _on_the_right(question, sentence, context, best):
            continue
        if cut is _PART or sum(map(gives, _PART.split(best.text))) == 1:
            return best.text
    return None


def _parts(text: str, cut: re.Pattern[str]) -> Iterator[_Part]:
    """Cut a text; a part that does not say what it is on is on what the part before it is: 发明第4—6年，每年1200元."""
    for statement in _STATEMENT.split(text):
        on: tuple[Ordinals, ...] = ()
        rights = frozenset[str]()
        for part in cut.split(statement):
            on = tuple(o for o in ordinals_in(part) if o.of != _TIMES) or on
            rights = rights_in(normalise(part)) or rights
            yield _Part(part, on, rights)


def _are_those(own: Sequence[Ordinals], asked: Sequence[Ordinals]) -> bool:
    """Whether a part is on the numbered years, times or classes asked for, and on no others."""
    return _may_be(own, asked) and all(any(o.of == a.of for a in asked) for o in own)


def _saying_most(question: Question, parts: Sequence[_Part], known: frozenset[str]) -> _Part | None:
    """The part that says all of the question that any of the others says, and more, beside what is known of them all."""
    told = [told_in(question, part.text) - known for part in parts]
    return next(
        (part for n, part in enumerate(parts) if all(other < told[n] for m, other in enumerate(told) if m != n)),
        None,
    )


def _speaks_for_all(
    question: Question, sentence: str, context: str, part: _Part, weigh: Callable[[str], float]
) -> bool:
    """Whether a part says, with its context, most of what the whole sentence says of the question."""
    whole = sum(map(weigh, told_in(question, sentence)))
    if part.on and whole > 0:
        # By its number it is plain which of them is meant.
        return True
    own = sum(map(weigh, told_in(question, f"{context}{part.text}")))
    return own > 0 and own >= _MOSTLY * whole


def _on_the_right(question: Question, sentence: str, context: str, part: _Part) -> bool:
    """Whether a part may hold for the kinds of right asked about, and the sentence says nothing else of them."""
    asked = rights_in(question.normal)
    if not may_hold_for(part.rights, asked):
        return False
    elsewhere = rights_in(normalise(sentence)) - part.rights - rights_in(normalise(context))
    return bool(part.rights & asked) or not elsewhere & asked


def speaks_of(part: str, asked: Sequence[Ordinals]) -> bool:
    """Whether a part of a sentence may be on the numbered years, times or classes asked for: what it says none of, it may."""
    return not asked or _may_be(ordinals_in(part), asked)


def _may_be(own: Sequence[Ordinals], asked: Sequence[Ordinals]) -> bool:
    return all(any(o.holds(a) for o in own) or all(o.of != a.of for o in own) for a in asked)


def quantities_on(
    question: Question, sentence: str, of_kind: Callable[[Quantity], bool], weigh: Callable[[str], float]
) -> frozenset[Quantity]:
    """Return the figures of a kind in the part of ``sentence`` on what is asked about; none where it is not plain."""
    part = part_on(question, sentence, lambda p: any(map(of_kind, quantities(p))), weigh)
    return frozenset(filter(of_kind, quantities(part or "")))


def bounds_in(text: str) -> frozenset[str]:
    """Return which bounds a text says that its figures are: ``least``, ``most``."""
    found = {"least": _AT_LEAST, "most": _AT_MOST}
    return frozenset(name for name, pattern in found.items() if pattern.search(text))


def told_in(question: Question, part: str) -> frozenset[str]:
    """Return the words of a question that stand in a part; its own figures tell nothing of what they are figures of."""
    normal = normalise(part)
    words = (word for word in {*question.words, *question.official} if not is_figure(word))
    return frozenset(word for word in words if word in normal)


def is_figure(word: str) -> bool:
    """Whether a word of a question is a figure or a number."""
    return bool(quantities(word) or ordinals_in(word)) or bool(re.fullmatch(rf"第?[0-9.,%]+|第?{NUMERAL}+", word))


def _phrases(text: str, kind: Expected) -> list[str]:
    unit = _UNITS[kind]
    share = f"|{_SHARE}" if "%" in unit else ""
    one = rf"(?:{_NUMBER}(?:{unit}){share})"
    phrase = rf"(?:{_BEFORE})*{one}(?:{_AFTER})?(?:(?:[至到~—–-]|或者?)?(?:{_BEFORE})*{one}(?:{_AFTER})?)*"
    found = [match.group() for match in re.finditer(phrase, text)]
    return [f for f in found if kind is not Expected.DEADLINE or not re.fullmatch(r"(?:19|20)[0-9]{2}年", f)]
