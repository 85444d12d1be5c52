"""The questions that the corpus is known not to answer, found by their vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_service.index.embedder import Vectors, load_mapped


class UnansweredIndex:
    """Unit vectors of questions, those of one reason together: a few thousand, compared one by one."""

    def __init__(self, reasons: Sequence[str], begins: NDArray[np.int64], vectors: Vectors) -> None:
        """Take the questions.

        Args:
            reasons: shape (r,).
            begins: where the questions of each reason begin, shape (r,).
            vectors: unit vectors, shape (n, d); every reason has one at least.
        """
        self._reasons = tuple(reasons)
        self._begins = begins
        self._vectors = vectors

    @classmethod
    def from_vectors(cls, reasons: Sequence[str], vectors: Vectors) -> UnansweredIndex:
        """Index questions: the reason and the unit vector of each, shape (n, d)."""
        names, numbers = np.unique(np.array(reasons, dtype=np.str_), return_inverse=True)
        order = np.argsort(numbers, kind="stable")
        begins = np.searchsorted(numbers[order], np.arange(len(names)))
        return cls(names.tolist(), begins.astype(np.int64), np.ascontiguousarray(vectors[order], np.float32))

    @classmethod
    def load(cls, path: Path) -> UnansweredIndex:
        """Read an index written by ``save``; the vectors are mapped, so that processes share them."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["reasons"].tolist(), stored["begins"], load_mapped(_vectors_beside(path)))

    def save(self, path: Path) -> None:
        """Write the index to ``path``, and its vectors beside it."""
        np.save(_vectors_beside(path), self._vectors)
        with path.open("wb") as file:
            reasons = np.array(self._reasons, dtype=np.str_)
            np.savez(file, reasons=reasons, begins=self._begins)

    def __len__(self) -> int:
        return len(self._vectors)

    def nearest(self, vector: Vectors) -> Mapping[str, float]:
        """Return for each reason the cosine of the question nearest to a unit vector, shape (d,)."""
        if not self._reasons:
            return {}
        best = np.maximum.reduceat(self._vectors @ vector, self._begins)
        return dict(zip(self._reasons, best.tolist(), strict=True))


def _vectors_beside(path: Path) -> Path:
    return path.with_suffix(".vectors.npy")
