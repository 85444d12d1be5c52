"""The desk where staff close gaps: what the public asked and did not get, put together by what it asks."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from qa_service import shipped
from qa_service.answer.calibration import read_calibration
from qa_service.answer.curated.likeness import asked_form
from qa_service.answer.gaps.grouping import Asked, grouped, most_central
from qa_service.answer.gaps.reading import QuestionComparer
from qa_service.clock import Clock, today
from qa_service.errors import NotFoundError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.gap_store import Decision, GapStore, Outcome
from qa_service.journal.gap_tables import LONGEST_GAP
from qa_service.journal.unanswered import Unanswered, UnansweredQuestions
from qa_service.keeping import open_journal
from qa_service.service import Service

MOST_QUESTIONS = 5000
"""Different questions of a period that are put together; of more, those asked last."""
_NEARBY = 5
_NEAR = 0.5
"""Cosine from which a gap is shown beside another: somebody looks at it before anything is done to both."""


class State(StrEnum):
    """Whether a gap waits for staff."""

    OPEN = "open"
    AGAIN = "again"
    """It was closed by an answer, and people ask all the same and do not get it."""
    DECIDED = "decided"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {State.OPEN: "待处理", State.AGAIN: "答后又问", State.DECIDED: "已处理"}[self]


@dataclass(frozen=True, slots=True)
class Wording:
    """A way in which something is asked."""

    text: str
    count: int
    last: datetime


@dataclass(frozen=True)
class Gap:
    """Questions that ask the same and that were not answered."""

    id: str
    question: str
    """The most central of them; of what is decided, the one that was decided on."""
    asked: tuple[Unanswered, ...]
    """Of the period, the earliest first; of what is decided, perhaps none."""
    decision: Decision | None

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The ways in which it is asked, the most frequent first."""
        forms: dict[str, list[Unanswered]] = {}
        for question in self.asked:
            forms.setdefault(question.form, []).append(question)
        made = (Wording(same[-1].question, len(same), same[-1].at) for same in forms.values())
        return tuple(sorted(made, key=lambda wording: (-wording.count, wording.text)))

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.asked)

    @property
    def disliked(self) -> int:
        """How often somebody said that the answer did not help."""
        return sum(question.disliked for question in self.asked)

    @property
    def first(self) -> datetime | None:
        """When it was first asked."""
        return self.asked[0].at if self.asked else None

    @property
    def last(self) -> datetime | None:
        """When it was last asked."""
        return self.asked[-1].at if self.asked else None

    @property
    def again(self) -> int:
        """How often it was asked since it was decided on."""
        decision = self.decision
        return sum(question.at > decision.at for question in self.asked) if decision else 0

    @property
    def state(self) -> State:
        """Whether it waits for staff."""
        if self.decision is None:
            return State.OPEN
        reopened = self.decision.outcome is Outcome.ANSWERED and self.again
        return State.AGAIN if reopened else State.DECIDED

    def counted(self, name: str) -> Mapping[str, int]:
        """Return how often each value of a field of its questions comes, the most frequent first; without empty ones."""
        values = Counter(value for question in self.asked if (value := getattr(question, name)))
        return dict(sorted(values.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Period:
    """Days in China, both included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of a period, the most frequent first, then the last asked."""

    gaps: tuple[Gap, ...]
    cut: bool
    """Whether more was asked than is looked at; then the earliest are left out."""

    @property
    def waiting(self) -> tuple[Gap, ...]:
        """Those that wait for staff."""
        return tuple(gap for gap in self.gaps if gap.state is not State.DECIDED)

    def named(self, gap_id: str) -> Gap:
        """Return a gap by its id, or by what its id would be if another of its questions led it.

        Raises:
            NotFoundError: there is none in this period.
        """
        for gap in self.gaps:
            if gap.id == gap_id:
                return gap
        for gap in self.gaps:
            if gap_id in _ids_of(gap):
                return gap
        raise NotFoundError(
            f"这段日子里没有编号为 {gap_id[:LONGEST_GAP]!r} 的待补问题，可能已到期清除。请放宽起止日期，或回到列表重选。"
        )


class GapDesk:
    """Gaps of a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, comparer: QuestionComparer, clock: Clock) -> None:
        """Sit down at a desk.

        Args:
            journal: where questions and decisions are.
            comparer: what tells which questions ask the same.
            clock: what day it is.
        """
        self.unanswered = UnansweredQuestions(journal)
        self.store = GapStore(journal, clock, AuditTrail(journal, clock))
        self._comparer = comparer
        self._clock = clock

    def gaps(self, period: Period) -> Gaps:
        """Return the gaps of a period, whatever was decided on them.

        The same questions make the same gaps in whatever order they are read. Who asks later what was asked before
        joins it, and who asks what was decided on joins that.
        """
        found, cut = self.unanswered.between(period.since, period.until)
        questions = sorted(found, key=lambda question: (question.at, question.id))
        decisions = self.store.standing()
        latest: dict[str, str] = {}
        for question in reversed(questions):
            latest.setdefault(question.form, question.question)
            if len(latest) > MOST_QUESTIONS:
                latest.popitem()
                cut = True
                break
        forms = list(dict.fromkeys(q.form for q in questions if q.form in latest))
        day = today(self._clock)
        known = [(decision, text) for decision in decisions for text in decision.wordings]
        read = self._comparer.read([*(text for _, text in known), *(latest[form] for form in forms)], day)
        seeds, fresh = read[: len(known)], read[len(known) :]
        led = dict(zip(forms, grouped(fresh, self._comparer.threshold, seeds), strict=True))
        members: dict[int, list[Unanswered]] = {}
        of_decision: dict[int, list[Unanswered]] = {decision.id: [] for decision in decisions}
        for question in questions:
            leader = led.get(question.form)
            if leader is None:
                continue
            same = members.setdefault(leader, []) if leader >= len(known) else of_decision[known[leader][0].id]
            same.append(question)
        by_form = {asked.form: asked for asked in fresh}
        made = [_open_gap(asked, by_form) for asked in members.values()]
        made += [
            Gap(decision.gap, decision.question, tuple(of_decision[decision.id]), decision) for decision in decisions
        ]
        return Gaps(tuple(sorted(made, key=_rank)), cut)

    def nearby(self, gap: Gap, gaps: Gaps) -> tuple[Gap, ...]:
        """Return gaps that wait for staff and may be asking the same in other words, the nearest first."""
        others = [other for other in gaps.waiting if other.id != gap.id and other.asked]
        if not others or self._comparer.threshold is None:
            return ()
        mine, *theirs = self._comparer.read([gap.question, *(other.question for other in others)], today(self._clock))
        cosines = [float(their.vector @ mine.vector) for their in theirs]
        order = sorted(range(len(others)), key=lambda n: (-cosines[n], others[n].id))
        return tuple(others[n] for n in order[:_NEARBY] if cosines[n] >= _NEAR)

    def history(self, gap: Gap) -> tuple[Decision, ...]:
        """Return all that was ever decided on a gap, the earliest first."""
        return self.store.history({gap.id, *_ids_of(gap)})

    def decide(self, gap: Gap, outcome: Outcome, by: str, comment: str = "", curated_id: str | None = None) -> Decision:
        """Decide on a gap.

        Raises:
            GapError: the outcome lacks what belongs to it.
        """
        wordings = [wording.text for wording in gap.wordings]
        if gap.decision:
            wordings += [wording for wording in gap.decision.wordings if wording not in wordings]
        return self.store.decide(gap.id, gap.question, wordings, outcome, by, comment, curated_id)


def gap_id_of(question: str) -> str:
    """Return what a gap is known by that this question leads."""
    return hashlib.sha256(asked_form(question).encode()).hexdigest()[:LONGEST_GAP]


def _ids_of(gap: Gap) -> set[str]:
    return {gap_id_of(wording.text) for wording in gap.wordings}


def _open_gap(asked: Sequence[Unanswered], by_form: Mapping[str, Asked]) -> Gap:
    counts = Counter(question.form for question in asked)
    forms = sorted(counts)
    central = forms[most_central([by_form[form].vector for form in forms], [counts[form] for form in forms])]
    spoken = Counter(question.question for question in asked if question.form == central)
    text = min(spoken, key=lambda text: (-spoken[text], text))
    return Gap(gap_id_of(asked[0].question), text, tuple(asked), None)


def _rank(gap: Gap) -> tuple[int, float, str]:
    return (
        -gap.count,
        -(gap.last.timestamp() if gap.last else gap.decision.at.timestamp() if gap.decision else 0),
        gap.id,
    )


def comparer_of(service: Service) -> QuestionComparer:
    """Return what tells which questions ask the same; of a model on which that was not measured, only by their wording."""
    settings = service.settings
    measured = settings.embedding_model is None or settings.calibration_file is not None
    calibration = read_calibration(settings.calibration_file or shipped.calibration_file())
    return QuestionComparer(service.searcher, calibration.same_gap if measured else None)


def open_gap_desk(service: Service, comparer: QuestionComparer | None = None) -> GapDesk:
    """Return the desk of a service; nothing is read yet.

    Args:
        service: what is asked.
        comparer: what was opened before and remembers what it has read; another where there is none.
    """
    return GapDesk(open_journal(service.settings), comparer or comparer_of(service), service.clock)


def last_days(days: int, clock: Clock) -> Period:
    """Return a period that ends today."""
    until = today(clock)
    return Period(until - timedelta(days=days - 1), until)
