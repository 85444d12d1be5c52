"""How two texts of a document differ, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa_service.corpus.models import Document
from qa_service.corpus.passages import passages_of

_FIELDS: Mapping[str, str] = {
    "title": "标题",
    "issuer": "发布机关",
    "number": "文号",
    "issued": "公布日期",
    "effective": "施行日期",
    "expires": "有效期至",
    "level": "层级",
    "kind": "文种",
    "topics": "主题",
}


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
    """How many clauses are the same in both."""

    @property
    def is_none(self) -> bool:
        """Whether they are the same, to the character."""
        return not self.fields and not self.clauses


def clauses_of(document: Document) -> dict[str, str]:
    """Return the text of each clause, uncut, by where it stands."""
    found: dict[str, str] = {}
    for passage in passages_of(document, lambda text: 0):
        where, again = passage.titled_location, 2
        while where in found:
            where, again = f"{passage.titled_location}（{again}）", again + 1
        found[where] = passage.text
    return found


def difference(before: Document, after: Document) -> Difference:
    """Compare a text with the one that is there already."""
    fields = tuple(
        Change(label, _shown(getattr(before, name)), _shown(getattr(after, name)))
        for name, label in _FIELDS.items()
        if getattr(before, name) != getattr(after, name)
    )
    old, new = clauses_of(before), clauses_of(after)
    places = [*new, *(where for where in old if where not in new)]
    clauses = tuple(
        Change(where, old.get(where, ""), new.get(where, "")) for where in places if old.get(where) != new.get(where)
    )
    return Difference(before, fields, clauses, sum(old.get(where) == text for where, text in new.items()))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
