"""How two texts of a document differ, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.corpus.clauses import Clause, clauses_of
from qa_service.corpus.comparison import ClausePair, Fate, compare
from qa_service.corpus.field_names import FIELD_NAMES
from qa_service.corpus.models import Document
from qa_service.corpus.passages import passages_of

_COMPARED = ("title", "issuer", "number", "issued", "effective", "expires", "level", "kind", "topics")
_SAME = (Fate.UNCHANGED, Fate.MOVED)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise than before; one of the two is empty where it is new or gone."""

    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a text has otherwise than one that is there already."""

    against: Document
    fields: tuple[Change, ...]
    clauses: tuple[Change, ...]
    same: int
    """How many clauses say the same in both."""
    moved: int = 0
    """How many of these stand under another number."""

    @property
    def is_none(self) -> bool:
        """Whether they are the same, to the character."""
        return not self.fields and not self.clauses and not self.moved


def difference(before: Document, after: Document) -> Difference:
    """Compare a text with the one that is there already; a clause that was only renumbered is the same."""
    fields = tuple(
        Change(FIELD_NAMES[name], _shown(getattr(before, name)), _shown(getattr(after, name)))
        for name in _COMPARED
        if getattr(before, name) != getattr(after, name)
    )
    found = compare(_clauses(before), _clauses(after))
    changed = tuple(_change(pair) for pair in found.pairs if pair.fate not in _SAME)
    return Difference(
        before, fields, changed, same=sum(found.counts[fate] for fate in _SAME), moved=found.counts[Fate.MOVED]
    )


def _clauses(document: Document) -> tuple[Clause, ...]:
    return clauses_of(passages_of(document, lambda text: 0), document.body)


def _change(pair: ClausePair) -> Change:
    now, was = pair.after or pair.before, pair.before
    assert now is not None
    renumbered = was is not None and was.location != now.location
    where = f"{now.titled_location}（原{was.location}）" if was and renumbered else now.titled_location
    return Change(where, was.text if was else "", pair.after.text if pair.after else "")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
