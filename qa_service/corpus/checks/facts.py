"""Notes on a policy against the list of checked facts they were written from."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa_service.corpus.checks.fault import Fault
from qa_service.corpus.checks.figures import figures_of, unfounded
from qa_service.corpus.models import Document, Passage

_UNCONFIRMED = "待核"
_BARE = re.compile(r"[0-9]+")
_LINE = re.compile(r"^- (?P<text>.+)$|^\|(?P<row>.+)\|$", re.MULTILINE)


def read_facts(folder: Path) -> str:
    """Return the text of every fact that is confirmed: a line of a list or of a table that nothing marks 待核."""
    lines = [
        match["text"] or match["row"]
        for path in sorted(folder.glob("*.md"))
        for match in _LINE.finditer(path.read_text("utf-8"))
    ]
    return "\n".join(
        line for line in lines if f"[{_UNCONFIRMED}]" not in line and not line.endswith(f"| {_UNCONFIRMED} ")
    )


class Facts:
    """What may be said: the confirmed facts of one folder, and the statutes of another."""

    def __init__(self, facts: Path, statutes: Path) -> None:
        confirmed = read_facts(facts)
        laws = (path.read_text("utf-8") for path in sorted(statutes.glob("*.md")))
        self._figures = figures_of("\n".join((confirmed, *laws)))
        self._bare = frozenset(_BARE.findall(confirmed))

    def check(self, document: Document, passages: Sequence[Passage]) -> Iterator[Fault]:
        """Yield the figures of policy notes that stand neither in a confirmed fact nor in a statute."""
        own = figures_of(f"{document.issued} {document.effective} {document.expires}")
        for passage in passages:
            found = unfounded(f"{passage.title} {passage.text}", self._figures | own)
            # A list of fees gives its unit once, at its head; a year often goes without.
            if unknown := [figure for figure in found if figure.rstrip("元年") not in self._bare]:
                yield Fault(document.id, passage.location, f"数字不在已核对的事实中：{'、'.join(unknown)}")
