"""The kind of right a question is about: 商标, 专利, 著作权 …

Articles of two laws often say nearly the same; which law is meant, the question's own nouns tell.
"""

from __future__ import annotations

from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage
from qa_service.search.question import Question
from qa_service.text.normal import normalise


class SubjectMatter:
    """Tells what kinds of right questions and passages speak of, by the lexicon's list."""

    def __init__(self, library: Library) -> None:
        self._lexicon = library.lexicon
        self._of_documents = {
            d.id: self._lexicon.subjects_in(normalise(f"{d.title} {d.short_title or ''}"))
            for d in library.documents.values()
        }
        self._of_passage: dict[str, frozenset[str]] = {}

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
        return len(asked & (own | self._spoken_of(passage))) / len(asked)

    def _spoken_of(self, passage: Passage) -> frozenset[str]:
        """What a passage and its headings speak of: read once, since passages come up for question after question."""
        spoken_of = self._of_passage.get(passage.id)
        if spoken_of is None:
            text = normalise(f"{' '.join(passage.heading_path)} {passage.text}")
            spoken_of = self._of_passage[passage.id] = self._lexicon.subjects_in(text)
        return spoken_of
