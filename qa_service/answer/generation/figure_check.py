"""A figure held against the place where its passage gives it: of the same matter, on the same side of 以上 and 以下."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qa_service.answer.generation.claims import Claim
from qa_service.answer.generation.common_words import telling
from qa_service.answer.generation.ground import Clause, Ground, Statement
from qa_service.answer.generation.modality import Bound, bounds_at
from qa_service.answer.models import Fault

_SUPPORTED = 0.5
"""The share of the words around a figure that must stand with it in its source."""


class _Place(NamedTuple):
    """Where a passage gives a figure."""

    statement: Statement
    at: int

    @property
    def part(self) -> Clause:
        """The part of the sentence that holds the figure."""
        return self.statement.parts[self.at]


class FigureCheck:
    """The figures and dates of one sentence."""

    def __init__(self, said: Statement, asked: str, subjects: frozenset[str]) -> None:
        """Take up a sentence.

        Args:
            said: the sentence.
            asked: the question, in normal form.
            subjects: the words that tell kinds of right: 商标 is not 专利.
        """
        self._said, self._asked, self._subjects = said, asked, subjects

    def faults(self, grounds: Sequence[Ground]) -> Iterator[tuple[Fault, str]]:
        """Yield each figure and date that no passage gives with the words it has here, in one place."""
        for at, part in enumerate(self._said.parts):
            figures = [claim for claim in part.claims.made if claim.fault in (Fault.FIGURE, Fault.DATE)]
            for claim in figures:
                faults = [self._tie(claim, figures, at, ground) for ground in grounds]
                if all(fault is not None for fault in faults):
                    yield next(fault for fault in faults if fault), claim.value

    def _tie(self, claim: Claim, beside: Sequence[Claim], at: int, ground: Ground) -> Fault | None:
        """What is wrong with a figure by one passage: None where it gives the figure of the same matter.

        Of the places where the figure stands, the one that has most of what is said about it counts, and it has every
        figure said in the same breath.
        """
        places = [
            _Place(statement, place)
            for statement in (*ground.statements, ground.heading_statement)
            if _all_held_in(beside, statement)
            for place, part in enumerate(statement.parts)
            if _holds(claim, part)
        ]
        likeness = {place: self._likeness(claim, beside, at, place, ground) for place in places}
        best = max(likeness.values(), default=0)
        on_the_matter = [p for p in places if likeness[p] == best and self._is_same_matter(claim, at, p, ground)]
        if not on_the_matter:
            return claim.fault
        if claim.fault is Fault.DATE or any(_same_bound(claim, self._said.parts[at], p.part) for p in on_the_matter):
            return None
        return Fault.BOUND

    def _likeness(self, claim: Claim, beside: Sequence[Claim], at: int, place: _Place, ground: Ground) -> float:
        """How much of what is said about a figure stands where a passage gives it."""
        parts, theirs, near = self._said.parts, place.statement.parts, _near(claim, place, ground)
        figures = sum(_holds(other, place.part) for other in beside)
        own = sum(word in place.part.text for word in telling(parts[at].words))
        around = sum(word in near for word in telling(self._around(claim, at)))
        alike = sum(
            len(parts[at + side].words & theirs[place.at + side].words)
            for side in (-1, 1)
            if 0 <= at + side < len(parts) and 0 <= place.at + side < len(theirs)
        )
        return 2 * figures + 2 * own + around + 0.5 * alike

    def _around(self, claim: Claim, at: int) -> frozenset[str]:
        parts = self._said.parts
        return parts[at].words.union(*(part.words for part in _beside(parts, at, claim)))

    def _is_same_matter(self, claim: Claim, at: int, place: _Place, ground: Ground) -> bool:
        """Whether the words about a figure are those of its source.

        Most of its own words stand there; none of those around it belongs to another figure; no kind of right was
        brought in; and nothing took the place of what stands beside the figure there.
        """
        part, near = self._said.parts[at], _near(claim, place, ground)
        own, rivals = telling(part.words), _rivals(claim, ground, place.statement)
        counted = [word for word in own if word in near or word not in self._asked]
        if sum(word in near for word in counted) < _SUPPORTED * len(counted):
            return False
        missing = [word for word in telling(self._around(claim, at)) if word not in near]
        if any(word in rival for rival in rivals for word in missing):
            return False
        said = "\n".join([part.text, *(beside.text for beside in _beside(self._said.parts, at, claim))])
        if any(word in said and word not in near for word in self._subjects):
            return False
        return not self._is_substituted(own, place, f"{place.statement.label}\n{ground.lead}\n{ground.headings}")

    def _is_substituted(self, own: frozenset[str], place: _Place, above: str) -> bool:
        """Whether words beside a figure took the place of those in its source: 转让金额15亿元 of 质押金额15亿元."""
        brought = any(word not in place.part.text and word not in above for word in own)
        return brought and any(word not in self._said.text for word in telling(place.part.words))


def _near(claim: Claim, place: _Place, ground: Ground) -> str:
    """What a passage says about a figure: its part, the parts beside without another such figure, and what is above."""
    beside = [part.text for part in place.statement.parts if not part.has_rival(claim)]
    return "\n".join([place.part.text, *beside, ground.lead, ground.headings])


def _holds(claim: Claim, part: Clause) -> bool:
    return claim.value in part.claims.values


def _beside(parts: Sequence[Clause], at: int, claim: Claim) -> Iterator[Clause]:
    """Yield the parts before one, and those after it up to the next figure, without those that have a rival figure."""
    yield from (part for part in parts[:at] if not part.has_rival(claim))
    for part in parts[at + 1 :]:
        if part.has_rival(claim):
            return
        yield part


def _same_bound(claim: Claim, said: Clause, source: Clause) -> bool:
    """Whether a figure is bounded as in its source; 三个月内 may be said as 三个月."""
    ours, theirs = _bounds(claim, said), _bounds(claim, source)
    if ours == theirs:
        return True
    return claim.unit == "时" and not ours and theirs == {Bound.UPPER}


def _bounds(claim: Claim, clause: Clause) -> frozenset[Bound]:
    return frozenset(
        bound
        for other in clause.claims.made
        if other.value == claim.value
        for bound in bounds_at(clause.text, *other.at)
    )


def _all_held_in(claims: Sequence[Claim], statement: Statement) -> bool:
    """Whether one sentence holds all the figures of a breath, in the same order: 从22个月缩到6个月."""
    at = 0
    for claim in claims:
        while at < len(statement.parts) and not _holds(claim, statement.parts[at]):
            at += 1
        if at == len(statement.parts):
            return False
    made = [claim.value for part in statement.parts for claim in part.claims.made]
    theirs = iter(made)
    return all(claim.value in theirs for claim in claims if claim.value in made)


def _rivals(claim: Claim, ground: Ground, own: Statement) -> list[str]:
    """The texts that hold another figure of the same kind: other sentences, and other parts of the same one."""
    others = [s.text for s in ground.statements if s is not own and any(p.has_rival(claim) for p in s.parts)]
    return [*others, *(part.text for part in own.parts if part.has_rival(claim))]
