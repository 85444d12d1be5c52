"""Sentences that say what a thing is."""

import re
from collections.abc import Sequence

from qa_service.answer.compose import spoken
from qa_service.answer.extract import Sentence
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_SAYS_WHAT = re.compile(r"[“”\"]?\s*(?:\([^()]*\))?(?::|,?是指|,?指的?是?|,?是(?!否|不是)|,?包括)")

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
    return any(said.startswith(term) and bool(_SAYS_WHAT.match(said[len(term) :])) for term in terms)
