"""What was said before in a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.answer.models import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer."""

    question: str
    """The question, standing alone: a follow-up as it was read."""
    answer: Answer

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        """Keep an answer for what is asked after it."""
        return cls(answer.interpreted or answer.understood or answer.question, answer)


Conversation = Sequence[Turn]
"""The turns of a session, the oldest first."""
