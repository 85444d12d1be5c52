"""What was changed between two wordings, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from qa_service.text.sentences import sentence_spans

Cut = Callable[[str], Sequence[str]]
"""Cuts a text into words; joined again they are the text."""

_SHORT = 20_000
"""Characters of one side times characters of the other; above it, whole sentences are held against each other first."""
_MOST_PAIRS = 250_000
"""Words of one side times words of the other that are held against each other at most."""
_SHORTEST_LEFT = 2
"""Fewer characters that stayed between two changes (的, a comma) are read as part of the change."""


class PieceKind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what became of it."""

    kind: PieceKind
    text: str


def word_changes(before: str, after: str, cut: Cut = tuple) -> tuple[Piece, ...]:
    """Return how ``before`` becomes ``after``.

    What is the same and what was deleted, joined, are ``before``; what is the same and what was inserted are
    ``after``. Of neighbouring pieces the deleted stands first, and no two are of one kind.

    Args:
        before: the wording that was.
        after: the wording that is.
        cut: cuts both into words; by default into characters.
    """
    if before == after:
        return (Piece(PieceKind.SAME, before),) if before else ()
    return tuple(p for was, now in _tidy(_pairs(before, after, cut)) for p in _pieces(was, now))


def before_of(pieces: Sequence[Piece]) -> str:
    """Return the wording that was."""
    return "".join(p.text for p in pieces if p.kind is not PieceKind.INSERTED)


def after_of(pieces: Sequence[Piece]) -> str:
    """Return the wording that is."""
    return "".join(p.text for p in pieces if p.kind is not PieceKind.DELETED)


def _pairs(before: str, after: str, cut: Cut) -> Iterator[tuple[str, str]]:
    """Yield what was and what is, in turn; they are equal where nothing changed."""
    if len(before) * len(after) <= _SHORT:
        yield from _matched(cut(before), cut(after))
        return
    for was, now in _matched(_sentences(before), _sentences(after)):
        old, new = ((), ()) if was == now else (cut(was), cut(now))
        if 0 < len(old) * len(new) <= _MOST_PAIRS:
            yield from _matched(old, new)
        else:
            yield was, now


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    # Where there is too much to hold everything against everything, what is everywhere (的) is not held on to.
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > _MOST_PAIRS)
    for _, i, j, k, m in matcher.get_opcodes():
        yield "".join(old[i:j]), "".join(new[k:m])


def _tidy(pairs: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs with neighbours of one kind made one, and changes with what hardly parts them."""
    tidy: list[tuple[str, str]] = []
    for was, now in pairs:
        if not tidy:
            tidy.append((was, now))
            continue
        changed, changed_before = was != now, tidy[-1][0] != tidy[-1][1]
        hardly_parted = changed and len(tidy) > 1 and not changed_before and len(tidy[-1][0]) < _SHORTEST_LEFT
        for _ in range(2 if hardly_parted else int(changed == changed_before)):
            was_before, now_before = tidy.pop()
            was, now = was_before + was, now_before + now
        tidy.append((was, now))
    return tidy


def _pieces(was: str, now: str) -> Iterator[Piece]:
    if was == now:
        yield Piece(PieceKind.SAME, was)
        return
    if was:
        yield Piece(PieceKind.DELETED, was)
    if now:
        yield Piece(PieceKind.INSERTED, now)
