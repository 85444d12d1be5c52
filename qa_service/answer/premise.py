"""A figure that a question takes for granted, held against the text: 发明专利保护期15年对吗."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa_service.answer.fee import is_another_fee
from qa_service.answer.figure import bounds_in, part_on
from qa_service.search.question import Question
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.quantities import Quantity, quantities

_CONFIRM = r"(?:左右|的)?[,。]?(?:这个?)?(?:说法|数字?)?(?:是)?(?:对吗|对吧|对不对|对么|是吧|是吗|是么|没错吧|正确吗|准确吗|是不是|真的吗|真的假的|吗|吧|么)\W*$"
_FIGURE_CONFIRMED = re.compile(rf"(?P<said>[^,。;，]*?){_CONFIRM}")
_IS_IT = re.compile(r"是不是(?P<said>[^,。;?]{1,30})")
_RANGE = re.compile(r"以上|以下|以内|不少于|不低于|不超过|不高于|最高|最低|至少|至多|最多|至|倍")
"""Beside a range, another figure may hold as well."""
_CONDITION = re.compile(r"只有|超过|不到|不足|满|达到|以上|以下|内|后|前|过了|早于|晚于")
"""What makes a figure a condition, whose answer is another."""


@dataclass(frozen=True, slots=True)
class Premise:
    """Whether a figure that a question takes for granted is the text's."""

    holds: bool
    figure: str
    """The text's own figure."""

    @property
    def opening(self) -> str:
        """What an answer opens with."""
        return "对。" if self.holds else f"不对，是{self.figure}。"


def premise_of(question: Question, sentence: str, weigh: Callable[[str], float]) -> Premise | None:
    """Hold the figure that a question asks to confirm against the sentence that answers.

    Returns:
        None where the question confirms no figure, or the sentence does not plainly give one of the same unit for what
        is asked about.
    """
    claimed = _claimed(question.normal)
    if claimed is None:
        return None
    part = part_on(question, sentence, lambda p: any(_alike(q, claimed) for q in quantities(p)), weigh)
    given = [q for q in quantities(part or "") if _alike(q, claimed)]
    if part is None or len(given) != 1 or not _is_of_the_same(question.normal, sentence, part):
        return None
    (figure,) = given
    if figure.value == claimed.value:
        # 不少于4000元 is as the question says only where it says so too.
        return Premise(True, _written(figure)) if bounds_in(part) == bounds_in(question.normal) else None
    return None if _RANGE.search(normalise(sentence)) else Premise(False, _written(figure))


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


def _claimed(normal: str) -> Quantity | None:
    """Return the one figure that a question asks to confirm."""
    for pattern in (_IS_IT, _FIGURE_CONFIRMED):
        if match := pattern.search(normal):
            said = match["said"]
            figures = quantities(said) or _sums(said)
            if len(figures) == 1 and re.search(rf"{_LAST}$", said) and not _CONDITION.search(said):
                return next(iter(figures))
    return None


def _sums(said: str) -> frozenset[Quantity]:
    """Sums said without what they are of: 50亿."""
    return frozenset(Quantity(q.value, _ANY) for match in _SUM.findall(said) for q in quantities(f"{match}元"))


def _alike(figure: Quantity, claimed: Quantity) -> bool:
    return figure.unit == claimed.unit or (claimed.unit == _ANY and figure.value >= _LARGE)


_ANY = ""
_SUM = re.compile(rf"(?:[0-9.]+|{NUMERAL}+?)[万亿]")
_LARGE = 10_000
_SCALES = ((8, "亿"), (4, "万"))
_AS_SPOKEN = {"月": "个月", "工作日": "个工作日", "小时": "个小时"}
_DENIES = re.compile("不(?![少低超高多足满动正对服论同是])|无(?!效|形|线|偿)|没有|未(?!来)")
_TARGET = re.compile("目标|要达到|指标")
_TARGETED = re.compile("目标|指标|达|累计")
_LAST = r"[0-9零一二两三四五六七八九十百千万亿点%半成][\u4e00-\u9fff]{0,3}"
"""The figure ends what is to be confirmed: of 3年没用会被撤吗 it does not."""
