"""An answer, and the closed vocabularies of how a question can end."""

from dataclasses import dataclass
from enum import StrEnum

from qa_service.corpus.models import Document, Passage, Validity
from qa_service.text.sentences import Span


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    """The citations hold the answer."""
    RELATED = "related"
    """The corpus speaks of the topic but does not give what was asked."""
    CLARIFY = "clarify"
    """One short question back."""
    NO_ANSWER = "no_answer"
    """Out of the corpus."""
    SMALLTALK = "smalltalk"
    """A greeting, thanks, or the like."""


class Reason(StrEnum):
    """Why it ended so: every question that was not answered can be counted by why."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    AMOUNT_NOT_STATED = "amount_not_stated"
    NOT_STATED = "not_stated"
    PLACE_NOT_COVERED = "place_not_covered"
    TIME_NOT_COVERED = "time_not_covered"
    OUT_OF_SCOPE = "out_of_scope"
    NO_EVIDENCE = "no_evidence"
    ADVERSARIAL = "adversarial"
    EMPTY = "empty"
    SWITCHED_OFF = "switched_off"
    HANDOVER = "handover"
    """Somebody asked for a person."""


class Origin(StrEnum):
    """Who worded an answer."""

    EXTRACTED = "extracted"
    """The service, from sentences of the cited passages."""
    CURATED = "curated"
    """Staff, who approved it."""
    GENERATED = "generated"
    """A language model; every sentence was held against the cited passages."""
    FIXED = "fixed"
    """Nobody for this question: a greeting, a refusal, a question back."""


class Fault(StrEnum):
    """Why a sentence that a language model wrote is not said, or why nothing that it wrote is."""

    UNMARKED = "unmarked"
    """It names no passage, or one that was not shown."""
    FIGURE = "figure"
    """A figure that no cited passage gives of this matter."""
    BOUND = "bound"
    """A figure whose 以上, 以下 or 最高 is not the passage's."""
    DATE = "date"
    ARTICLE = "article"
    """An article, a class or another place that stands in no cited passage."""
    NAME = "name"
    """A document, an office, a quoted term or a Latin word that stands in no cited passage."""
    ADDRESS = "address"
    """A link, a telephone number or a mail address that stands in no cited passage."""
    MODALITY = "modality"
    """不得, 可以, 应当, 无需 or a 不 that its clause does not have, or one that it has lost."""
    UNSUPPORTED = "unsupported"
    """Too much of what it says stands in no cited passage."""
    REPEATED = "repeated"

    REFUSED = "refused"
    """The model declines to answer."""
    ECHO = "echo"
    """It recites what it was told to do, or speaks to a machine itself."""
    TOO_LONG = "too_long"
    NOTHING_LEFT = "nothing_left"
    """No sentence could be proved, or less than half of what was written."""
    FIGURE_LOST = "figure_lost"
    """It leaves out the figure that the passages answer with."""
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TURNED_AWAY = "turned_away"
    """The endpoint answers with an error, be it for too many requests or for the key."""
    BROKEN = "broken"
    """What came is not the protocol, or ended too soon."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that a language model wrote and that was not said."""

    text: str
    """The sentence; empty where all of it was given up."""
    fault: Fault


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage offered as the ground of an answer."""

    n: int
    """Its number in the answer's text: [1], [2] …"""
    passage: Passage
    document: Document
    validity: Validity
    highlights: tuple[Span, ...]
    """Spans of ``passage.text`` that the answer takes up."""
    upcoming: Document | None
    """The version that will take the document's place, if one is known."""
    score: float
    """The probability, among the passages found, that this one answers; in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, and on what ground."""

    question: str
    status: Status
    reason: Reason
    text: str
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    understood: str | None = None
    """The question with its slips put right, where it had any."""
    interpreted: str | None = None
    """The whole question that a follow-up was read as, where it leaned on what was said before."""
    choices: tuple[str, ...] = ()
    """Of a question back, the questions to choose from."""
    origin: Origin = Origin.FIXED
    dropped: tuple[Dropped, ...] = ()
    """What a language model wrote and was not said, with why."""
