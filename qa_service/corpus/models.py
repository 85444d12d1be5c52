"""What the rest of the service is written in: documents, passages, validity, everyday questions."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    """How a document renders its subject."""

    FULL_TEXT = "full_text"
    """Official wording."""
    NOTES = "notes"
    """Facts of a regulation in our own words, article by article. Never shown as the law's wording."""
    GUIDE = "guide"
    """How to do a thing, every step citing its source."""

    @property
    def label(self) -> str:
        """The form in Chinese."""
        return {Form.FULL_TEXT: "官方全文", Form.NOTES: "要点整理，非法条原文", Form.GUIDE: "办事指南"}[self]


NATIONAL_LEVELS = frozenset({"法律", "行政法规", "司法解释", "部门规章", "国家政策", "国家标准", "办事指南"})
"""Levels of documents that hold in the whole country."""


class ValidityState(StrEnum):
    """Whether a text is in force on a date."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    AMENDED = "amended"
    REPEALED = "repealed"
    PERIOD_OVER = "period_over"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The state in Chinese, as a badge shows it."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ValidityState.IN_FORCE: "现行有效",
    ValidityState.NOT_YET: "尚未施行",
    ValidityState.AMENDED: "已修改",
    ValidityState.REPEALED: "已废止",
    ValidityState.PERIOD_OVER: "期限届满",
    ValidityState.UNKNOWN: "效力未注明",
}


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a document is in force on a date, and why, in one Chinese clause."""

    state: ValidityState
    note: str
    replaced_by: str | None = None
    """The id of the document that took its place, where the corpus holds it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One official text with its metadata.

    ``body`` is the source that every offset counts in: the file's text after its front matter.
    """

    id: str
    title: str
    form: Form
    body: str = field(repr=False)
    markup: str = "text"
    """``text`` or ``markdown``: whether a leading ``#`` marks a heading."""
    short_title: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    level: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    status: str | None = None
    supersedes: tuple[str, ...] = ()
    source_url: str | None = None
    topics: tuple[str, ...] = ()
    note: str | None = None
    amended_by: str | None = None
    """The id of the notice by which this text was consolidated: it is then merged by us, not published so."""
    moved: tuple[tuple[str, str], ...] = ()
    """Where a consolidated text gave articles another number: the number before, the number now."""
    draft: bool = False
    """Written but not yet approved: checked with the others, and not served."""

    @property
    def name(self) -> str:
        """The shortest title that still names it."""
        return self.short_title or self.title


@dataclass(frozen=True, slots=True)
class Successor:
    """A document that takes another's place, or ends it."""

    document: Document
    repeals: bool = False
    """It only says that the other no longer holds."""
    since: date | None = None
    """The day from which, where it names one for this alone."""

    @property
    def begins(self) -> date | None:
        """The day from which the other gives way; what repeals without naming a day does so when it is published."""
        own = self.document.effective or (self.document.issued if self.repeals else None)
        return self.since or own


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that is retrieved and cited.

    ``text`` is ``body[start:end]`` of its document, to the character. Headings are not part of it; they stand in
    ``heading_path``, outermost first.
    """

    id: str
    """Document id, ``#``, location key: stable across builds."""
    document_id: str
    location: str
    """Where it stands, as a person would cite it: 四、（三）4, or 第六十五条."""
    heading_path: tuple[str, ...]
    title: str
    """What its own heading says, without the number; empty where it has none."""
    text: str
    start: int
    end: int
    part: int = 1
    parts: int = 1
    """A paragraph over the passage budget is cut: this is part ``part`` of ``parts``."""

    @property
    def key(self) -> str:
        """The passage's place within its document, the fragment of its address."""
        return self.id.partition("#")[2]

    @property
    def titled_location(self) -> str:
        """The location with what its heading says: 四、（三）4 创新知识产权金融服务."""
        return f"{self.location} {self.title}" if self.title not in self.location else self.location


class Verdict(StrEnum):
    """How a question that asks yes or no is answered."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class EverydayQuestion:
    """A question as people ask it, with the place that answers it."""

    text: str
    document_id: str
    location: str
    starts: str = ""
    """The first characters of the sentence that answers, or empty where the whole passage does."""
    verdict: Verdict | None = None
    """Whether the answer is yes or no, as somebody judged who read the passage; None where it is neither, or unknown."""
