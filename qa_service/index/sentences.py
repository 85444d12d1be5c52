"""The sentences of every passage, as answers are chosen from them: where they stand, their vectors, their terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa_service.corpus.models import Passage
from qa_service.index.embedder import Vectors, load_mapped
from qa_service.text.sentences import Span, sentence_spans

_SHORTEST = 4
"""Fewer characters are a mark left over from cutting, not a sentence."""


class SentenceMatch(NamedTuple):
    """A sentence of a passage, held against a question."""

    span: Span
    """Where it stands in its passage's text."""
    cosine: float
    """Cosine of question and sentence, in [-1, 1]."""
    terms: tuple[str, ...]
    """The question's terms that stand in it, in its order."""


def spans_to_answer_from(passage: Passage) -> tuple[Span, ...]:
    """Return where the sentences of a passage stand, in reading order."""
    return tuple(span for span in sentence_spans(passage.text) if len(span.of(passage.text).strip()) >= _SHORTEST)


def sentence_input(passage: Passage, span: Span) -> str:
    """Return what is known of a sentence: under its heading a terse line speaks of what the heading names."""
    return f"{passage.title} {span.of(passage.text)}"


class SentenceIndex:
    """Sentences by the row of their passage. Worked out once a build, they cost a question a few look-ups."""

    def __init__(
        self,
        first: NDArray[np.int64],
        spans: NDArray[np.int32],
        vectors: Vectors,
        terms: _Lists,
    ) -> None:
        """Take the sentences, those of one passage after those of the one before.

        Args:
            first: where the sentences of each passage begin, and where the last ones end, shape (passages + 1,).
            spans: shape (n, 2).
            vectors: unit vectors, shape (n, d).
            terms: the terms of each sentence.
        """
        self._first = first
        self._spans = spans
        self._vectors = vectors
        self._terms = terms

    @classmethod
    def from_sentences(
        cls, spans: Sequence[Sequence[Span]], vectors: Vectors, terms: Iterable[Sequence[str]]
    ) -> SentenceIndex:
        """Index sentences: their spans by passage, and their vectors and terms in the same order, without passages."""
        first = np.cumsum([0, *map(len, spans)], dtype=np.int64)
        flat = np.array([span for group in spans for span in group], np.int32).reshape(-1, 2)
        return cls(first, flat, np.asarray(vectors, np.float32), _Lists.from_lists(terms))

    @classmethod
    def load(cls, path: Path) -> SentenceIndex:
        """Read an index written by ``save``; the vectors are mapped, so that processes share them."""
        with np.load(path, allow_pickle=False) as stored:
            terms = _Lists(_words(stored["words"]), stored["numbers"], stored["begins"])
            return cls(stored["first"], stored["spans"], load_mapped(_vectors_beside(path)), terms)

    def save(self, path: Path) -> None:
        """Write the index to ``path``, and its vectors beside it."""
        np.save(_vectors_beside(path), self._vectors)
        with path.open("wb") as file:
            np.savez(
                file,
                first=self._first,
                spans=self._spans,
                words=np.frombuffer("\n".join(self._terms.words).encode(), np.uint8),
                numbers=self._terms.numbers,
                begins=self._terms.begins,
            )

    def __len__(self) -> int:
        return len(self._spans)

    def of(self, row: int, terms: Sequence[str], vector: Vectors) -> list[SentenceMatch]:
        """Return the sentences of the passage at ``row``, in reading order, held against a question.

        Args:
            row: the passage's number.
            terms: the question's terms.
            vector: the question's unit vector, shape (d,).
        """
        start, end = self._first[row : row + 2].tolist()
        cosines = self._vectors[start:end] @ vector
        asked = self._terms.numbered(terms)
        return [
            SentenceMatch(Span(*span), cosine, self._terms.common(number, asked))
            for number, span, cosine in zip(
                range(start, end), self._spans[start:end].tolist(), cosines.tolist(), strict=True
            )
        ]

    def nearest(self, rows: NDArray[np.int64], vector: Vectors) -> NDArray[np.float32]:
        """Return the cosine of the nearest sentence of each passage at ``rows``, shape (n,); 0 for one without any.

        Args:
            rows: the passages' numbers, shape (n,).
            vector: the question's unit vector, shape (d,).
        """
        counts = self._first[rows + 1] - self._first[rows]
        ends = np.cumsum(counts)
        owner = np.repeat(np.arange(len(rows)), counts)
        sentences = np.arange(ends[-1] if len(rows) else 0) - (ends - counts)[owner] + self._first[rows][owner]
        best = np.zeros(len(rows), np.float32)
        np.maximum.at(best, owner, self._vectors[sentences] @ vector)
        return best


class _Lists:
    """Many lists of words, each word kept once and known by a number."""

    def __init__(self, words: Sequence[str], numbers: NDArray[np.int32], begins: NDArray[np.int64]) -> None:
        self.words = words
        self.numbers = numbers
        self.begins = begins
        self._number = {word: number for number, word in enumerate(words)}

    @classmethod
    def from_lists(cls, lists: Iterable[Sequence[str]]) -> _Lists:
        """Number the words of ``lists``; of a list, each word counts once."""
        number: dict[str, int] = {}
        begins, numbers = [0], list[int]()
        for words in lists:
            numbers += [number.setdefault(word, len(number)) for word in dict.fromkeys(words)]
            begins.append(len(numbers))
        return cls(tuple(number), np.array(numbers, np.int32), np.array(begins, np.int64))

    def numbered(self, words: Iterable[str]) -> dict[int, str]:
        """Return those of ``words`` that any list has, by number."""
        return {number: word for word in words if (number := self._number.get(word)) is not None}

    def common(self, which: int, numbered: dict[int, str]) -> tuple[str, ...]:
        """Return the words of a list that are among ``numbered``, in the list's order."""
        listed = self.numbers[self.begins[which] : self.begins[which + 1]].tolist()
        return tuple(numbered[number] for number in listed if number in numbered)


def _vectors_beside(path: Path) -> Path:
    return path.with_suffix(".vectors.npy")


def _words(stored: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(stored.tobytes().decode().split("\n")) if len(stored) else ()
