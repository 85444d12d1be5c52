"""One written form for searching and comparing.

The normal form is never shown: what a person reads is always the source's own characters.
"""

import re
import unicodedata
from functools import cache

import opencc

_INVISIBLE = {
    code: None
    for start, stop in ((0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2065), (0xFE00, 0xFE10), (0xE0000, 0xE0080))
    for code in range(start, stop)
} | {0xFEFF: None, 0x00AD: None}
"""Zero-width marks, direction overrides, variation selectors and tag characters: they carry no meaning here, and
are used to smuggle text past a reader."""

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_SPACE_INSIDE_CHINESE = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}0-9])|(?<=[0-9])\s+(?=[{_CJK}])")
_SPACES = re.compile(r"\s+")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def strip_invisible(text: str) -> str:
    """Return ``text`` without characters that cannot be seen."""
    return text.translate(_INVISIBLE)


def simplify(text: str) -> str:
    """Return ``text`` in simplified characters (OpenCC ``t2s``), otherwise as it is."""
    simplified: str = _simplifier().convert(text)
    return simplified


def normalise(text: str) -> str:
    """Return the normal form: compatibility characters folded, simplified, lower case, no stray spaces.

    ``normalise`` is idempotent. Full-width Latin and digits become half-width (NFKC), traditional characters
    simplified (OpenCC ``t2s``), runs of white space one space, and none inside Chinese.
    """
    folded = unicodedata.normalize("NFKC", strip_invisible(text)).lower().replace("〇", "零")
    return _SPACE_INSIDE_CHINESE.sub("", _SPACES.sub(" ", simplify(folded))).strip()
