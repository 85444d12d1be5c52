"""The figures by which runs are compared, each with how sure it is.

Every figure is a sum of credits over a sum of weights, one of each a question, so that all of them are resampled
alike.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qa_service.evaluation.verdict import Verdict

_RESAMPLES = 2000
_SEED = 20250101
_INTERVAL = (2.5, 97.5)


class Figure(StrEnum):
    """What is measured, by the name it has in ``summary.json``."""

    EVIDENCE_1 = "evidence@1"
    EVIDENCE_3 = "evidence@3"
    EVIDENCE_5 = "evidence@5"
    ALL_EVIDENCE_5 = "evidence_all@5"
    MRR = "mrr"
    ACCURACY = "accuracy"
    REFUSED_ANSWERABLE = "refused_answerable"
    ABSTENTION_PRECISION = "abstention_precision"
    ABSTENTION_RECALL = "abstention_recall"
    ABSTENTION_F1 = "abstention_f1"

    @property
    def label(self) -> str:
        """What it is, for a reader."""
        return _LABELS[self]

    @property
    def more_is_better(self) -> bool:
        """Whether a rise is an improvement."""
        return self is not Figure.REFUSED_ANSWERABLE


_LABELS = {
    Figure.EVIDENCE_1: "首条引用含依据",
    Figure.EVIDENCE_3: "前 3 条含依据",
    Figure.EVIDENCE_5: "前 5 条含依据",
    Figure.ALL_EVIDENCE_5: "前 5 条依据齐全",
    Figure.MRR: "依据名次倒数 MRR",
    Figure.ACCURACY: "答案正确率",
    Figure.REFUSED_ANSWERABLE: "可答的被误拒",
    Figure.ABSTENTION_PRECISION: "拒答准确率",
    Figure.ABSTENTION_RECALL: "不该答的拒住",
    Figure.ABSTENTION_F1: "拒答 F1",
}
_Counts = Callable[[Verdict], tuple[float, float]]
"""The credit a question earns, in [0, weight], and its weight; 0 where the figure is not about it."""


def _over_evidence(credit: Callable[[Verdict], float]) -> _Counts:
    """Over the answerable questions that name their evidence."""

    def counts(verdict: Verdict) -> tuple[float, float]:
        return (credit(verdict), 1.0) if verdict.answerable and verdict.places else (0.0, 0.0)

    return counts


def _all_evidence(verdict: Verdict) -> tuple[float, float]:
    """Over the questions whose answer needs several places."""
    several = verdict.answerable and verdict.needs_all and verdict.places > 1
    return float(several and verdict.cites_all_evidence(5)), float(several)


def _precision(verdict: Verdict) -> tuple[float, float]:
    counted = verdict.refused and (verdict.answerable or verdict.must_be_refused)
    return float(counted and verdict.must_be_refused), float(counted)


def _recall(verdict: Verdict) -> tuple[float, float]:
    return float(verdict.must_be_refused and verdict.refused), float(verdict.must_be_refused)


def _f1(verdict: Verdict) -> tuple[float, float]:
    """2 TP / (refused + to be refused), which is the harmonic mean of precision and recall."""
    (hit, refused), (_, due) = _precision(verdict), _recall(verdict)
    return 2 * hit, refused + due


_COUNTS: dict[Figure, _Counts] = {
    Figure.EVIDENCE_1: _over_evidence(lambda v: float(v.cites_evidence(1))),
    Figure.EVIDENCE_3: _over_evidence(lambda v: float(v.cites_evidence(3))),
    Figure.EVIDENCE_5: _over_evidence(lambda v: float(v.cites_evidence(5))),
    Figure.ALL_EVIDENCE_5: _all_evidence,
    Figure.MRR: _over_evidence(lambda v: 1 / v.ranks[0] if v.ranks else 0.0),
    Figure.ACCURACY: lambda v: (float(v.correct), float(v.answerable)),
    Figure.REFUSED_ANSWERABLE: lambda v: (float(v.answerable and v.refused), float(v.answerable)),
    Figure.ABSTENTION_PRECISION: _precision,
    Figure.ABSTENTION_RECALL: _recall,
    Figure.ABSTENTION_F1: _f1,
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval, in [0, 1]."""

    value: float
    low: float
    high: float
    questions: int
    """On how many questions it rests."""


def value_of(figure: Figure, verdicts: Sequence[Verdict]) -> float | None:
    """Return a figure, in [0, 1]; None where no question bears on it."""
    pairs = [_COUNTS[figure](verdict) for verdict in verdicts]
    weight = sum(weight for _, weight in pairs)
    return sum(credit for credit, _ in pairs) / weight if weight else None


def estimates(verdicts: Sequence[Verdict]) -> dict[Figure, Estimate]:
    """Return every figure that a question bears on.

    The interval is the percentile bootstrap over the questions, always from the same seed: the same verdicts give
    the same interval.
    """
    n = len(verdicts)
    if not n:
        return {}
    drawn = np.random.default_rng(_SEED).multinomial(n, np.full(n, 1 / n), size=_RESAMPLES)
    found = {}
    for figure, counts in _COUNTS.items():
        credits, weights = np.array([counts(verdict) for verdict in verdicts], np.float64).T
        if not weights.any():
            continue
        resampled = drawn @ weights
        shares = (drawn @ credits)[resampled > 0] / resampled[resampled > 0]
        low, high = np.percentile(shares, _INTERVAL)
        value = float(credits.sum() / weights.sum())
        found[figure] = Estimate(value, float(low), float(high), int(np.count_nonzero(weights)))
    return found


def median_answer_length(verdicts: Sequence[Verdict]) -> float | None:
    """Return the median characters of the answers given to answerable questions; None where none was given."""
    lengths = [len(v.answer) for v in verdicts if v.answerable and not v.refused and v.answer]
    return statistics.median(lengths) if lengths else None
