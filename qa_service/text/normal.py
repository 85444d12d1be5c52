"""One written form for searching and comparing.

The normal form is never shown: what a person reads is always the source's own characters.
"""

import re
import unicodedata
from functools import cache

import opencc

from qa_service.text.readable import readable, without_invisible
from qa_service.text.remembered import remembered

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_SPACE_INSIDE_CHINESE = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}0-9])|(?<=[0-9])\s+(?=[{_CJK}])")
_SPACES = re.compile(r"\s+")
_REMEMBERED = 32_768
"""Everyone who reads a question or a sentence wants its normal form: those that come up again, in about 15 MB."""


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Return ``text`` in simplified characters (OpenCC ``t2s``), otherwise as it is."""
    simplified: str = _simplifier().convert(text)
    return simplified


@remembered(_REMEMBERED)
def normalise(text: str) -> str:
    """Return the normal form: compatibility characters folded, simplified, lower case, no stray spaces.

    ``normalise`` is idempotent. Full-width Latin and digits become half-width (NFKC), traditional characters
    simplified (OpenCC ``t2s``), runs of white space one space, and none inside Chinese.
    """
    folded = unicodedata.normalize("NFKC", without_invisible(readable(text))).lower().replace("〇", "零")
    spaced = _SPACES.sub(" ", simplify(folded))
    # Looking behind every character is the dearest step, and most texts have no space.
    return _SPACE_INSIDE_CHINESE.sub("", spaced).strip() if " " in spaced else spaced
