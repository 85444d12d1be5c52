"""What a clause forbids, allows, demands or denies, held against the clause that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_service.answer.generation.ground import Clause, Ground, Statement
from qa_service.answer.generation.modality import Mode
from qa_service.answer.models import Fault

_NEARLY_THE_SAME = 0.75
"""Two clauses that share this much of the longer one's words are nearly the same."""
_FEW_WORDS = 2
"""A clause of so few words that neither forbids nor allows only names what is spoken of."""
_AS_NEAR = 0.95
"""Clauses that share at least this much of what the nearest shares are where a clause may have been taken from."""
_COMMANDS = {Mode.DEMANDED, Mode.ALLOWED}
_SIDES = {Mode.ABOVE, Mode.BELOW, Mode.EARLIER, Mode.LATER}


class MannerCheck:
    """The clauses of one sentence."""

    def __init__(self, said: Statement, subjects: frozenset[str]) -> None:
        """Take up a sentence and the words that tell kinds of right."""
        self._said, self._subjects = said, subjects

    def faults(self, grounds: Sequence[Ground]) -> Iterator[tuple[Fault, str]]:
        """Yield each clause that no clause near to it puts so, and each kind of right that those do not speak of."""
        above = "\n".join(f"{ground.lead}\n{ground.headings}" for ground in grounds)
        for at, clause in enumerate(self._said.clauses):
            nearest = self._nearest(at, grounds)
            if nearest and not any(_same_modes(clause, *source) for source in nearest):
                yield Fault.MODALITY, clause.text
            near = "\n".join([above, *(statement.text for statement, _ in nearest)])
            for word in self._subjects if nearest else ():
                if word in clause.text and word not in near:
                    yield Fault.UNSUPPORTED, word

    def _nearest(self, at: int, grounds: Sequence[Ground]) -> list[tuple[Statement, Clause]]:
        """The clauses that a clause may have been taken from: those with most of its words, in the most alike place."""
        scored = [
            (_alike(self._said, at, statement, place), statement, source)
            for ground in grounds
            for statement in ground.statements
            for place, source in enumerate(statement.clauses)
        ]
        best = max((score for score, _, _ in scored), default=0.0)
        clause = self._said.clauses[at]
        names_only = not clause.modes and 0 < len(clause.words) <= _FEW_WORDS
        return [
            (statement, source)
            for score, statement, source in scored
            if (best > 0 and score >= _AS_NEAR * best) or (names_only and clause.words <= source.words)
        ]


def _alike(said: Statement, at: int, source: Statement, place: int) -> float:
    """How alike two clauses are: the words and figures they share, then those of the clauses beside them."""
    shared = _shared(said, at, source, place)
    beside = _shared(said, at - 1, source, place - 1) + _shared(said, at + 1, source, place + 1)
    if not (shared or (beside and not said.clauses[at].words)):
        return 0.0
    extra = len(source.clauses[place].words - said.clauses[at].words)
    whole = len(said.words & source.words) / (len(said.words) or 1)
    return max(shared + 0.4 * beside + 2 * whole - 0.1 * extra, 0.01)


def _shared(said: Statement, at: int, source: Statement, place: int) -> int:
    if not (0 <= at < len(said.clauses) and 0 <= place < len(source.clauses)):
        return 0
    ours, theirs = said.clauses[at], source.clauses[place]
    return len(ours.words & theirs.words) + len(ours.claims.values & theirs.claims.values)


def _same_modes(said: Clause, statement: Statement, source: Clause) -> bool:
    """Whether a clause puts it as its source does.

    A clause without 可以 or 应当 of its own takes it from the sentence it stands in. What is nearly the same clause
    denies as often.
    """
    theirs, about = set(source.modes), {mode for clause in statement.clauses for mode in clause.modes}
    theirs |= about & _SIDES
    if not theirs & _COMMANDS:
        theirs |= about & _COMMANDS
    if any(mode not in theirs for mode in said.modes if mode is not Mode.DENIED):
        return False
    shared = len(said.words & source.words)
    if shared >= _NEARLY_THE_SAME * max(len(said.words), len(source.words)):
        return said.modes[Mode.DENIED] == source.modes[Mode.DENIED]
    return (said.modes[Mode.DENIED] > 0) == (source.modes[Mode.DENIED] > 0)
