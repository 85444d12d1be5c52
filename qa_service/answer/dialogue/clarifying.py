"""Questions that may mean several matters: one short question back, and what is made of the reply.

续展要多久 may ask of a trade mark or of a record at the customs. The lexicon says which words are so; nothing is asked
back where the question or the conversation tells which is meant, or where the corpus answers only one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.answer.dialogue.follow_up import content_of
from qa_service.search.question import Question
from qa_service.search.searcher import Searcher
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral
from qa_service.text.phrases import Phrases

MOST_CHOICES = 4
_LONGEST = 16
"""Characters: a longer question says what it means."""
_ANSWERED_AT = 0.65
"""Cosine from which a choice is near enough to a question that the corpus answers."""
_ORDINAL = re.compile(rf"^(?:我?选|就)?第?(?P<n>[0-9]{{1,2}}|{NUMERAL}{{1,2}}|[a-d])(?:个|项|种|条|号)?(?:吧|呢)?$")
_ANSWERS = re.compile(
    r"^(?:我(?:是)?(?:问|说|指|要问)的?(?:是)?|就是|是|选|我要|想问)+|(?:的|吧|呢|吗|啊|这个|那个|那种|这种)+$"
)
_MARKS = re.compile(r"[\s,，。.;；、?？!！“”\"]+")


@dataclass(frozen=True, slots=True)
class Back:
    """A question back."""

    text: str
    choices: tuple[str, ...]
    """Whole questions, from 2 to ``MOST_CHOICES``."""


class Clarifying:
    """Asks back. Stateless between calls, and safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._lexicon = searcher.library.lexicon
        self._words = Phrases(self._lexicon.ambiguous)

    def ask_back(self, question: Question, day: date) -> Back | None:
        """Return what is asked back, None where a question is plain enough to be answered."""
        word = self._ambiguous_word(question)
        if word is None:
            return None
        asked = question.normal.rstrip("?？")
        choices, passages = [], set[str]()
        for matter in self._lexicon.ambiguous[word]:
            choice = asked.replace(word, matter, 1)
            hits = self._searcher.search(self._searcher.understand(choice, day), day, 1)
            if hits and hits[0].signals.question_vector >= _ANSWERED_AT and hits[0].passage.id not in passages:
                passages.add(hits[0].passage.id)
                choices.append(f"{choice}？")
        if len(choices) < 2:
            return None
        return Back(f"“{word}”可以指几件事，您问的是哪一件？请选一项，或回复序号。", tuple(choices[:MOST_CHOICES]))

    def _ambiguous_word(self, question: Question) -> str | None:
        """The word by which a question may mean several matters, where nothing in it tells which."""
        normal = question.normal
        if len(normal) > _LONGEST or question.clauses or question.documents or self._lexicon.subjects_in(normal):
            return None
        words = self._words.standing_in(normal)
        rest = normal.replace(words[0], "") if words else normal
        return words[0] if words and not content_of(rest) and not self._lexicon.holds_a_term(rest) else None


def picked(reply: str, choices: Sequence[str]) -> str | None:
    """Return the choice that a reply to a question back picks, by its number or by what tells it from the others."""
    said = _MARKS.sub("", normalise(reply))
    if ordinal := _ORDINAL.match(said):
        n = ord(ordinal["n"]) - ord("a") + 1 if ordinal["n"] in "abcd" else parse_numeral(ordinal["n"]) or 0
        return choices[n - 1] if 0 < n <= len(choices) else None
    named = _ANSWERS.sub("", said)
    holding = [choice for choice in choices if named and named in normalise(choice)]
    return holding[0] if len(holding) == 1 else None
