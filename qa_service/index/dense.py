"""Nearest vectors, through FAISS."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from qa_service.index.embedder import Vectors

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


_LARGE = 10_000
"""Rows from which reading all vectors, 1 KB each, takes longer than all else."""
_LOOKED_AT_TWICE = 2
"""How many times more rows the short vectors propose than are wanted: their cosines are off by a thousandth, and the
last of those wanted is nearer by more than ten times that than the last proposed."""
_STEPS = 127
"""A signed byte's."""
_LEAST = 1e-12
"""Of a question without a known word, every number is 0."""
_AT_ONCE = 1024
"""Rows shortened at a time, so that no second copy of all is made."""


class DenseIndex:
    """Inner-product search over unit vectors; scores are cosines in [-1, 1], higher is nearer.

    Of a large index, vectors of a byte a number propose rows, a quarter to read, and the exact vectors order them.
    """

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index
        self._proposing = _shortened(index) if index.ntotal >= _LARGE else None

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> DenseIndex:
        """Index unit vectors, float32 of shape (n, d); row i keeps the number i."""
        if vectors.ndim != 2:
            raise ValueError(f"vectors must be of shape (n, d), got {vectors.shape}")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Map an index written by ``save`` into memory: processes that serve the same build share its pages."""
        return cls(faiss.read_index(os.fspath(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def search(self, query: Vectors, k: int, within: NDArray[np.bool_] | None = None) -> tuple[Rows, Scores]:
        """Return the ``k`` nearest rows (fewer where there are fewer), best first, with their cosines.

        Args:
            query: one unit vector, float32 of shape (d,).
            k: how many, at least 1.
            within: which rows may be returned, shape (n,); None is all.
        """
        k = min(k, len(self) if within is None else int(within.sum()))
        if k == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        # More than one OpenMP thread makes a single query 2 to 8 times slower on two cores; the setting is the thread's.
        faiss.omp_set_num_threads(1)
        chosen = None
        if within is not None:
            bits = np.packbits(within, bitorder="little")
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(len(self), faiss.swig_ptr(bits)))  # type: ignore[call-arg]
        if self._proposing is None:
            scores, rows = self._index.search(query.reshape(1, -1), k, params=chosen)
            return rows[0], scores[0]
        _, proposed = self._proposing.search(
            _in_bytes(query.reshape(1, -1), np.abs(query).max()), k * _LOOKED_AT_TWICE, params=chosen
        )
        near = np.sort(proposed[0][proposed[0] >= 0])
        cosines = self.scores_of(query, near)
        best = np.argsort(-cosines, kind="stable")[:k]
        return near[best], cosines[best]

    def scores_of(self, query: Vectors, rows: Rows) -> Scores:
        """Return the cosines of ``query``, shape (d,), with the given rows, shape (n,)."""
        if len(rows) == 0:
            return np.zeros(0, np.float32)
        vectors = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        return np.asarray(vectors @ query, np.float32)


def _shortened(index: Any) -> Any:  # noqa: ANN401 - faiss has no types
    """Return the vectors of an exact index at a byte a number, for the same inner products but for one factor."""
    short = faiss.IndexScalarQuantizer(index.d, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT)
    vectors = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(index.ntotal, index.d)
    largest = max(vectors.max(), -vectors.min())
    for start in range(0, index.ntotal, _AT_ONCE):
        short.add(_in_bytes(vectors[start : start + _AT_ONCE], largest))
    return short


def _in_bytes(vectors: Vectors, largest: float) -> Vectors:
    """Return vectors, shape (n, d), none of whose numbers is over ``largest``, in whole numbers that a byte holds."""
    return np.asarray(np.rint(vectors * (_STEPS / max(largest, _LEAST))), np.float32)
