"""English words, brought down to what a lexicon knows them by."""

import re

_TOKEN = re.compile(r"[a-z0-9]+(?:[-'.&][a-z0-9]+)*%?")
_SHORTEST_STEM = 3
_LONGEST_IN_LL = 5
"""Letters of a word that ends in -ll of itself: selling is sell, but cancelled cancel."""
_PLURAL_KEPT = ("ss", "us", "is")


def words_of(normal: str) -> list[str]:
    """Return the Latin words and the numbers of a text in normal form, in order; punctuation is left out."""
    return _TOKEN.findall(normal)


def stem(word: str) -> str:
    """Return what is left of ``word`` without its plural, -ed, -ing and final -e, in lower case.

    >>> [stem(word) for word in ("licenses", "licensing", "licensed", "fees", "applied", "companies", "process")]
    ['licens', 'licens', 'licens', 'fee', 'apply', 'company', 'process']
    """
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) <= _SHORTEST_STEM or not word.isascii() or not word[-1].isalpha():
        return word
    if word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(_PLURAL_KEPT):
        word = word[:-1]
    for ending in ("ing", "ed"):
        short = word.removesuffix(ending)
        if short != word and len(short) >= _SHORTEST_STEM and any(c in "aeiouy" for c in short):
            return short[:-1] if _is_doubled(short) else short
    return word[:-1] if word.endswith("e") and not word.endswith("ee") and len(word) > _SHORTEST_STEM + 1 else word


def _is_doubled(word: str) -> bool:
    """Whether the last letter of ``word`` was doubled by an ending: plann(ed)."""
    last = word[-1]
    return last == word[-2] and last not in "sz" and (last != "l" or len(word) > _LONGEST_IN_LL)
