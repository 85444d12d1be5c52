"""Figures and days that a question takes for granted, held against the text: 发明专利保护期15年对吗."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qa_service.answer.figures.confirming import confirms, statement_in
from qa_service.answer.figures.fee import is_another_fee
from qa_service.answer.figures.figure import bounds_in, part_on
from qa_service.corpus.models import Verdict
from qa_service.corpus.validity import chinese_date
from qa_service.search.question import Question
from qa_service.text.dates import dates_in
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.quantities import Quantity, quantities

_IS_IT = re.compile(r"(?:是不是|只有|就是|是|到|要|达|满)(?P<said>[^,。;?]{1,20})[吗么]$")
_IS_IT_NOT = re.compile(r"是不是(?P<said>[^,。;?]{1,12})[?？。]?$")
_RANGE = re.compile(r"以上|以下|以内|不少于|不低于|不超过|不高于|最高|最低|至少|至多|最多|至|倍")
"""Beside a range, another figure may hold as well."""
_CONDITION = re.compile(r"只有|超过|不到|不足|满|达到|以上|以下|内|后|前|过了|早于|晚于|也")
"""What makes a figure a condition, whose answer is another."""
_ANY = ""
_SUM = re.compile(rf"(?:[0-9.]+|{NUMERAL}+?)[万亿]")
_LARGE = 10_000
_SCALES = ((8, "亿"), (4, "万"))
_AS_SPOKEN = {"月": "个月", "工作日": "个工作日", "小时": "个小时"}
_DENIES = re.compile("不(?![少低超高多足满动正对服论同是])|无(?!效|形|线|偿)|没有|未(?!来)")
_TARGET = re.compile("目标|要达到|指标")
_TARGETED = re.compile("目标|指标|达|累计")
_LAST = re.compile(r"[0-9零一二两三四五六七八九十百千万亿点%半成][\u4e00-\u9fff]{0,3}$")
"""The figure ends what is to be confirmed: of 3年没用会被撤 it does not."""


@dataclass(frozen=True, slots=True)
class Premise:
    """Whether what a question takes for granted is the text's."""

    holds: bool
    figure: str = ""
    """The text's own figure or day, where it is another."""

    @property
    def opening(self) -> str:
        """What an answer opens with."""
        return "对。" if self.holds else f"不对，是{self.figure}。"


def premise_of(question: Question, sentence: str, weigh: Callable[[str], float]) -> Premise | None:
    """Hold the figures that a question asks to confirm against the sentence that answers.

    Args:
        question: what is asked.
        sentence: the sentence that answers.
        weigh: how much a word tells, at least 0.

    Returns:
        None where the question confirms no figure, or the sentence does not plainly give it or another of the same kind
        for what is asked about.
    """
    stated = _stated(question.normal)
    if days := frozenset(dates_in(stated)):
        return _of_days(days, frozenset(dates_in(normalise(sentence))))
    claimed = quantities(stated) | _sums(stated)
    if len(claimed) == 1:
        return _of_one(next(iter(claimed)), question, stated, sentence, weigh)
    given = quantities(sentence)
    all_given = claimed and all(any(_alike(g, c) and g.value == c.value for g in given) for c in claimed)
    alike = _is_of_the_same(stated, sentence, sentence) and bounds_in(sentence) == bounds_in(stated)
    return Premise(True) if all_given and alike else None


def bears_out(question: Question, sentence: str, verdict: Verdict) -> bool:
    """Whether the figures that a question asks to confirm let a verdict be said.

    Yes only where all of them stand in the sentence that answers, of the same thing and within the same bounds, and no
    only where one of them does not.
    """
    stated = _stated(question.normal)
    claimed, given = quantities(stated) | _sums(stated), quantities(sentence)
    if not claimed:
        return True
    stand = all(any(_alike(g, c) and g.value == c.value for g in given) for c in claimed)
    if verdict is Verdict.NO:
        return not stand
    return stand and _is_of_the_same(stated, sentence, sentence) and bounds_in(stated) <= bounds_in(sentence)


def _of_days(claimed: frozenset[date], given: frozenset[date]) -> Premise | None:
    if claimed <= given:
        return Premise(True)
    return Premise(False, chinese_date(next(iter(given)))) if len(claimed) == len(given) == 1 else None


def _of_one(
    claimed: Quantity, question: Question, stated: str, sentence: str, weigh: Callable[[str], float]
) -> Premise | None:
    part = part_on(question, sentence, lambda p: any(_alike(q, claimed) for q in quantities(p)), weigh)
    given = [q for q in quantities(part or "") if _alike(q, claimed)]
    if part is None or len(given) != 1 or not _is_of_the_same(stated, sentence, part):
        return None
    (figure,) = given
    if figure.value == claimed.value:
        # 不少于4000元 is as the question says only where it says so too.
        return Premise(True, _written(figure)) if bounds_in(part) == bounds_in(stated) else None
    ends_with_it = _LAST.search(stated) and not _CONDITION.search(stated)
    return Premise(False, _written(figure)) if ends_with_it and not _RANGE.search(normalise(sentence)) else None


def _stated(normal: str) -> str:
    """Return what a question asks to confirm; empty where it asks something else."""
    if confirms(normal):
        return statement_in(normal)
    if is_it := _IS_IT_NOT.search(normal):
        return (
            normal.replace("是不是", "是").rstrip("?？。吗么")
            if quantities(is_it["said"]) or _sums(is_it["said"])
            else ""
        )
    match = _IS_IT.search(normal.rstrip("?？。"))
    said = match["said"] if match else ""
    return normal.rstrip("?？。吗么") if _LAST.search(said) and (quantities(said) or _sums(said)) else ""


def _is_of_the_same(asked: str, sentence: str, part: str) -> bool:
    """Whether a figure is what is asked about, and not a fee for being late, or what there is beside a target."""
    if _TARGET.search(asked) and not _TARGETED.search(sentence):
        return False
    # 不受五年的限制 denies what 受五年限制吗 asks.
    return not is_another_fee(asked, part) and bool(_DENIES.search(part)) == bool(_DENIES.search(asked))


def _written(figure: Quantity) -> str:
    """Return a figure as people write it: 15亿元, 40件, 3个月."""
    scale, name = next(((10**n, name) for n, name in _SCALES if figure.value >= 10**n), (1, ""))
    return f"{(figure.value / scale).normalize():f}{name}{_AS_SPOKEN.get(figure.unit, figure.unit)}"


def _sums(said: str) -> frozenset[Quantity]:
    """Sums said without what they are of: 50亿."""
    with_unit = {q.value for q in quantities(said)}
    found = {q.value for match in _SUM.findall(said) for q in quantities(f"{match}元")}
    return frozenset(Quantity(value, _ANY) for value in found - with_unit)


def _alike(figure: Quantity, claimed: Quantity) -> bool:
    return figure.unit == claimed.unit or (claimed.unit == _ANY and figure.value >= _LARGE)
