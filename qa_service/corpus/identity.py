"""Which document of the corpus a paper is: the one it is the full text of, a new version, or a new document."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa_service.corpus.models import Document, Form
from qa_service.corpus.papers import Paper
from qa_service.text.letters import letters_of

_NOT_IN_ID = re.compile(r"[\s#/?？“”\"'‘’《》〈〉@]+")
_LONGEST_ID = 60
_STATES = frozenset({"现行", "已修改", "已修订", "已废止"})


@dataclass(frozen=True, slots=True)
class Identified:
    """A paper as a document, with what the operator should know about it."""

    document: Document
    replaces: Document | None
    """The document of the same id that it takes the place of: the notes of a law, or an earlier import."""
    missing: tuple[str, ...]
    """The metadata that was not found, by the names of the front matter."""


def identify(paper: Paper, known: Collection[Document], stated: Mapping[str, Any] | None = None) -> Identified:
    """Make a paper a document of the corpus.

    A document of the same title is the same one where the dates allow it: an amended law prints the day on which it
    first took effect, so its version is told by its last revision. What the paper leaves out is taken from there.

    Args:
        paper: what was read.
        known: the documents of the corpus.
        stated: metadata that the operator or the file gives beside the text; it wins over everything else.
    """
    given = {key: value for key, value in (stated or {}).items() if value not in (None, "", (), [])}
    same = _same(paper, known, given)
    effective = _effective(paper, given)
    issued = given.get("issued") or paper.issued
    found: dict[str, Any] = {
        "title": paper.title,
        "kind": paper.kind,
        "level": paper.level,
        "issuer": paper.issuer,
        "number": paper.number,
        "issued": issued,
        "effective": effective,
        # A law that was revised still prints the term of its first version.
        "expires": None if effective and paper.expires and paper.expires < effective else paper.expires,
        "topics": paper.topics,
    }
    fields = {key: value for key, value in found.items() if value}
    if same:
        inherited = {
            "short_title": same.short_title,
            "aliases": same.aliases,
            "supersedes": same.supersedes,
            "status": same.status,
            "effective": same.effective,
            "level": same.level,
            "kind": same.kind,
            "topics": same.topics,
        }
        fields.update({key: value for key, value in inherited.items() if value})
        fields |= {k: getattr(same, k) for k in ("issuer", "number", "issued", "expires") if not fields.get(k)}
    fields.update({k: v for k, v in given.items() if k in _SETTABLE and not (k == "status" and v not in _STATES)})
    fields["id"] = given.get("id") or (same.id if same else _new_id(fields, known))
    document = Document(form=Form.FULL_TEXT, body=paper.body, markup="markdown", **fields)
    replaced = next((d for d in known if d.id == document.id), None)
    missing = tuple(
        name for name in ("issuer", "number", "issued", "effective", "level") if not getattr(document, name)
    )
    return Identified(document, replaced, missing)


_SETTABLE = frozenset(
    [
        "title",
        "short_title",
        "aliases",
        "kind",
        "level",
        "issuer",
        "number",
        "issued",
        "effective",
        "expires",
        "status",
        "supersedes",
        "source_url",
        "topics",
        "note",
    ]
)


def _same(paper: Paper, known: Collection[Document], given: Mapping[str, Any]) -> Document | None:
    title = bare_title(given.get("title") or paper.title)
    versions = sorted(
        (d for d in known if bare_title(d.title) == title and d.amended_by is None),
        key=lambda d: d.effective or date.min,
    )
    if not versions:
        return None
    effective = _effective(paper, given)
    if effective:
        return next((d for d in versions if d.effective == effective), None)
    if paper.last_change:
        return next((d for d in versions if d.effective and d.effective >= paper.last_change), None)
    return versions[0] if len(versions) == 1 else None


def _effective(paper: Paper, given: Mapping[str, Any]) -> date | None:
    """The day this version took effect; that of the first version, which an amended law still prints, is not it."""
    if given.get("effective"):
        effective: date = given["effective"]
        return effective
    revised = max(paper.history[1:], default=None)
    if paper.effective and revised and paper.effective < revised:
        return None
    return paper.effective


def _new_id(fields: Mapping[str, Any], known: Collection[Document]) -> str:
    title = str(fields.get("short_title") or fields["title"]).removeprefix("中华人民共和国")
    name = _NOT_IN_ID.sub("", title)[:_LONGEST_ID] or "未命名"
    taken = {d.id: d for d in known}
    if name not in taken:
        return name
    if taken[name].effective == fields.get("effective") and bare_title(taken[name].title) == bare_title(
        fields["title"]
    ):
        return name
    day = fields.get("effective") or fields.get("issued")
    dated = f"{name}（{day.year}）" if day else f"{name}（另一版本）"
    return dated if dated not in taken or day is None else f"{name}（{day.isoformat()}）"


def bare_title(title: str) -> str:
    """Return a title as two printings of it compare: letters only, without the state's name."""
    return letters_of(title).removeprefix("中华人民共和国")
