"""What a period of the journal comes to, as it was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qa_service.journal.latency import Latency
from qa_service.journal.period import Period
from qa_service.journal.proportion import Share


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many questions ended in one way."""

    status: str
    reason: str
    asked: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a period: what another period is held against."""

    asked: int
    by_status: Mapping[str, int]
    helpful: int
    unhelpful: int

    @property
    def seeking(self) -> int:
        """Questions that wanted something of the corpus: all but greetings and the like."""
        return self.asked - self.by_status.get("smalltalk", 0)

    @property
    def grounded(self) -> Share:
        """Of the questions that wanted something, those that were answered on a ground."""
        return Share(self.by_status.get("answered", 0), self.seeking)

    @property
    def found_useful(self) -> Share:
        """Of the judgements, those that say that an answer helped."""
        return Share(self.helpful, self.helpful + self.unhelpful)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as people ask it."""

    question: str
    """The wording that was typed most often, with personal data masked."""
    times: int
    wordings: int
    """In how many ways it was typed that differ in nothing but punctuation, blanks and civilities."""
    by_status: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage, and how many answers cite it."""

    passage_id: str
    document_id: str
    answers: int


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document, and how many answers cite it."""

    document_id: str
    answers: int
    first: int
    """How many of them name it first: it is their main ground."""


@dataclass(frozen=True, slots=True)
class CuratedUse:
    """A curated answer, and how often it was given."""

    answer_id: str
    question: str
    exact: int
    """To its own questions word for word."""
    alike: int
    """To questions like them."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote of an answer that did not help."""

    at: datetime
    exchange_id: str
    question: str
    reason: str | None
    comment: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was asked in a period, how it ended, and what people thought of it. All lists begin with the most."""

    period: Period
    totals: Totals
    days: Mapping[date, Mapping[str, int]]
    """Every day of the period, those without a question as well, with how many questions ended how."""
    channels: Mapping[str, Mapping[date, int]]
    """What each channel that was used was asked on which day; days without a question are left out."""
    outcomes: tuple[Outcome, ...]
    origins: Mapping[str, int]
    hours: tuple[int, ...]
    """Questions by hour of the day in China, 24 counts."""
    latency: Latency
    documents: tuple[CitedDocument, ...]
    """Every document that is cited."""
    passages: tuple[CitedPassage, ...]
    questions: tuple[Asked, ...]
    complaints: Mapping[str, int]
    """Judgements that an answer did not help, by reason; those that give none under an empty one."""
    remarks: tuple[Remark, ...]
    """The latest first."""
    curated: tuple[CuratedUse, ...]
    kept_since: date | None
    """The earliest day that the journal holds a question of; None where it holds none."""
