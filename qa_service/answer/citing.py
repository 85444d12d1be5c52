"""What is said, and the passages it is cited from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.answer.extract import Sentence, probabilities
from qa_service.answer.models import Citation
from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage
from qa_service.search.searcher import Hit
from qa_service.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer, and where it stands."""

    text: str
    passage: Passage
    spans: tuple[Span, ...] = ()
    """What of ``passage.text`` it takes up."""
    opens: bool = False
    """It is the word that answers, said before the sentence that holds it."""

    @classmethod
    def of(cls, sentence: Sentence, text: str) -> "Statement":
        """Say a sentence that was found in the words of ``text``."""
        return cls(text, sentence.hit.passage, (sentence.span,))


class Citer:
    """Makes the citations of one answer."""

    def __init__(self, library: Library, day: date, hits: Sequence[Hit], top_k: int) -> None:
        """Get to know what was found.

        Args:
            library: the documents.
            day: the day on which validity is judged.
            hits: the passages found, the best first.
            top_k: the most citations, unless more passages are said.
        """
        self._library = library
        self._day = day
        self._hits = hits
        self._top_k = top_k
        self._chance: Mapping[str, float] = dict(
            zip((hit.passage.id for hit in hits), probabilities([hit.score for hit in hits]), strict=True)
        )

    def cite(self, statements: Sequence[Statement], *, beside: bool = True) -> tuple[Citation, ...]:
        """Return the passages that are said, in the order they are said, and then the next best, where ``beside``."""
        said = {statement.passage.id: statement.passage for statement in statements}
        spans: dict[str, set[Span]] = {}
        for statement in statements:
            spans.setdefault(statement.passage.id, set()).update(statement.spans)
        rest = [h.passage for h in self._hits[: self._top_k] if beside and h.passage.id not in said]
        passages = [*said.values(), *rest][: max(self._top_k, len(said))]
        return tuple(self._citation(n, p, spans.get(p.id, set())) for n, p in enumerate(passages, 1))

    def _citation(self, n: int, passage: Passage, spans: set[Span]) -> Citation:
        document_id = passage.document_id
        return Citation(
            n=n,
            passage=passage,
            document=self._library[document_id],
            validity=self._library.validity(document_id, self._day),
            upcoming=self._library.upcoming(document_id, self._day),
            highlights=tuple(sorted(spans)),
            score=round(self._chance.get(passage.id, 0.0), 4),
        )


def numbers_of(citations: Sequence[Citation]) -> Mapping[str, int]:
    """Return passage id to the number it is cited by."""
    return {citation.passage.id: citation.n for citation in citations}
