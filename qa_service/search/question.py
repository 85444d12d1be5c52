"""What is asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage, ValidityState
from qa_service.search.clause import ClauseReference, DocumentNames, names_of, read_clauses, resolve
from qa_service.search.english import English
from qa_service.search.expected import Expected, kinds_asked
from qa_service.search.sections import Sections
from qa_service.search.spelling import Correction, spelling_of
from qa_service.text.normal import normalise
from qa_service.text.readable import readable
from qa_service.text.segmenter import Segmenter

_SAYS = re.compile(r"[^,。;?!]{2,16}?(?:里面?|中|上|是|对此|又)*(?:怎么|如何|怎样|咋)(?:表述|说|规定|讲|写|提)")
"""What a document says: 规划是怎么说的."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    text: str
    """As typed, invisible characters left out."""
    corrections: tuple[Correction, ...]
    """The slips in it that are put right in everything below."""
    normal: str
    """In normal form."""
    terms: tuple[str, ...]
    """What the lexical index knows it by."""
    words: tuple[str, ...]
    """Its words that say what it is about."""
    spoken: str
    """What is looked for, and shown to the embedding model: the normal form, of a question in English its Chinese."""
    official: tuple[str, ...]
    """Official words for the everyday ones in it, that are not in it themselves."""
    asks: tuple[Expected, ...]
    """The kinds of answer it expects, the most telling first; none where it is open."""
    topics: frozenset[str]
    """The topics it speaks of, as documents name them: 资助, 保护, 申请, 运用, 服务. None where its words tell none."""
    clauses: tuple[ClauseReference, ...]
    documents: frozenset[str]
    """Ids of the documents it names."""
    family: frozenset[str]
    """Ids of the documents that carry the name of one of them: 专利法实施细则 where 专利法 is named."""
    unknown_document: str | None
    """A law it names together with a clause and that the corpus does not hold."""

    @property
    def expected(self) -> Expected:
        """The kind of answer it expects above all."""
        return self.asks[0] if self.asks else Expected.OPEN

    @property
    def how(self) -> bool:
        """Whether it asks how a thing is done, be it beside a figure: steps, papers, where to go."""
        return Expected.HOW in self.asks

    @property
    def understood(self) -> str | None:
        """The question with its slips put right, or None where it has none."""
        text = self.text
        for said, read in self.corrections:
            text = text.replace(said, read)
        # What was typed in traditional characters does not hold the slips as they were read.
        return (text if text != self.text else self.normal) if self.corrections else None


class QuestionReader:
    """Understands questions about one corpus. Stateless between calls, and safe to share between threads."""

    def __init__(
        self, library: Library, segmenter: Segmenter, passages: Sequence[Passage], shares: Mapping[str, float]
    ) -> None:
        """Get to know a corpus.

        Args:
            library: its documents and its lexicon.
            segmenter: what cuts its texts into words.
            passages: all its passages.
            shares: its words, each with the share of passages that hold it, in [0, 1].
        """
        self._library = library
        self._segmenter = segmenter
        self._passages = passages
        self._names = DocumentNames(library.documents.values())
        self._sections = Sections(passages)
        called = (name for document in library.documents.values() for name in names_of(document))
        self._english = English(library.lexicon)
        self._spelling = spelling_of(library.lexicon, called, shares, segmenter.frequency)

    def read(self, text: str, day: date) -> Question:
        """Read a question.

        A reference that no passage answers to stays one only where the question names its document; else 第三条 may be
        anything. Of several versions so called, the one in force on ``day`` is meant.
        """
        clean = readable(text).strip()
        normal, corrections = self._spelling.correct(normalise(clean))
        # What is asked in English is found, and understood, by its Chinese words.
        chinese = self._english.in_chinese(normal)
        spoken = normal if chinese is None else chinese
        names, lexicon = self._names, self._library.lexicon
        clauses = read_clauses(spoken)
        called = names.in_question(spoken)
        named = frozenset(d for ids in self._speaking(spoken) or called for d in _in_force(ids, self._library, day))
        if clauses and not named:
            named = names.of_kind_in(spoken)
        if section := self._sections.referred_to(spoken, named):
            clauses, named = (section[1],), frozenset({section[0].document_id})
        resolved = resolve(clauses, self._passages) if clauses else ()
        asked = normal if chinese is None else f"{normal}\n{chinese}"
        return Question(
            text=clean,
            corrections=corrections,
            normal=normal,
            terms=self._segmenter.index_terms(spoken),
            spoken=spoken,
            words=self._segmenter.content_words(spoken),
            official=lexicon.official_words(asked),
            asks=kinds_asked(asked),
            topics=lexicon.topics_in(asked),
            clauses=resolved or (clauses if named else ()),
            documents=named,
            family=names.family_of(named) if named else frozenset(),
            unknown_document=names.unknown_in(spoken) if clauses else None,
        )

    def _speaking(self, spoken: str) -> tuple[frozenset[str], ...]:
        """Return the document that is asked what it says of another: 规划对惩罚性赔偿怎么规定."""
        says = _SAYS.search(spoken)
        return self._names.in_question(says.group())[-1:] if says else ()


def _in_force(ids: frozenset[str], library: Library, day: date) -> frozenset[str]:
    """Return the versions that are in force; all of them where none, or only one, is there to choose from."""
    if len(ids) == 1:
        return ids
    current = frozenset(d for d in ids if library.validity(d, day).state is ValidityState.IN_FORCE)
    return current or ids
