"""Figures and days that a question takes for granted, held against the text: 发明专利保护期15年对吗."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa_service.answer.confirming import confirms, statement_in
from qa_service.answer.figure import quantities_on
from qa_service.corpus.validity import chinese_date
from qa_service.search.question import Question
from qa_service.text.dates import dates_in
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.quantities import Quantity, quantities

_IS_IT = re.compile(r"(?:是不是|只有|就是|是|到|要|达|满)(?P<said>[^,。;?]{1,20})[吗么]$")
_RANGE = re.compile(r"以上|以下|以内|不少于|不低于|不超过|不高于|最高|最低|至少|至多|最多|低于|高于|至|倍")
"""Beside a range, another figure may hold as well."""
_MORE, _LESS = (
    re.compile(r"以上|超过|高于|大于|不少于|不低于|至少|最低"),
    re.compile(r"以下|以内|不超过|低于|小于|不足|不到|至多|最高|最多"),
)
_NEGATION = re.compile(r"[不未无没]")
_ANY = ""
_SUM = re.compile(rf"(?:[0-9.]+|{NUMERAL}+?)[万亿]")
_LARGE = 10_000
_SCALES = ((8, "亿"), (4, "万"))


@dataclass(frozen=True, slots=True)
class Premise:
    """Whether what a question takes for granted is the text's."""

    holds: bool
    figure: str = ""
    """The text's own figure, where it is another."""

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
    if not stated:
        return None
    said = normalise(sentence)
    days = frozenset(dates_in(stated))
    if days:
        own = frozenset(dates_in(said))
        if days <= own:
            return Premise(True) if _put_alike(stated, said) else None
        return Premise(False, chinese_date(next(iter(own)))) if len(days) == len(own) == 1 else None
    claimed = quantities(stated) | _sums(stated)
    if not claimed:
        return None
    if len(claimed) == 1:
        return _of_one(next(iter(claimed)), question, stated, sentence, weigh)
    given = quantities(said)
    every = all(any(_alike(g, c) and g.value == c.value for g in given) for c in claimed)
    return Premise(True) if every and _put_alike(stated, said) else None


def _of_one(
    claimed: Quantity, question: Question, stated: str, sentence: str, weigh: Callable[[str], float]
) -> Premise | None:
    said = normalise(sentence)
    on_it = quantities_on(question, sentence, lambda q: _alike(q, claimed), weigh)
    if any(q.value == claimed.value for q in on_it):
        return Premise(True) if _put_alike(stated, said) else None
    if len(on_it) != 1 or _RANGE.search(said):
        return None
    return Premise(False, _written(next(iter(on_it))))


def _stated(normal: str) -> str:
    """Return what a question asks to confirm; empty where it asks something else."""
    if confirms(normal):
        return statement_in(normal)
    match = _IS_IT.search(normal.rstrip("?？。"))
    said = match["said"] if match else ""
    return said if quantities(said) or _sums(said) else ""


def _put_alike(stated: str, said: str) -> bool:
    """Whether neither speaks of more where the other speaks of less, and neither alone denies."""
    opposed = (_MORE.search(stated) and _LESS.search(said) and not _MORE.search(said)) or (
        _LESS.search(stated) and _MORE.search(said) and not _LESS.search(said)
    )
    denied = bool(_NEGATION.search(_LESS.sub("", _MORE.sub("", stated))))
    return not opposed and not denied


def _sums(said: str) -> frozenset[Quantity]:
    """Sums said without what they are of: 50亿."""
    with_unit = {q.value for q in quantities(said)}
    found = {q.value for match in _SUM.findall(said) for q in quantities(f"{match}元")}
    return frozenset(Quantity(value, _ANY) for value in found - with_unit)


def _alike(figure: Quantity, claimed: Quantity) -> bool:
    return figure.unit == claimed.unit or (claimed.unit == _ANY and figure.value >= _LARGE)


def _written(figure: Quantity) -> str:
    """Return a figure as people write it: 15亿元, 40件."""
    scale, name = next(((10**n, name) for n, name in _SCALES if figure.value >= 10**n), (1, ""))
    return f"{(figure.value / scale).normalize():f}{name}{figure.unit}"
