"""BM25 over terms, through bm25s."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

_K1 = 1.2
_B = 0.6
"""A shade less length normalisation than usual: passages are cut to one budget, and their lengths mean little."""


class LexicalIndex:
    """BM25 (Lucene's variant: Kamphuis et al. 2020, "Which BM25 do you mean?") over rows of terms.

    Scores are divided by the most the query could score, so that they lie in [0, 1] and can be compared between
    questions: 1 would be a text that holds every term of the question, often.
    """

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25
        self._rows = int(bm25.scores["num_docs"])
        self._number: Mapping[str, int] = bm25.vocab_dict
        # One column a term: the rows that hold it, and what it adds to the score of each.
        # As plain arrays: of a file mapped into memory, numpy would make a mapping of every slice, at three times the time.
        names = ("indptr", "indices", "data")
        self._column, self._holders, self._adds = (np.asarray(bm25.scores[name]) for name in names)
        held = self._document_frequency = np.diff(self._column).astype(np.float64)
        self._idf = np.log1p((self._rows - held + 0.5) / (held + 0.5))
        self._unseen_idf = float(np.log1p((self._rows + 0.5) / 0.5))

    @classmethod
    def from_terms(cls, rows: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index ``rows`` of terms; row i keeps the number i."""
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        # bm25s divides by the mean length: a row without terms gets one that nobody asks for.
        bm25.index([list(row) or [""] for row in rows] or [[""]], show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Map an index written by ``save`` into memory: processes that serve the same build share its pages."""
        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._bm25.save(str(folder), show_progress=False)

    def __len__(self) -> int:
        return self._rows

    def idf(self, term: str) -> float:
        """Return how much a term tells: high for a rare one, highest for one that occurs nowhere."""
        number = self._number.get(term)
        return self._unseen_idf if number is None else float(self._idf[number])

    def knows(self, term: str) -> bool:
        """Whether any row holds the term."""
        return term in self._number

    def shares(self, least: int) -> dict[str, float]:
        """Return the terms that at least ``least`` rows hold, each with the share of rows that do, in (0, 1]."""
        held = self._document_frequency
        return {
            term: float(held[number] / self._rows)
            for term, number in self._number.items()
            if term and number < len(held) and held[number] >= least
        }

    def scores(self, terms: Sequence[str]) -> Scores:
        """Return every row's score for a question of ``terms``: float32 of shape (n,), in [0, 1].

        All are 0 where no term is known. The most a question can score counts its unknown terms too, so a question
        mostly of words that the index has never seen scores low everywhere.
        """
        known = [number for term in terms if (number := self._number.get(term)) is not None]
        if not known:
            return np.zeros(self._rows, np.float32)
        most = sum(map(self.idf, terms))  # Lucene's variant: a term adds at most its idf
        columns = [slice(self._column[number], self._column[number + 1]) for number in known]
        # What bm25s' own get_scores does term by term, at once and in half the time.
        raw = np.zeros(self._rows, np.float32)
        np.add.at(
            raw,
            np.concatenate([self._holders[column] for column in columns]),
            np.concatenate([self._adds[column] for column in columns]),
        )
        return np.asarray(np.minimum(raw / most, 1.0), np.float32)
