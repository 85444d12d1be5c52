"""What is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.corpus.lexicon import Lexicon
from qa_service.corpus.models import Document, Passage
from qa_service.search.clause import ClauseReference, named_documents, read_clauses, resolve
from qa_service.search.expected import Expected, expected_kind
from qa_service.text.normal import normalise, strip_invisible
from qa_service.text.segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    text: str
    """As typed, invisible characters left out."""
    normal: str
    terms: tuple[str, ...]
    """What the lexical index knows it by."""
    search_terms: tuple[str, ...]
    """The same with those of the official words."""
    words: tuple[str, ...]
    """Its words that say what it is about."""
    official: tuple[str, ...]
    """Official words for the everyday ones in it, that are not in it themselves."""
    expected: Expected
    clauses: tuple[ClauseReference, ...]
    documents: frozenset[str]
    """Ids of the documents it names."""

    @property
    def spoken_to_model(self) -> str:
        """What the embedding model is shown: the question, then the official words."""
        return " ".join((self.normal, *self.official))


def understand(
    text: str, segmenter: Segmenter, lexicon: Lexicon, documents: Sequence[Document], passages: Sequence[Passage]
) -> Question:
    """Read a question.

    A reference that no passage answers to stays one only where the question names its document; else 第三条 may be
    anything.
    """
    clean = strip_invisible(text).strip()
    named = named_documents(clean, documents)
    clauses = read_clauses(clean)
    resolved = resolve(clauses, passages) if clauses else ()
    official = lexicon.official_words(clean)
    terms = segmenter.index_terms(clean)
    return Question(
        text=clean,
        normal=normalise(clean),
        terms=terms,
        search_terms=(*terms, *(term for word in official for term in segmenter.index_terms(word))),
        words=segmenter.content_words(clean),
        official=official,
        expected=expected_kind(clean),
        clauses=resolved or (clauses if named else ()),
        documents=named,
    )
