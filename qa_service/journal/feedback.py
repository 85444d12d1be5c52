"""What people say of an answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Complaint(StrEnum):
    """Why an answer did not help."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    NOT_MY_QUESTION = "not_mine"
    """It answers another question."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's judgement of one answer."""

    exchange_id: str
    at: datetime
    helpful: bool
    reason: Complaint | None = None
    comment: str = ""
    """As typed: personal data is masked before it is kept."""
