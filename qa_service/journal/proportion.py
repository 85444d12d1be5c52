"""How sure a share is that was counted on few."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964
"""Of the two-sided interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counts, with 0 ≤ part ≤ whole."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """The share in [0, 1]; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of 95 %, in [0, 1]; None of nothing.

        E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
        """
        if self.rate is None:
            return None
        n, p = self.whole, self.rate
        middle = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        reach = _Z / (1 + _Z * _Z / n) * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        low = 0.0 if self.part == 0 else max(0.0, middle - reach)
        return low, 1.0 if self.part == self.whole else min(1.0, middle + reach)

    def differs_from(self, other: "Share") -> bool:
        """Whether the two shares differ by more than chance would let them: Newcombe's interval leaves out 0.

        R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine
        17 (1998), method 10. Nothing differs from nothing.
        """
        if self.rate is None or other.rate is None or self.interval is None or other.interval is None:
            return False
        gap = self.rate - other.rate
        below = gap - sqrt((self.rate - self.interval[0]) ** 2 + (other.interval[1] - other.rate) ** 2)
        above = gap + sqrt((self.interval[1] - self.rate) ** 2 + (other.rate - other.interval[0]) ** 2)
        return below > 0 or above < 0
