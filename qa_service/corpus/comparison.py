"""Two versions of a text side by side: which clause became which, and what of it was changed.

Clauses belong together that say the same; then those that a consolidation says it renumbered; then the most alike;
then those of one number that are at all alike. What is left was added or removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qa_service.corpus.clauses import Clause
from qa_service.corpus.consolidation import DELETED
from qa_service.corpus.word_changes import Cut, Piece, PieceKind, word_changes
from qa_service.text.letters import letters_of

_ALIKE = 0.5
"""Share of common pairs of characters from which two clauses of different numbers are versions of one."""
_ALIKE_AT_ONE_PLACE = 0.2
_BONUS_OF_ONE_PLACE = 0.1
_TELLING_PAIRS = 24
"""So many of a clause's rarest pairs of characters look for its candidates: work grows with the text, not its square."""
_MOST_HOLDERS = 64
"""A pair of characters that more clauses hold than this tells nothing."""
_MOST_CANDIDATES = 8


class Fate(StrEnum):
    """What became of a clause."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    """The same words under another number."""
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        """The fate in Chinese."""
        return _LABELS[self]


_LABELS = {
    Fate.UNCHANGED: "未变",
    Fate.MOVED: "只改序号",
    Fate.CHANGED: "修改",
    Fate.ADDED: "新增",
    Fate.REMOVED: "删去",
}


@dataclass(frozen=True, slots=True)
class ClausePair:
    """A clause as it was and as it is; at least one of the two is there."""

    before: Clause | None
    after: Clause | None
    pieces: tuple[Piece, ...]
    """How its words changed, its number left out."""
    heading: tuple[Piece, ...] = ()
    """How what its heading says changed, where it has one that its words do not repeat."""

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.before is None:
            return Fate.ADDED
        if self.after is None:
            return Fate.REMOVED
        if any(piece.kind is not PieceKind.SAME for piece in (*self.heading, *self.pieces)):
            return Fate.CHANGED
        return Fate.UNCHANGED if self.before.location == self.after.location else Fate.MOVED


@dataclass(frozen=True)
class Comparison:
    """Two versions, clause by clause: in the order of the later one, what was removed behind what it stood behind."""

    pairs: tuple[ClausePair, ...]

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """How many clauses met each fate."""
        counted = Counter(pair.fate for pair in self.pairs)
        return {fate: counted[fate] for fate in Fate}


def compare(
    before: Sequence[Clause], after: Sequence[Clause], cut: Cut = tuple, moved: Mapping[str, str] | None = None
) -> Comparison:
    """Compare two versions of a text. Every clause is in the result exactly once.

    Args:
        before: the clauses of the earlier version, in reading order.
        after: those of the later one. One that only says that it was deleted counts as not there.
        cut: cuts text into words; joined again they are the text.
        moved: what is known of new numbers: the location before, the location now.
    """
    old = [clause for clause in before if clause.words.strip() != DELETED]
    new = [clause for clause in after if clause.words.strip() != DELETED]
    matched = _Matching(old, new, moved or {}).matched
    return Comparison(tuple(_in_order(old, new, matched, cut)))


def _in_order(
    old: Sequence[Clause], new: Sequence[Clause], matched: Mapping[int, int], cut: Cut
) -> Iterator[ClausePair]:
    before_of = {n: o for o, n in matched.items()}
    behind: dict[int | None, list[int]] = defaultdict(list)
    last: int | None = None
    for o in range(len(old)):
        if o in matched:
            last = matched[o]
        else:
            behind[last].append(o)
    yield from (_pair(old[o], None, cut) for o in behind[None])
    for n, clause in enumerate(new):
        yield _pair(old[before_of[n]] if n in before_of else None, clause, cut)
        yield from (_pair(old[o], None, cut) for o in behind[n])


def _pair(before: Clause | None, after: Clause | None, cut: Cut) -> ClausePair:
    return ClausePair(
        before,
        after,
        _changes(before.words if before else "", after.words if after else "", cut),
        _changes(before.heading if before else "", after.heading if after else "", cut),
    )


def _changes(was: str, now: str, cut: Cut) -> tuple[Piece, ...]:
    if "".join(was.split()) == "".join(now.split()):
        # Another printing may set blanks otherwise: that is no change.
        return word_changes(now, now)
    return word_changes(was, now, cut)


class _Matching:
    """Which clause of the earlier version became which of the later one, by their indexes."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause], moved: Mapping[str, str]) -> None:
        self._old, self._new = old, new
        self._letters_old = [letters_of(clause.words) for clause in old]
        self._letters_new = [letters_of(clause.words) for clause in new]
        self._pairs_old = [_pairs_of(letters) for letters in self._letters_old]
        self._pairs_new = [_pairs_of(letters) for letters in self._letters_new]
        self._titled_old = [_pairs_of(letters_of(clause.title + clause.words)) for clause in old]
        self._titled_new = [_pairs_of(letters_of(clause.title + clause.words)) for clause in new]
        self.matched: dict[int, int] = {}
        self._taken: set[int] = set()
        self._the_same()
        self._at({o: moved[c.location] for o, c in enumerate(old) if c.location in moved}, 0.0)
        self._the_most_alike()
        self._at({o: c.location for o, c in enumerate(old)}, _ALIKE_AT_ONE_PLACE)

    def _take(self, o: int, n: int) -> None:
        self.matched[o] = n
        self._taken.add(n)

    def _the_same(self) -> None:
        """Match what says the same; where several do, those of one number first, then in order."""
        holders: dict[str, list[int]] = defaultdict(list)
        for n, letters in enumerate(self._letters_new):
            holders[letters].append(n)
        places = {(self._letters_new[n], clause.location): n for n, clause in reversed([*enumerate(self._new)])}
        for o, clause in enumerate(self._old):
            same = places.get((self._letters_old[o], clause.location))
            if same is not None and same not in self._taken:
                self._take(o, same)
        for o in self._left():
            free = [n for n in holders[self._letters_old[o]] if n not in self._taken]
            if free and self._letters_old[o]:
                self._take(o, free[0])

    def _at(self, places: Mapping[int, str], least: float) -> None:
        """Match what stands at these locations, where it is alike enough."""
        standing = {clause.location: n for n, clause in reversed([*enumerate(self._new)])}
        for o in self._left():
            n = standing.get(places.get(o, ""))
            if n is not None and n not in self._taken and self._likeness(o, n) >= least:
                self._take(o, n)

    def _the_most_alike(self) -> None:
        found = [
            (likeness + (_BONUS_OF_ONE_PLACE if self._old[o].location == self._new[n].location else 0), o, n)
            for o in self._left()
            for n in self._candidates(o)
            if (likeness := self._likeness(o, n)) >= _ALIKE
        ]
        for _, o, n in sorted(found, key=lambda f: (-f[0], abs(f[1] - f[2]), f[1])):
            if o not in self.matched and n not in self._taken:
                self._take(o, n)

    def _candidates(self, o: int) -> list[int]:
        """Return those that share the most of this one's rarest pairs of characters."""
        rare = sorted(self._pairs_old[o], key=lambda pair: (len(self._holders.get(pair, ())), pair))
        telling = [p for p in rare if 0 < len(self._holders.get(p, ())) <= _MOST_HOLDERS][:_TELLING_PAIRS]
        shared = Counter(n for pair in telling for n in self._holders[pair])
        return [n for n, _ in sorted(shared.items(), key=lambda s: (-s[1], abs(s[0] - o)))[:_MOST_CANDIDATES]]

    @cached_property
    def _holders(self) -> Mapping[str, list[int]]:
        """Pair of characters to the clauses of the later version that hold it and are not matched yet."""
        holders: dict[str, list[int]] = defaultdict(list)
        for n, pairs in enumerate(self._pairs_new):
            if n not in self._taken:
                for pair in pairs:
                    holders[pair].append(n)
        return dict(holders)

    def _likeness(self, o: int, n: int) -> float:
        """Return the share of pairs of characters that two clauses have in common, in [0, 1]; with headings if more."""
        words = _share(self._pairs_old[o], self._pairs_new[n])
        return max(words, _share(self._titled_old[o], self._titled_new[n]))

    def _left(self) -> list[int]:
        return [o for o in range(len(self._old)) if o not in self.matched]


def _share(old: frozenset[str], new: frozenset[str]) -> float:
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 0.0


def _pairs_of(letters: str) -> frozenset[str]:
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
