"""A copy of a text in which numbers can be read however they were typed, with the way back to the text itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from qa_service.text.readable import is_invisible

_CHINESE_RUN = re.compile("[零〇○一二三四五六七八九幺]{11,19}")
"""幺三八……: a number of at least eleven figures; 二〇二一年 is none."""
_CHINESE_DIGITS = str.maketrans("零〇○一二三四五六七八九幺", "0001234567891")


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """``text`` holds the visible characters, each folded to one; ``places[i]`` is where its ``i``-th one stood."""

    text: str
    places: tuple[int, ...] | None
    """None where the copy is as long as the original, character by character."""

    def start(self, at: int) -> int:
        """Return where in the original the copy's character ``at`` stands."""
        return at if self.places is None else self.places[at]

    def end(self, at: int) -> int:
        """Return where in the original the character before ``at`` ends."""
        return at if self.places is None else self.places[at - 1] + 1


def reading_copy(text: str) -> ReadingCopy:
    """Fold full-width and styled figures and letters, drop what cannot be seen, and write 一三八… in figures."""
    if text.isascii():
        return ReadingCopy(text, None)
    folded = [_folded(character) for character in text]
    copy = _CHINESE_RUN.sub(lambda run: run.group().translate(_CHINESE_DIGITS), "".join(folded))
    if all(folded):
        return ReadingCopy(copy, None)
    return ReadingCopy(copy, tuple(place for place, character in enumerate(folded) if character))


@lru_cache(4096)
def _folded(character: str) -> str:
    """Return one character for one, or none for one that cannot be seen."""
    if is_invisible(character):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) != 1:
        return character
    if plain.isdigit():  # also those of other scripts
        return str(unicodedata.digit(plain))
    return plain
