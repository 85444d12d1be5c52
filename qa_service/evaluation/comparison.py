"""What changed from one run to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.evaluation.figures import Figure, value_of
from qa_service.evaluation.verdict import Verdict

_TOP = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, over the questions that both runs asked; in [0, 1]."""

    figure: Figure
    before: float
    after: float

    @property
    def improves(self) -> bool:
        """Whether it changed for the better."""
        return self.after != self.before and (self.after > self.before) == self.figure.more_is_better


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side. The verdicts are those of the later one."""

    common: int
    """Questions that both asked, in the same words."""
    added: int
    dropped: int
    changes: tuple[Change, ...]
    better: tuple[Verdict, ...]
    """Wrong before, right now."""
    worse: tuple[Verdict, ...]
    evidence_found: tuple[Verdict, ...]
    """Evidence among the first three citations now, and not before; right or wrong all the same."""
    evidence_lost: tuple[Verdict, ...]


def compare(before: Sequence[Verdict], after: Sequence[Verdict]) -> Comparison:
    """Compare two runs question by question; figures are those of the questions that both asked."""
    earlier = {verdict.key: verdict for verdict in before}
    pairs = [(earlier[verdict.key], verdict) for verdict in after if verdict.key in earlier]
    then, now = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    same = [(old, new) for old, new in pairs if old.right == new.right]
    changes = ((figure, value_of(figure, then), value_of(figure, now)) for figure in Figure)
    return Comparison(
        common=len(pairs),
        added=len(after) - len(pairs),
        dropped=len(before) - len(pairs),
        changes=tuple(Change(f, old, new) for f, old, new in changes if old is not None and new is not None),
        better=tuple(new for old, new in pairs if new.right and not old.right),
        worse=tuple(new for old, new in pairs if old.right and not new.right),
        evidence_found=tuple(n for o, n in same if n.cites_evidence(_TOP) and not o.cites_evidence(_TOP)),
        evidence_lost=tuple(n for o, n in same if o.cites_evidence(_TOP) and not n.cites_evidence(_TOP)),
    )
