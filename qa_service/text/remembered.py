"""What was worked out of a short text, kept for the next time: the sentences of a corpus come up with every question."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_LONGEST = 500
"""Characters of a text that is remembered: sentences and clauses come up again, whole documents do not."""

Found = TypeVar("Found")


def remembered(most: int) -> Callable[[Callable[[str], Found]], Callable[[str], Found]]:
    """Let a function of a text remember what it returned for the short ones.

    Args:
        most: for how many texts, the ones asked for last; what it returns must not be changed by anybody.
    """

    def remembering(work: Callable[[str], Found]) -> Callable[[str], Found]:
        kept = lru_cache(most)(work)

        @wraps(work)
        def found(text: str) -> Found:
            return kept(text) if len(text) <= _LONGEST else work(text)

        return found

    return remembering
