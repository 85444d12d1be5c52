"""Bounds that a run must keep, for CI."""

from collections.abc import Mapping, Sequence

from qa_service.evaluation.figures import Figure, value_of
from qa_service.evaluation.verdict import Verdict

GATES = {
    "--min-accuracy": Figure.ACCURACY,
    "--min-evidence3": Figure.EVIDENCE_3,
    "--min-abstention": Figure.ABSTENTION_RECALL,
    "--max-refused": Figure.REFUSED_ANSWERABLE,
}
"""By the name of the option; ``max`` where less is better, ``min`` elsewhere."""


def broken_gates(verdicts: Sequence[Verdict], bounds: Mapping[str, float | None]) -> list[str]:
    """Return a sentence for each bound that a run does not keep.

    Args:
        verdicts: the run.
        bounds: the bound of each option of :data:`GATES`, in [0, 1]; None where it does not matter.
    """
    broken = []
    for option, bound in bounds.items():
        if bound is None:
            continue
        figure = GATES[option]
        value = value_of(figure, verdicts)
        if value is None:
            broken.append(f"没有可算“{figure.label}”的题，{option} 无从判断")
        elif (value < bound) if figure.more_is_better else (value > bound):
            relation = "低于" if figure.more_is_better else "高于"
            broken.append(f"{figure.label} {value:.1%} {relation} {option} 的 {bound:.1%}")
    return broken
