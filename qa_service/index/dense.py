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


class DenseIndex:
    """Exact inner-product search over unit vectors; scores are cosines in [-1, 1], higher is nearer."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index

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
        scores, rows = self._index.search(query.reshape(1, -1), k, params=chosen)
        return rows[0], scores[0]

    def scores_of(self, query: Vectors, rows: Rows) -> Scores:
        """Return the cosines of ``query``, shape (d,), with the given rows, shape (n,)."""
        if len(rows) == 0:
            return np.zeros(0, np.float32)
        vectors = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        return np.asarray(vectors @ query, np.float32)
