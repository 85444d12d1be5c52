"""Homophones and typing slips put right: 专力 is read as 专利.

A noisy channel: a stretch is replaced by a known word that sounds the same where the question then reads so much
likelier that a slip is the better explanation. How likely a text is, its words tell: how often general Chinese and this
corpus write them. What people write of their own accord is so left alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from qa_service.corpus.lexicon import Lexicon
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.pinyin import Sounds

_HAN = re.compile(r"[\u3400-\u9fff]+")
_STRETCH = re.compile(r"《[^》]*》?|(?P<han>[\u3400-\u9fff]{2,})")
"""What stands in book marks is a name, and names are as they are."""
_SHORTEST, _LONGEST = 2, 8
"""Characters of a word; of the shortest, one must stand."""
_WORDS_IN_A_PASSAGE = 100.0
"""About as many as one holds with its everyday questions: by it shares of passages become shares of words."""
_UNKNOWN = math.log(1e-8)
"""The log-likelihood of a character that no dictionary has."""
_LEAST = 1e-6
"""The likelihood of a word of the field, however rarely it is written."""
_REAL = 1e-7
"""The share of general Chinese from which a word is one."""
_SLIP, _SLIP_IN_A_TERM = 10.0, 5.0
"""What a slip costs, in nats: a term of the field is sooner meant than any other word."""
_HOMOPHONE, _MISHEARD = 1.0, 2.5
"""What each of its characters costs: a homophone, or one that only sounds much the same."""
_MEANT = frozenset(NUMERAL[1:-1]) | frozenset("罚")
"""Characters that say something of their own wherever they stand: 商标罚多少 is not about 商标法."""


class Correction(NamedTuple):
    """What was said, and what it is read as."""

    said: str
    read: str


def spelling_of(
    lexicon: Lexicon, names: Iterable[str], shares: Mapping[str, float], general: Callable[[str], float]
) -> Spelling:
    """Return the spelling of a corpus.

    Args:
        lexicon: its terms, and what people say for them.
        names: what its documents are called, in normal form.
        shares: its words, each with the share of passages that hold it, in [0, 1].
        general: the share of a word among all words of general Chinese, in [0, 1]; 0 where it is none.
    """
    terms = {*map(normalise, lexicon.terms), *(w for official in lexicon.everyday.values() for w in official), *names}
    # A pair of characters that general Chinese hardly has may stand in the corpus for being a slip itself.
    words = {word: share for word, share in shares.items() if general(word) >= _REAL}
    words.update((word, shares.get(word, 0.0)) for word in (*terms, *lexicon.everyday))
    return Spelling(words, terms, general)


class _Slip(NamedTuple):
    gain: float
    """By how many nats the text gets likelier, what the slip costs taken off."""
    start: int
    stop: int
    word: str


class Spelling:
    """Corrects questions. Stateless between calls, and safe to share between threads."""

    def __init__(self, words: Mapping[str, float], terms: Collection[str], general: Callable[[str], float]) -> None:
        """Learn the words that a question may mean.

        Args:
            words: words in normal form, each with the share of this corpus' passages that hold it, in [0, 1].
            terms: those of them that are terms of the field.
            general: the share of a word among all words of general Chinese, in [0, 1]; 0 where it is none.
        """
        self._here = {w: share for w, share in words.items() if _SHORTEST <= len(w) <= _LONGEST and _HAN.fullmatch(w)}
        self._terms = frozenset(terms)
        self._general = general
        self._logs: dict[str, float | None] = {}
        self._sounds = Sounds()
        heard: dict[str, list[str]] = {}
        for word in self._here:
            for marks in self._sounds.heard_as(word):
                heard.setdefault(marks, []).append(word)
        self._heard = {marks: tuple(said) for marks, said in heard.items()}

    def correct(self, normal: str) -> tuple[str, tuple[Correction, ...]]:
        """Return a question in normal form with its slips put right, and these in their order."""
        corrections = list[Correction]()

        def put_right(match: re.Match[str]) -> str:
            if not match["han"]:
                return match.group()
            text, end = "", 0
            for slip in self._slips(match["han"]):
                said = match["han"][slip.start : slip.stop]
                corrections.append(Correction(said, slip.word))
                text += match["han"][end : slip.start] + slip.word
                end = slip.stop
            return text + match["han"][end:]

        return _STRETCH.sub(put_right, normal), tuple(corrections)

    def _slips(self, han: str) -> list[_Slip]:
        """The slips in a run of Chinese, none overlapping another, in their order."""
        marks = self._sounds.coarse(han)
        heard = [
            (start, stop, word)
            for start in range(len(han) - 1)
            for stop in range(start + _SHORTEST, min(len(han), start + _LONGEST) + 1)
            for word in self._heard.get(marks[start:stop], ())
            if word != han[start:stop]
        ]
        if not heard:
            return []
        before, after = self._likelihoods(han)
        found = [self._weighed(han, start, stop, word, before, after) for start, stop, word in heard]
        kept = list[_Slip]()
        for slip in sorted(found, reverse=True):
            if slip.gain > 0 and all(slip.stop <= other.start or slip.start >= other.stop for other in kept):
                kept.append(slip)
        return sorted(kept, key=lambda slip: slip.start)

    def _weighed(self, han: str, start: int, stop: int, word: str, before: list[float], after: list[float]) -> _Slip:
        said = han[start:stop]
        changed = [(a, b) for a, b in zip(said, word, strict=True) if a != b]
        if len(changed) == len(word) == _SHORTEST or any(a in _MEANT for a, _ in changed):
            return _Slip(-math.inf, start, stop, word)
        cost = (_SLIP_IN_A_TERM if word in self._terms else _SLIP) + sum(
            _HOMOPHONE if self._sounds.exact(a) == self._sounds.exact(b) else _MISHEARD for a, b in changed
        )
        likelihood = self._log(word)
        assert likelihood is not None
        return _Slip(before[start] + likelihood + after[stop] - after[0] - cost, start, stop, word)

    def _likelihoods(self, han: str) -> tuple[list[float], list[float]]:
        """The log-likelihood of the likeliest words that ``han`` up to, and from, each place may be cut into."""
        size = len(han)
        before, after = [0.0] + [-math.inf] * size, [-math.inf] * size + [0.0]
        words = [(start, start + 1, self._log_of_character(c)) for start, c in enumerate(han)]
        for start in range(size - 1):
            for stop in range(start + _SHORTEST, min(size, start + _LONGEST) + 1):
                if (log := self._log(han[start:stop])) is not None:
                    words.append((start, stop, log))
        words.sort()
        for start, stop, log in words:
            before[stop] = max(before[stop], before[start] + log)
        for start, stop, log in reversed(words):
            after[start] = max(after[start], log + after[stop])
        return before, after

    def _log_of_character(self, character: str) -> float:
        log = self._log(character)
        return _UNKNOWN if log is None else log

    def _log(self, word: str) -> float | None:
        """The log-likelihood of a word, None where it is none."""
        try:
            return self._logs[word]
        except KeyError:
            here = max(self._here[word] / _WORDS_IN_A_PASSAGE, _LEAST) if word in self._here else 0.0
            likelihood = (self._general(word) + here) / 2
            log = math.log(likelihood) if likelihood > 0 else None
            if log is not None:
                self._logs[word] = log
            return log
