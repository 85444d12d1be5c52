"""Text to unit vectors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service.corpus.models import Passage

Vectors = NDArray[np.float32]

LONGEST_INPUT = 400
"""Characters of a passage that the model is shown; it was trained on no more."""


class Embedder(Protocol):
    """Turns texts into unit vectors: float32, shape (n, dimension), so that inner product is cosine."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Identifies model and settings: vectors of different fingerprints must not be mixed."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (n, dimension)."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question, shape (n, dimension); some models want an instruction before it."""


def load_mapped(path: Path) -> Vectors:
    """Map vectors that ``numpy.save`` wrote into memory: read when they are looked at, shared between processes."""
    # As a plain array: numpy makes a mapping of every slice of a mapping, at three times the time.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def passage_input(title: str, passage: Passage) -> str:
    """Return what the model is shown of a passage: what it belongs to, then its text."""
    return f"{title} {' '.join(passage.heading_path[-2:])} {passage.text}"[:LONGEST_INPUT]
