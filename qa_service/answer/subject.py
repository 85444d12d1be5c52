"""What a question asks a figure of: a figure of something else is the worst answer of all."""

import math
import re

from qa_service.search.expected import Expected
from qa_service.search.giving import gives
from qa_service.search.question import Question
from qa_service.search.searcher import Searcher

_CLAUSE_END = re.compile(r"[，。；,;\n]")
_ROW = "〔表"
_TELLING_IDF = math.log(4)
"""A word that stands in more than about a quarter of the passages does not tell what is asked about."""


class Subject:
    """The telling words of a question for a figure or a name."""

    def __init__(self, question: Question, searcher: Searcher) -> None:
        self._kind = question.expected
        of_something = self._kind.is_figure or self._kind is Expected.NAMES
        self._words = _telling_words(question, searcher) if of_something else frozenset()

    def is_given_in(self, sentence: str, heading: str = "") -> bool:
        """Whether the sentence gives the expected kind of answer, a figure or name in a clause that speaks of the subject.

        The heading a sentence stands under speaks for every clause of it, a table's row for every cell, and a whole
        sentence for the one amount it gives.

        A question without a telling word asks of whatever was found, and so does one for neither figure nor name.
        """
        if not self._words:
            return gives(sentence, self._kind)
        giving = [clause for clause in _CLAUSE_END.split(sentence) if gives(clause, self._kind)]
        if (len(giving) == 1 and self._kind is Expected.AMOUNT) or sentence.lstrip().startswith(_ROW):
            heading = f"{heading} {sentence}"
        return any(word in f"{heading} {clause}".lower() for clause in giving for word in self._words)


def _telling_words(question: Question, searcher: Searcher) -> frozenset[str]:
    words = {
        part
        for word in (*question.words, *question.official)
        for part in (word, *searcher.segmenter.words_inside(word))
    }
    return frozenset(w for w in words if not w.isdigit() and searcher.engine.idf(w) >= _TELLING_IDF)
