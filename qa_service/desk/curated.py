"""The desk where staff approve answers: what they propose is held against the corpus before it is kept."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from qa_service.answer.curated.answers import CITABLE_STATES, Condition, CuratedAnswer, Ground
from qa_service.answer.curated.likeness import asked_form
from qa_service.answer.curated.text import faults_of, figures_beyond
from qa_service.answer.manners.courtesy import courtesy
from qa_service.answer.models import Citation
from qa_service.answer.notices import notices_of
from qa_service.clock import Clock, china_clock, today
from qa_service.corpus.library import Library, read_library
from qa_service.corpus.models import Passage
from qa_service.corpus.passages import passages_of
from qa_service.errors import CuratedAnswerError
from qa_service.journal.curated_file import CuratedEntry
from qa_service.journal.curated_store import IMPORTED, CuratedStore
from qa_service.journal.database import Journal
from qa_service.settings import Settings
from qa_service.text.book_marks import in_book_marks
from qa_service.text.segmenter import Segmenter

_BOOK_MARKS = re.compile("[《》]")
_MOST_SUGGESTED = 3
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer with how it stands today."""

    answer: CuratedAnswer
    condition: Condition
    hits: int
    changes: tuple[str, ...]
    """What has changed in the clauses it cites."""


class CuratedDesk:
    """Curated answers with the corpus they rest on."""

    def __init__(
        self, store: CuratedStore, library: Library, passages: Callable[[str], Mapping[str, Passage]], clock: Clock
    ) -> None:
        """Sit down at a desk.

        Args:
            store: where the answers are kept.
            library: the corpus.
            passages: returns the passages of a document by their ids; none where there is no such document.
            clock: what day it is.
        """
        self.store = store
        self._library = library
        self._ground = Ground(library, self._passage)
        self._passages = passages
        self._clock = clock

    def propose(self, entry: CuratedEntry, by: str, *, force: bool = False) -> CuratedAnswer:
        """Return what would be kept if ``by`` approved an entry now; nothing is kept yet.

        Args:
            entry: the answer as it was written.
            by: who approves it.
            force: approve it although figures of it do not stand in what it cites.

        Raises:
            CuratedAnswerError: it cannot be approved; the message names every fault.
        """
        day = today(self._clock)
        passages, uncited = self._cited(entry.passage_ids(), day)
        faults = [("cites", fault) for fault in uncited]
        faults += [("answer", fault) for fault in faults_of(entry.answer, len(entry.cites))]
        faults += [
            ("wordings" if n else "question", f"“{question}”不是一个问题")
            for n, question in enumerate((entry.question, *entry.wordings))
            if not _is_asked(question)
        ]
        if entry.expires <= day:
            faults.append(("expires", f"有效期 {entry.expires} 应晚于今天（{day}）"))
        if not faults and not force and (beyond := figures_beyond(entry.answer, [self._speaks(p) for p in passages])):
            faults.append(("force", f"所引条款里没有这些数字：{'、'.join(beyond)}（核对无误的，加 --force）"))
        if faults:
            said = "；".join(fault for _, fault in faults)
            raise CuratedAnswerError(f"“{entry.question}”不能录入：{said}。", faults)
        return CuratedAnswer(
            id=entry.id or f"c-{uuid.uuid4().hex[:8]}",
            question=entry.question,
            wordings=tuple(dict.fromkeys(entry.wordings)),
            text=entry.answer,
            clauses=tuple(self._ground.clause(passage, day) for passage in passages),
            approved_by=by,
            approved_on=day,
            expires=entry.expires,
            note=entry.note,
        )

    def renew(self, answer_id: str, expires: date, by: str, *, force: bool = False) -> CuratedAnswer:
        """Approve an answer anew, on the ground of its clauses as they are now.

        Raises:
            CuratedAnswerError: there is none, or it could not be approved today if it were new.
        """
        old = self.store.answer(answer_id)
        entry = CuratedEntry(
            question=old.question,
            wordings=list(old.wordings),
            answer=old.text,
            cites=[clause.passage_id for clause in old.clauses],
            expires=expires,
        )
        new = self.propose(entry, by, force=force)
        return self.store.renew(answer_id, new.expires, new.clauses, new.approved_on, by)

    def take_over(self, entry: CuratedEntry, by: str) -> CuratedAnswer | None:
        """Keep an answer that was approved on another machine; None where it is kept already.

        Raises:
            CuratedAnswerError: it has no record of its approval, or another one of its id or question is kept.
        """
        answer = entry.approved()
        if answer in self.store.answers():
            return None
        self.store.add(answer, by, IMPORTED)
        return answer

    def standings(self) -> list[Standing]:
        """Return every answer with how it stands today, those first that wait for staff."""
        hits, day = self.store.hits(), today(self._clock)
        order = [Condition.CHANGED, Condition.IN_USE, Condition.EXPIRED, Condition.WITHDRAWN]
        found = [self._standing(answer, hits.get(answer.id, 0), day) for answer in self.store.answers()]
        return sorted(found, key=lambda standing: order.index(standing.condition))

    def standing(self, answer_id: str) -> Standing:
        """Return how one answer stands today.

        Raises:
            CuratedAnswerError: there is none of this id.
        """
        return self._standing(self.store.answer(answer_id), self.store.hits().get(answer_id, 0), today(self._clock))

    def shown(self, answer: CuratedAnswer) -> Iterator[str]:
        """Yield the lines that the public sees of an answer; of a clause that is gone, that it is."""
        yield f"问：{answer.question}"
        yield f"答（人工审核）：{answer.text}"
        citations = []
        day = today(self._clock)
        for n, clause in enumerate(answer.clauses, 1):
            passage = self._passage(clause.passage_id)
            if passage is None:
                yield f"[{n}] {clause.passage_id}（已不在语料里）"
                continue
            document = self._library[passage.document_id]
            validity = self._library.validity(document.id, day)
            upcoming = self._library.upcoming(document.id, day)
            citations.append(Citation(n, passage, document, validity, (), upcoming, 1.0))
            yield f"[{n}] {in_book_marks(document.title)}{passage.titled_location}（{validity.state.label}）"
            text = " ".join(passage.text.split())
            yield f"    {text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + '……'}"
        for notice in notices_of(citations):
            yield f"注意：{notice}"

    def _standing(self, answer: CuratedAnswer, hits: int, day: date) -> Standing:
        changes = self._ground.changes(answer, day)
        return Standing(answer, self._ground.condition(answer, day), hits, changes)

    def _cited(self, cites: Sequence[str], day: date) -> tuple[list[Passage], list[str]]:
        """Return the passages that are cited, by their ids or as people cite them: 《专利法》第四十二条."""
        passages, faults = [], []
        for cite in cites:
            passage = self._passage(cite) or self._named(cite)
            if passage is None:
                faults.append(f"没有条款 {cite}{self._meant(cite)}")
                continue
            validity = self._library.validity(passage.document_id, day)
            if validity.state not in CITABLE_STATES:
                faults.append(f"{cite} 所在文件{validity.state.label}（{validity.note}），不能引用")
            passages.append(passage)
        return passages, faults

    def _named(self, cite: str) -> Passage | None:
        """Return the one passage that stands at the place a citation names, in the document in force of that name."""
        day, said = today(self._clock), _BOOK_MARKS.sub("", cite)
        named = (
            passage
            for document in self._library.documents.values()
            for name in {document.id, document.title, document.name}
            if said.startswith(name) and self._library.validity(document.id, day).state in CITABLE_STATES
            for passage in self._passages(document.id).values()
            if said.removeprefix(name).strip() in {passage.location, passage.titled_location}
        )
        found = {passage.id: passage for passage in named}
        return next(iter(found.values())) if len(found) == 1 else None

    def _meant(self, passage_id: str) -> str:
        """Say what may have been meant by an id that no passage has."""
        document_id, _, key = passage_id.partition("#")
        if document_id not in self._library.documents:
            return "。写条款编号（qa-service search --json 里的 passage_id）或《文件名》位置"
        like = [p.id for p in self._passages(document_id).values() if key and (key in p.key or key in p.location)]
        return f"，是不是 {'、'.join(like[:_MOST_SUGGESTED])}" if like else ""

    def _passage(self, passage_id: str) -> Passage | None:
        return self._passages(passage_id.partition("#")[0]).get(passage_id)

    def _speaks(self, passage: Passage) -> str:
        """What may speak for a figure: the clause, where it stands, and what its document is called."""
        document = self._library[passage.document_id]
        return " ".join((document.title, document.number or "", *passage.heading_path, passage.location, passage.text))


def open_desk(
    settings: Settings, journal: Journal, *, library: Library | None = None, clock: Clock = china_clock
) -> CuratedDesk:
    """Open the desk on the corpus alone: no index is needed, and only documents that are cited are cut.

    Args:
        settings: where the corpus is.
        journal: where the answers are kept.
        library: the corpus, where it has been read already.
        clock: what day it is.

    Raises:
        CorpusError: the corpus cannot be read.
    """
    library = library or read_library(settings.corpus_dir)

    @cache
    def segmenter() -> Segmenter:
        return Segmenter(library.lexicon.terms)

    @cache
    def passages(document_id: str) -> Mapping[str, Passage]:
        document = library.documents.get(document_id)
        return {passage.id: passage for passage in passages_of(document, segmenter().count)} if document else {}

    return CuratedDesk(CuratedStore(journal, clock), library, passages, clock)


def _is_asked(question: str) -> bool:
    """Whether a question would get as far as a curated answer."""
    return bool(asked_form(question)) and courtesy(question) is None
