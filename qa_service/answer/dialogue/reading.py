"""A question as it was read in its conversation, and where its answer is looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa_service.search.searcher import Filters


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was read."""

    text: str
    """The whole question."""
    leans: bool = False
    """Whether it leans on what was said before."""
    near: tuple[str, ...] = ()
    """Ids of the passages that it is about, where it says so: in the same clause."""
    without: tuple[str, ...] = ()
    """Ids of the passages that it wants no more of: besides that."""
    beside: tuple[str, ...] = ()
    """Ids of the documents that were spoken of: they are preferred a little."""

    def within(self, filters: Filters | None) -> Filters | None:
        """Return where to look, for who asked to look in ``filters``."""
        if not (self.near or self.without or self.beside):
            return filters
        return replace(filters or Filters(), near=self.near, without=self.without, beside=self.beside)
