"""Whether a passage holds a quoted sentence.

White space and punctuation do not count, and small changes of wording are forgiven; a changed number is not, so
that an older version of a clause does not pass for the one in force.
"""

import re

from qa_service.text.letters import letters_of
from qa_service.text.normal import normalise

_ENOUGH = 0.8
"""Share of the quote's character pairs that one window of the text must have."""
_WINDOW = 3
"""A window's length, in lengths of the quote."""
_NUMERAL = re.compile("[0-9零一二三四五六七八九十百千万亿两]")


def letters_to_compare(text: str) -> str:
    """Return what of a text is compared."""
    return letters_of(normalise(text))


def holds(text: str, quote: str) -> bool:
    """Whether ``text`` holds ``quote``; both as :func:`letters_to_compare` returns them.

    It does when the quote stands in it, or when one window of it has every pair of characters of the quote that
    has a numeral in it, and four fifths of all its pairs. An empty quote is held by nothing.
    """
    if not quote or not text:
        return False
    if quote in text:
        return True
    pairs = _pairs(quote)
    numerals = {pair for pair in pairs if _NUMERAL.search(pair)}

    def resembles(part: str) -> bool:
        found = _pairs(part)
        return numerals <= found and len(pairs & found) >= _ENOUGH * len(pairs)

    if not pairs or not resembles(text):
        return False
    width, step = _WINDOW * len(quote), len(quote)
    return any(resembles(text[at : at + width]) for at in range(0, max(1, len(text) - width + step), step))


def _pairs(letters: str) -> set[str]:
    return {letters[i : i + 2] for i in range(len(letters) - 1)}
