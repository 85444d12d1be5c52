"""Sentences that say what a thing is."""

import re
from collections.abc import Sequence

from qa_service.answer.compose import spoken
from qa_service.answer.extract import Sentence
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_SAYS_WHAT = re.compile(r"[“”\"]?\s*(?:\([^()]*\))?(?::|,?是指|,?指的?是?|,?是(?!否|不是)|,?包括)")

_NAMES_OTHER = re.compile(r"^(?:不|无|非|未|禁止)|[、和与及]")
_LONGEST_HEAD = 10
"""Characters before the colon of a line that names what it defines: 专利开放许可：."""
_IN_THIS_LAW = re.compile(
    r"^(?:本(?:法|条例|规定|办法|细则|解释)|[^,。]{2,12}法第[^,。]{1,12}(?:规定)?)(?:中)?(?:所称|所指|规定)?的?"
)
"""本法所称证明商标: how a statute opens a definition."""


def defining_first(ranked: Sequence[Sentence], question: Question) -> list[Sentence]:
    """Put a sentence that opens with what is asked about and says what it is before those that only speak of it."""
    terms = tuple(word for word in question.words if len(word) > 1)
    defining = [sentence for sentence in ranked if defines(sentence.text, terms)]
    return [*defining[:1], *(sentence for sentence in ranked if sentence not in defining[:1])]


def defines(sentence: str, terms: Sequence[str]) -> bool:
    """Whether a sentence opens with one of ``terms``, in normal form, and says what it is."""
    said = _IN_THIS_LAW.sub("", normalise(spoken(sentence))).lstrip('“"')
    head, colon, _ = said.partition(":")
    named = colon and len(head) <= _LONGEST_HEAD and not _NAMES_OTHER.search(head)
    return any(
        (said.startswith(term) and bool(_SAYS_WHAT.match(said[len(term) :]))) or (named and head.endswith(term))
        for term in terms
    )
