"""What an answer must state, as patterns.

A fact is a group of alternatives, each a regular expression; 十五日 and 15日 are two alternatives of one. It is
searched in the answer without white space, thousands separators, quotation marks, book marks and Markdown marks,
in the characters it is written in and in simplified ones. ``(?i)`` at the front ignores case. A figure at either
end of an alternative is a whole number: 40 is not found in 140 or 40.5.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from qa_service.text.normal import simplify

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_SPACES = re.compile(r"\s+")
_NO_MARKS = str.maketrans("", "", "“”\"‘’'「」『』《》〈〉<>*`#")
_NO_QUOTATION_MARKS = str.maketrans("", "", '“”"‘’「」『』《》')
"""Fewer than in an answer: in a pattern < and > may have a meaning."""
_ANY_CASE = "(?i)"


def plain(text: str) -> str:
    """Return ``text`` as patterns are searched in it."""
    folded = unicodedata.normalize("NFKC", _THOUSANDS.sub("", text))
    return _SPACES.sub("", folded).translate(_NO_MARKS)


@lru_cache(4096)
def fact_pattern(alternative: str) -> re.Pattern[str]:
    """Return the pattern of one alternative.

    Raises:
        re.error: it is no regular expression.
    """
    written = unicodedata.normalize("NFKC", alternative)
    flags = re.IGNORECASE if written.startswith(_ANY_CASE) else re.NOFLAG
    written = written.removeprefix(_ANY_CASE).replace(" ", r"\s*").translate(_NO_QUOTATION_MARKS)
    before = r"(?<![\d.])" if re.match(r"\d", written) else ""
    after = r"(?!\d|\.\d)" if re.search(r"\d$", written) else ""
    return re.compile(f"{before}{written}{after}", flags)


def states(answer: str, fact: Iterable[str]) -> bool:
    """Whether an answer states a fact in one of its alternatives."""
    said = plain(answer)
    texts = (said, simplify(said))
    return any(fact_pattern(alternative).search(text) for alternative in fact for text in texts)
