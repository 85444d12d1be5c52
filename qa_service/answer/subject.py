"""What a question asks a figure of: a figure of something else is the worst answer of all."""

import math
import re
from typing import NamedTuple

from qa_service.answer.figures.fee import is_another_fee
from qa_service.answer.figures.figure import speaks_of
from qa_service.search.expected import Expected, asks_for_a_period, counter_asked
from qa_service.search.giving import avows, gives, gives_count, gives_period
from qa_service.search.question import Question
from qa_service.search.searcher import Searcher
from qa_service.text.ordinals import ordinals_in
from qa_service.text.quantities import gives_a_sum

_CLAUSE_END = re.compile(r"[，。；,;\n]")
_ROW = "〔表"
TELLING_IDF = math.log(4)
"""A word that stands in more than about a quarter of the passages does not tell what is asked about."""


class _Matter(NamedTuple):
    """What money or a figure is for: a fee is no answer to who asks for a fine."""

    asked: re.Pattern[str]
    given: re.Pattern[str]


_MATTERS = (
    _Matter(
        re.compile(r"立案|入刑|入罪|够罪|定罪|判刑|坐牢|犯罪|追诉|刑事"), re.compile(r"罪|刑|立案|追诉|数额较大|门槛")
    ),
    _Matter(re.compile(r"罚(?!性)"), re.compile(r"罚|滞纳金|加收")),
    _Matter(re.compile(r"赔"), re.compile(r"赔")),
    _Matter(re.compile(r"减缴|减免|费减|能减|减多少|减几"), re.compile(r"减|免")),
    _Matter(re.compile(r"奖|补贴|补助|资助|贴息|扶持"), re.compile(r"奖|补贴|补助|资助|贴息|扶持|提取|报酬")),
    _Matter(re.compile(r"(?<![免减])费(?![减用])|收费|费用"), re.compile(r"费|免收|收取")),
    _Matter(re.compile(r"目标|要达到|指标"), re.compile(r"目标|指标|达|累计|规划")),
)
SAYS_THE_KIND = frozenset(
    ["比例", "金额", "数额", "上限", "下限", "最高", "最低", "总额", "额度", "标准", "数量", "目标", "指标"]
)
"""Words that say what kind of figure is asked for and not of what."""
_SAYS_THE_MATTER = frozenset(["罚款", "处罚", "赔偿", "减缴", "减免", "费用", "收费", "奖励", "补贴", "资助", "补助"])
"""Words for what the money is for: said in other words, it is the same matter."""
_BY_DETOUR = 0.4
_ASKS_SHARE = re.compile(r"倍|%|比例|成|百分|减|免|惩罚性|滞纳|逾期|迟|晚")


class Subject:
    """The telling words of a question for a figure or a name, and what its figure is for."""

    def __init__(self, question: Question, searcher: Searcher) -> None:
        self._kind = question.expected
        of_something = self._kind.is_figure or self._kind is Expected.NAMES
        # Who names a clause asks of that clause.
        words = of_something and not question.clauses
        self._words = _telling_words(question, searcher) if words else frozenset()
        self._counter = counter_asked(question.normal) if self._kind is Expected.NUMBER else None
        self._period = self._kind is Expected.DEADLINE and asks_for_a_period(question.normal)
        asked = (m.given for m in _MATTERS if m.asked.search(question.normal))
        self._matter = next(asked, None) if self._kind.is_figure else None
        self._matter_tells = self._matter is not None and not self._words.isdisjoint(_SAYS_THE_MATTER)
        self._words -= SAYS_THE_KIND
        self._asks_by_share = bool(_ASKS_SHARE.search(question.normal))
        self._numbered = ordinals_in(question.normal)
        self._asked = question.normal

    def is_given_in(self, sentence: str, heading: str = "", around: str = "") -> bool:
        """Whether the sentence gives the expected kind of answer, a figure or name in a clause that speaks of the subject.

        The heading a sentence stands under speaks for every clause of it, a table's row for every cell, and a whole
        sentence for the one amount it gives. What the money is for, all headings ``around`` may tell.

        A question without a telling word asks of whatever was found, and so does one for neither figure nor name; but of
        numbered years or times only what is said of those answers.
        """
        if self._kind.is_open:
            return speaks_of(sentence, self._numbered)
        if avows(sentence) or not self._on_the_matter(f"{around} {heading} {sentence}", sentence):
            return False
        if not self._words:
            return self.gives(sentence)
        if not speaks_of(sentence, self._numbered) or not self._holds_the_years(sentence):
            return False
        giving = [clause for clause in _CLAUSE_END.split(sentence) if self.gives(clause)]
        of_one_sum = len(giving) == 1 and self._kind in {Expected.AMOUNT, Expected.FIGURE}
        if of_one_sum or _is_row(sentence):
            heading = f"{heading} {sentence}"
        return any(self._speaks_of_it(f"{heading} {clause}".lower()) for clause in giving)

    def plainness(self, sentence: str) -> float:
        """Return how plainly a sentence that gives a sum gives it: 1, or less where it tells but how often or what share."""
        by_detour = self._kind is Expected.AMOUNT and not gives_a_sum(sentence)
        return _BY_DETOUR if by_detour and not self._asks_by_share else 1.0

    def _holds_the_years(self, sentence: str) -> bool:
        """Whether a sentence is on the numbered years asked for: a fee of 第三年 is told by its year alone."""
        years = [o for o in self._numbered if o.of == "年"]
        if not years or not self._kind.is_figure:
            return True
        own = ordinals_in(sentence)
        return all(any(o.holds(year) for o in own) for year in years)

    def _speaks_of_it(self, said: str) -> bool:
        if self._matter and self._matter_tells and self._matter.search(said):
            return True
        return any(word in said for word in self._words)

    def _on_the_matter(self, said: str, sentence: str) -> bool:
        # The cells of a row do not repeat what their table is on.
        return not self._matter or bool(self._matter.search(said)) or _is_row(sentence)

    def gives(self, text: str) -> bool:
        """Whether a text gives a figure, a time or the like as it is asked for, be it of something else."""
        if not speaks_of(text, self._numbered):
            return False
        if self._counter:
            return gives_count(text, self._counter)
        if self._period:
            return gives_period(text)
        if self._kind.is_figure and is_another_fee(self._asked, text):
            return False
        return gives(text, self._kind)


def _is_row(sentence: str) -> bool:
    return sentence.lstrip().startswith(_ROW)


def _telling_words(question: Question, searcher: Searcher) -> frozenset[str]:
    words = {
        part
        for word in (*question.words, *question.official)
        for part in (word, *searcher.segmenter.words_inside(word))
    }
    return frozenset(w for w in words if not w.isdigit() and searcher.engine.idf(w) >= TELLING_IDF)
