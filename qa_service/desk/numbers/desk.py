"""The desk where the figures of a period are put together with the corpus that was answered from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qa_service.corpus.library import Library, read_library
from qa_service.corpus.models import Passage
from qa_service.desk.numbers.words import in_chinese
from qa_service.journal.figures import Figures, Totals
from qa_service.journal.figures_store import FiguresStore
from qa_service.journal.period import Compared
from qa_service.keeping import open_journal
from qa_service.settings import Settings

NO_TOPIC = "未分主题"


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document that answers cite."""

    id: str
    name: str
    answers: int
    first: int
    known: bool
    """Whether the corpus still holds it."""


@dataclass(frozen=True, slots=True)
class NamedPassage:
    """A passage that answers cite."""

    id: str
    document_id: str
    document: str
    location: str
    answers: int
    known: bool


@dataclass(frozen=True, slots=True)
class NumbersReport:
    """What a period comes to, with names, and what it is held against."""

    compared: Compared
    figures: Figures
    before: Totals | None
    """The sums of the period before; None where the journal does not hold it whole."""
    cautions: tuple[str, ...]
    """What whoever copies the figures must know, in sentences."""
    topics: Mapping[str, int]
    """Answers by the topics of the document that is their main ground; one with several counts for each."""
    documents: tuple[NamedDocument, ...]
    passages: tuple[NamedPassage, ...]

    @property
    def grounds(self) -> int:
        """How many answers have a main ground: what the counts of topics are parts of."""
        return sum(document.first for document in self.documents)


class NumbersDesk:
    """Figures with the corpus. The journal knows documents by their ids alone."""

    def __init__(
        self, store: FiguresStore, library: Library, passages: Callable[[str], Iterable[Passage]] = lambda _: ()
    ) -> None:
        """Sit down at a desk.

        Args:
            store: where it is counted.
            library: the corpus.
            passages: returns the passages of a document, none where there is no such document; without it passages
                are named by the last part of their ids.
        """
        self._store = store
        self._library = library
        self._passages = passages

    def report(self, compared: Compared, *, questions: int = 20) -> NumbersReport:
        """Return what a period comes to.

        Args:
            compared: the period and the one it is held against.
            questions: how many of the most frequent questions at most.
        """
        figures = self._store.of(compared.period, questions=questions)
        since = figures.kept_since
        whole = since is not None and since <= compared.before.first
        return NumbersReport(
            compared=compared,
            figures=figures,
            before=self._store.totals(compared.before) if whole else None,
            cautions=_cautions(compared, figures),
            topics=self._topics(figures),
            documents=tuple(
                NamedDocument(cited.document_id, self._name(cited.document_id), cited.answers, cited.first, known)
                for cited in figures.documents
                for known in [cited.document_id in self._library.documents]
            ),
            passages=self._named_passages(figures),
        )

    def _topics(self, figures: Figures) -> Mapping[str, int]:
        topics: Counter[str] = Counter()
        for cited in figures.documents:
            document = self._library.documents.get(cited.document_id)
            for topic in (document.topics if document else ()) or (NO_TOPIC,):
                topics[topic] += cited.first
        ordered = sorted(topics.items(), key=lambda item: (-item[1], item[0]))
        return {topic: count for topic, count in ordered if count}

    def _name(self, document_id: str) -> str:
        document = self._library.documents.get(document_id)
        return document.name if document else f"{document_id}（已不在语料中）"

    def _named_passages(self, figures: Figures) -> tuple[NamedPassage, ...]:
        locations: dict[str, str] = {}
        for document_id in {cited.document_id for cited in figures.passages}:
            locations.update((passage.id, passage.titled_location) for passage in self._passages(document_id))
        return tuple(
            NamedPassage(
                cited.passage_id,
                cited.document_id,
                self._name(cited.document_id),
                locations.get(cited.passage_id, cited.passage_id.partition("#")[2]),
                cited.answers,
                cited.passage_id in locations,
            )
            for cited in figures.passages
        )


def open_numbers(settings: Settings) -> NumbersDesk:
    """Open the desk on the corpus and the journal that the settings name; no index is needed.

    Raises:
        CorpusError: the corpus cannot be read.
    """
    return NumbersDesk(FiguresStore(open_journal(settings)), read_library(settings.corpus_dir))


def _cautions(compared: Compared, figures: Figures) -> tuple[str, ...]:
    since = figures.kept_since
    if since is None:
        return ()
    said = []
    if since > compared.period.first:
        said.append(
            f"记录从{in_chinese(since)}开始：更早的没有记录，或已到保存期限清除；本页数字不含那些天。"
            if figures.totals.asked
            else f"记录从{in_chinese(since)}开始，这段日子没有记录。"
        )
    if since > compared.before.first:
        last = compared.before.last
        what = "没有记录" if since > last else "只有一部分记录"
        said.append(f"{compared.before_name}（{compared.before.label}）{what}，不作比较。")
    return tuple(said)
