"""The kind of right a question is about: 商标, 专利, 著作权 …

Articles of two laws often say nearly the same; which law is meant, the question's own nouns tell.
"""

from __future__ import annotations

from functools import lru_cache

from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_REMEMBERED = 16_384


class SubjectMatter:
    """Tells what kinds of right questions and passages speak of, by the lexicon's list."""

    def __init__(self, library: Library) -> None:
        self._lexicon = library.lexicon
        self._of_documents = {
            d.id: self._lexicon.subjects_in(normalise(f"{d.title} {d.short_title or ''}"))
            for d in library.documents.values()
        }
        self._spoken_of = lru_cache(_REMEMBERED)(self._subjects_under)

    def of(self, question: Question) -> frozenset[str]:
        """Return the kinds of right that a question speaks of: in its own words, else in the official ones for them."""
        own = self._lexicon.subjects_in(question.normal)
        return own or self._lexicon.subjects_in(" ".join(question.official))

    def fit(self, passage: Passage, asked: frozenset[str]) -> float:
        """Return the share of the kinds ``asked`` that a passage speaks of, in [0, 1].

        It is -1 where the passage's document is on other kinds only: a law on trade marks does not answer for patents,
        though one of its articles may name them.
        """
        own = self._of_documents.get(passage.document_id, frozenset())
        if not asked:
            return 0.0
        if own and not own & asked:
            return -1.0
        return len(asked & (own | self._spoken_of(passage.heading_path, passage.text))) / len(asked)

    def _subjects_under(self, headings: tuple[str, ...], text: str) -> frozenset[str]:
        return self._lexicon.subjects_in(normalise(f"{' '.join(headings)} {text}"))
