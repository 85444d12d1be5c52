"""The figure that a sentence gives of what is asked about, as it is written there: 一百万元以上五百万元以下."""

import re
from collections.abc import Callable, Sequence

from qa_service.search.expected import Expected, asks_for_a_period
from qa_service.search.question import Question
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.ordinals import Ordinals, ordinals_in
from qa_service.text.quantities import Quantity, quantities

_TIME = "个工作日|工作日|个小时|小时|个月|周年|年|月|日|天|周"
_COUNT = "人次|人|件|家|项|次|份|类|条|种|个|名|期|届|册|所|批|位|张|款|场|套"
_UNITS = {
    Expected.AMOUNT: "元",
    Expected.SHARE: "%|倍",
    Expected.DEADLINE: _TIME,
    Expected.NUMBER: _COUNT,
    Expected.FIGURE: f"元|%|倍|{_COUNT}",
}
_NUMBER = rf"(?:[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?[百千万亿]*|{NUMERAL}+)"
_SHARE = rf"(?:百|千|万|{NUMERAL}{{1,3}})分之(?:{NUMERAL}+(?:点{NUMERAL}+)?|[0-9.]+)"
_BEFORE = (
    "不少于|不低于|不超过|不高于|不多于|最高不超过|最低不少于|最高|最低|最多|最长|至少|至多|超过|超|达到|累计|近|约"
)
_AFTER = "以上|以下|以内|之内|以前|之前|左右"
_MOSTLY = 0.5
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
_PART = re.compile(r"[，,。；;：:、\n（）()]")
_CLAUSE = re.compile(r"[，,。；;\n]")


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
    # 满三年后 and 期满前十二个月 are told by what they are counted from.
    return phrases[0] if len(phrases) == 1 and not re.search(rf"[前后满]{re.escape(phrases[0])}", part or "") else None


def part_on(
    question: Question, sentence: str, gives: Callable[[str], bool], weigh: Callable[[str], float]
) -> str | None:
    """Return the one part of ``sentence`` that gives something of what is asked about; None where it is not plain which.

    It says, with what stands before the sentence's colon, most of what the sentence says of the question, and more than
    any other part that gives something.
    """
    head, colon, rest = sentence.partition("：")
    context, rest = (head, rest) if colon and not gives(head) else ("", sentence)
    whole = _told(question, sentence, weigh)
    asked, years = ordinals_in(question.normal), _YEAR.findall(question.normal)
    for cut in (_CLAUSE, _PART):
        giving = [part for part in cut.split(rest) if gives(part) and speaks_of(part, asked)]
        giving = [part for part in giving if any(year in part for year in years)] or giving
        told = [_told(question, part, weigh) for part in giving]
        if not told or told.count(max(told)) > 1:
            continue
        best = giving[told.index(max(told))]
        with_context = _told(question, f"{context}{best}", weigh)
        if with_context <= 0 or with_context < _MOSTLY * whole:
            continue
        if cut is _PART or sum(map(gives, _PART.split(best))) == 1:
            return best
    return None


def speaks_of(part: str, asked: Sequence[Ordinals]) -> bool:
    """Whether a part of a sentence may be on the numbered years, times or classes asked for: what it says none of, it may."""
    own = ordinals_in(part)
    return all(any(o.holds(a) for o in own) or all(o.of != a.of for o in own) for a in asked)


def quantities_on(
    question: Question, sentence: str, of_kind: Callable[[Quantity], bool], weigh: Callable[[str], float]
) -> frozenset[Quantity]:
    """Return the figures of a kind in the part of ``sentence`` on what is asked about; none where it is not plain."""
    part = part_on(question, sentence, lambda p: any(map(of_kind, quantities(p))), weigh)
    return frozenset(filter(of_kind, quantities(part or "")))


def _told(question: Question, part: str, weigh: Callable[[str], float]) -> float:
    normal = normalise(part)
    return sum(weigh(word) for word in {*question.words, *question.official} if word in normal)


def _phrases(text: str, kind: Expected) -> list[str]:
    unit = _UNITS[kind]
    share = f"|{_SHARE}" if "%" in unit else ""
    one = rf"(?:{_NUMBER}(?:{unit}){share})"
    phrase = rf"(?:{_BEFORE})*{one}(?:{_AFTER})?(?:(?:[至到~—–-]|或者?)?(?:{_BEFORE})*{one}(?:{_AFTER})?)*"
    found = [match.group() for match in re.finditer(phrase, text)]
    return [f for f in found if kind is not Expected.DEADLINE or not re.fullmatch(r"(?:19|20)[0-9]{2}年", f)]
