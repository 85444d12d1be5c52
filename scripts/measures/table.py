"""A table of figures, for a page and for a program."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Figures by row and column."""

    title: str
    notes: tuple[str, ...]
    """What a reader must know of how they came about."""
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[float | str, ...]]
    """By name, one value a column: a figure in [0, 1], or text."""

    def markdown(self) -> str:
        """Return it as a section of a Markdown page."""
        lines = [f"### {self.title}", "", *(f"{note}\n" for note in self.notes)]
        lines += [f"| 排序 | {' | '.join(self.columns)} |", f"|---{'|---:' * len(self.columns)}|"]
        for name, values in self.rows.items():
            shown = (value if isinstance(value, str) else f"{value:.3f}" for value in values)
            lines.append(f"| {name} | {' | '.join(shown)} |")
        return "\n".join(lines)
