"""How Chinese characters sound.

Sounds are strings of one mark a character, so that they can be cut and compared like the text they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_SYLLABLE = re.compile(r"([zcs]h|[bpmfdtnlgkhjqxzcsryw]?)(.*)")
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "l": "n", "h": "f"}
"""Initials that many speakers, and so their telephones, do not tell apart: the left sounds like the right."""
_FINALS = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan"}
_FIRST_MARK = 0xF0000
"""A plane that no text uses."""


class Sounds:
    """The sounds of characters and words, without tones. Safe to share between threads."""

    def __init__(self) -> None:
        # Its dictionaries take a tenth of a second to load, which only those who ask for sounds wait for.
        from pypinyin import lazy_pinyin
        from pypinyin.constants import PHRASES_DICT

        self._read: Callable[[str], list[str]] = lazy_pinyin
        self._phrases: Mapping[str, object] = PHRASES_DICT
        self._marks: dict[str, str] = {}
        self._exact = _Table(lambda character: self._mark(self._read(character)[0]))
        self._coarse = _Table(lambda character: self._mark(coarse(self._read(character)[0])))

    def exact(self, text: str) -> str:
        """Return the marks of ``text``, every character read as it mostly is: homophones have equal ones."""
        return text.translate(self._exact)

    def coarse(self, text: str) -> str:
        """Return the same with sounds that are easily taken for one another made one."""
        return text.translate(self._coarse)

    def heard_as(self, word: str) -> frozenset[str]:
        """Return the coarse marks of ``word``: character by character, and as the whole word is read.

        行 by itself is read xing, and hang in 银行.
        """
        whole = "".join(self._mark(coarse(s)) for s in self._read(word)) if word in self._phrases else self.coarse(word)
        return frozenset({self.coarse(word), whole})

    def _mark(self, syllable: str) -> str:
        return self._marks.setdefault(syllable, chr(_FIRST_MARK + len(self._marks)))


def coarse(syllable: str) -> str:
    """Return a syllable without what is easily misheard.

    >>> coarse("zhuang"), coarse("zuan"), coarse("lin"), coarse("ning")
    ('zuan', 'zuan', 'nin', 'nin')
    """
    match = _SYLLABLE.fullmatch(syllable)
    initial, final = match.groups() if match else ("", syllable)
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


class _Table(dict[int, str]):
    """A table for ``str.translate`` that finds out about a character when it first meets it."""

    def __init__(self, sound: Callable[[str], str]) -> None:
        super().__init__()
        self._sound = sound

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = mark = self._sound(chr(codepoint))
        return mark
