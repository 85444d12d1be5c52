"""Excerpts of official texts: where each stands, whether it is in force, what it says, its link."""

from dataclasses import dataclass
from datetime import date

from qa_service.corpus.models import Form


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage as it goes into the document."""

    citation: str
    path: tuple[str, ...]
    validity: str
    form: Form
    text: str
    link: str
    """Its address, with the host."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A question and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Excerpts:
    """What goes into one document."""

    title: str
    day: date
    """On which validity was judged."""
    excerpts: tuple[Excerpt, ...]
    answered: Exchanged | None = None
