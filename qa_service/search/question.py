"""What is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage, ValidityState
from qa_service.search.clause import ClauseReference, DocumentNames, read_clauses, resolve
from qa_service.search.expected import Expected, asks_how, expected_kind
from qa_service.text.normal import normalise, strip_invisible
from qa_service.text.segmenter import Segmenter

_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    text: str
    """As typed, invisible characters left out."""
    normal: str
    terms: tuple[str, ...]
    """What the lexical index knows it by."""
    words: tuple[str, ...]
    """Its words that say what it is about."""
    spoken: str
    """What the embedding model is shown: the normal form, or of a question in English, with its official words."""
    official: tuple[str, ...]
    """Official words for the everyday ones in it, that are not in it themselves."""
    expected: Expected
    how: bool
    """Whether it asks how a thing is done."""
    clauses: tuple[ClauseReference, ...]
    documents: frozenset[str]
    """Ids of the documents it names."""
    family: frozenset[str]
    """Ids of the documents that carry the name of one of them: 专利法实施细则 where 专利法 is named."""
    unknown_document: str | None
    """A law it names together with a clause and that the corpus does not hold."""


def understand(
    text: str, day: date, segmenter: Segmenter, library: Library, names: DocumentNames, passages: Sequence[Passage]
) -> Question:
    """Read a question.

    A reference that no passage answers to stays one only where the question names its document; else 第三条 may be
    anything. Of several versions so called, the one in force on ``day`` is meant.
    """
    clean = strip_invisible(text).strip()
    named = frozenset(d for ids in names.in_question(clean) for d in _in_force(ids, library, day))
    clauses = read_clauses(clean)
    resolved = resolve(clauses, passages) if clauses else ()
    official = library.lexicon.official_words(clean)
    normal = normalise(clean)
    # In a Chinese question the official words of a few everyday ones drown the others; an English one has none else.
    spoken = normal if _HAN.search(normal) else " ".join((normal, *official))
    return Question(
        text=clean,
        normal=normal,
        terms=segmenter.index_terms(spoken),
        spoken=spoken,
        words=segmenter.content_words(clean),
        official=official,
        expected=expected_kind(clean),
        how=asks_how(clean),
        clauses=resolved or (clauses if named else ()),
        documents=named,
        family=names.family_of(named) if named else frozenset(),
        unknown_document=names.unknown_in(clean) if clauses else None,
    )


def _in_force(ids: frozenset[str], library: Library, day: date) -> frozenset[str]:
    """Return the versions that are in force; all of them where none, or only one, is there to choose from."""
    if len(ids) == 1:
        return ids
    current = frozenset(d for d in ids if library.validity(d, day).state is ValidityState.IN_FORCE)
    return current or ids
