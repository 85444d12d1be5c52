"""The one protocol a search engine fulfils, and the engine that lives in this process."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service.corpus.models import EverydayQuestion, Passage, Verdict
from qa_service.errors import NotFoundError
from qa_service.index.build import (
    EXPANDED_TERMS,
    PASSAGE_TERMS,
    PASSAGE_VECTORS,
    PASSAGES,
    QUESTION_VECTORS,
    QUESTIONS,
    SENTENCES,
    UNANSWERED,
)
from qa_service.index.dense import DenseIndex
from qa_service.index.embedder import Vectors
from qa_service.index.lexical import LexicalIndex
from qa_service.index.sentences import SentenceIndex, SentenceMatch
from qa_service.index.store import Manifest, verify
from qa_service.index.unanswered import UnansweredIndex

Floats = NDArray[np.float32]
_QUESTIONS_PER_PASSAGE = 4
"""How many times more questions than passages are looked up: several of one passage may stand on top."""


class Signals(NamedTuple):
    """The raw evidence that a passage answers a question. Higher is better; none is a probability."""

    words: float
    """BM25 of the passage's own text, as a share of what the question could score, in [0, 1]."""
    expanded: float
    """The same over the text together with its everyday questions."""
    vector: float
    """Cosine of question and passage, in [-1, 1]."""
    question_vector: float
    """Cosine of the nearest everyday question, in [-1, 1]; 0 where none is among those near the question."""
    sentence: float
    """Cosine of the nearest sentence, in [0, 1]: of a long passage, the whole is near to nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage some route found, with all its signals, and the everyday questions nearest to what was asked."""

    passage: Passage
    signals: Signals
    asked: tuple[tuple[EverydayQuestion, float], ...] = ()
    """Its everyday questions with their cosines, best first."""


class Engine(Protocol):
    """Finds candidate passages on every route. Ranking them is not its business."""

    @property
    def manifest(self) -> Manifest:
        """What the build was made of."""

    @property
    def passages(self) -> Sequence[Passage]:
        """Every passage, documents one after another, each in reading order."""

    def passage(self, passage_id: str) -> Passage:
        """Return a passage.

        Raises:
            NotFoundError: there is none of this id.
        """

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        """Return the passages of a document, in reading order; none where it has none."""

    def candidates(self, terms: Sequence[str], vector: Vectors, k: int, within: Collection[str]) -> list[Candidate]:
        """Return the union of every route's ``k`` best passages, in no particular order.

        Args:
            terms: the question's terms.
            vector: the question's unit vector, shape (d,).
            k: how many a route contributes.
            within: the ids of the documents to look in.
        """

    def sentences(self, passage_id: str, terms: Sequence[str], vector: Vectors) -> list[SentenceMatch]:
        """Return the sentences of a passage, in reading order, held against a question's terms and unit vector.

        Raises:
            NotFoundError: there is no passage of this id.
        """

    def asked_of(self, passage_id: str, vector: Vectors) -> list[tuple[EverydayQuestion, float]]:
        """Return the everyday questions of a passage with their cosines, in the order of their rows.

        Args:
            passage_id: the passage.
            vector: the question's unit vector, shape (d,).

        Raises:
            NotFoundError: there is no passage of this id.
        """

    def unanswered(self, vector: Vectors) -> Mapping[str, float]:
        """Return for each reason the cosine of the nearest question that is known not to be answered for it.

        Args:
            vector: the question's unit vector, shape (d,).
        """

    def idf(self, term: str) -> float:
        """Return how much a term tells in this corpus: high for a rare one."""

    def familiarity(self, terms: Collection[str]) -> float:
        """Return how much of what ``terms`` tell stands anywhere in the corpus, in [0, 1]; 0 for no terms."""

    def shares(self, least: int) -> Mapping[str, float]:
        """Return the terms of at least ``least`` passages, each with the share of passages that hold it, in (0, 1]."""


class EmbeddedEngine:
    """FAISS and BM25 in this process, over one immutable build. Safe to share between threads."""

    def __init__(self, build: Path) -> None:
        """Open a build.

        Raises:
            NoBuildError: it is incomplete or damaged.
        """
        self.folder = build
        """Where the build lies."""
        self._manifest = verify(build)
        self._passages = tuple(_passage(line) for line in _lines(build / PASSAGES))
        self._rows = {passage.id: row for row, passage in enumerate(self._passages)}
        of_document = groupby(self._passages, key=attrgetter("document_id"))
        self._of_document = {document_id: tuple(passages) for document_id, passages in of_document}
        self._document_ids = tuple(self._of_document)
        number = {document_id: n for n, document_id in enumerate(self._document_ids)}
        self._document_of = np.array([number[passage.document_id] for passage in self._passages], np.int64)
        asked = [json.loads(line) for line in _lines(build / QUESTIONS)]
        self._asked_row = [int(entry["row"]) for entry in asked]
        self._asked_of_row: dict[int, list[int]] = {}
        for question, row in enumerate(self._asked_row):
            self._asked_of_row.setdefault(row, []).append(question)
        self._document_of_asked = self._document_of[np.array(self._asked_row, np.int64)]
        self._asked = tuple(
            EverydayQuestion(
                entry["text"],
                self._passages[entry["row"]].document_id,
                self._passages[entry["row"]].location,
                entry["starts"],
                Verdict(entry["verdict"]) if entry["verdict"] else None,
            )
            for entry in asked
        )
        self._vectors = DenseIndex.load(build / PASSAGE_VECTORS)
        self._asked_vectors = DenseIndex.load(build / QUESTION_VECTORS)
        self._terms = LexicalIndex.load(build / PASSAGE_TERMS)
        self._expanded = LexicalIndex.load(build / EXPANDED_TERMS)
        self._sentences = SentenceIndex.load(build / SENTENCES)
        self._unanswered = UnansweredIndex.load(build / UNANSWERED)

    @property
    def manifest(self) -> Manifest:
        """What the build was made of."""
        return self._manifest

    @property
    def passages(self) -> Sequence[Passage]:
        """Every passage, documents one after another, each in reading order."""
        return self._passages

    def passage(self, passage_id: str) -> Passage:
        """Return a passage, or raise ``NotFoundError``."""
        return self._passages[self._row(passage_id)]

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        """Return the passages of a document, in reading order; none where it has none."""
        return self._of_document.get(document_id, ())

    def sentences(self, passage_id: str, terms: Sequence[str], vector: Vectors) -> list[SentenceMatch]:
        """Return the sentences of a passage held against a question, or raise ``NotFoundError``."""
        return self._sentences.of(self._row(passage_id), terms, vector)

    def asked_of(self, passage_id: str, vector: Vectors) -> list[tuple[EverydayQuestion, float]]:
        """Return the everyday questions of a passage with their cosines, or raise ``NotFoundError``."""
        numbers = self._asked_of_row.get(self._row(passage_id), [])
        cosines = self._asked_vectors.scores_of(vector, np.array(numbers, np.int64)).tolist()
        return [(self._asked[number], cosine) for number, cosine in zip(numbers, cosines, strict=True)]

    def unanswered(self, vector: Vectors) -> Mapping[str, float]:
        """Return for each reason the cosine of the nearest question that is known not to be answered for it."""
        return self._unanswered.nearest(vector)

    def _row(self, passage_id: str) -> int:
        try:
            return self._rows[passage_id]
        except KeyError:
            raise NotFoundError(f"没有编号为 {passage_id!r} 的条款。请从文件目录或检索结果中取编号。") from None

    def idf(self, term: str) -> float:
        """Return how much a term tells among passages and their everyday questions."""
        return self._expanded.idf(term)

    def familiarity(self, terms: Collection[str]) -> float:
        """Return how much of what ``terms`` tell stands in any passage or everyday question, in [0, 1]."""
        total = sum(map(self.idf, terms))
        return sum(self.idf(term) for term in terms if self._expanded.knows(term)) / total if total else 0.0

    def shares(self, least: int) -> Mapping[str, float]:
        """Return the terms of at least ``least`` passages or their everyday questions, with the share that holds each."""
        return self._expanded.shares(least)

    def candidates(self, terms: Sequence[str], vector: Vectors, k: int, within: Collection[str]) -> list[Candidate]:
        """Return the union of every route's ``k`` best passages, with all their signals."""
        allowed = np.array([document_id in within for document_id in self._document_ids], bool)
        of_these = allowed[self._document_of]
        words = self._terms.scores(terms)
        expanded = self._expanded.scores(terms)

        found: set[int] = set()
        for scores in (words, expanded):
            found.update(best_rows(np.where(of_these, scores, 0), k))
        found.update(self._vectors.search(vector, k, of_these)[0].tolist())
        nearest = self._nearest_questions(vector, k * _QUESTIONS_PER_PASSAGE, allowed[self._document_of_asked])
        found.update(list(nearest)[:k])

        rows = np.array(sorted(found), np.int64)
        cosines = self._vectors.scores_of(vector, rows)
        sentences = self._sentences.nearest(rows, vector)
        columns = (column.tolist() for column in (rows, words[rows], expanded[rows], cosines, sentences))
        return [
            Candidate(
                self._passages[row],
                Signals(of_words, of_expanded, cosine, nearest[row][0][1] if row in nearest else 0.0, sentence),
                tuple(nearest.get(row, ())),
            )
            for row, of_words, of_expanded, cosine, sentence in zip(*columns, strict=True)
        ]

    def _nearest_questions(
        self, vector: Vectors, k: int, within: NDArray[np.bool_]
    ) -> dict[int, list[tuple[EverydayQuestion, float]]]:
        """Passage row to its nearest everyday questions; rows in the order of their best one."""
        nearest: dict[int, list[tuple[EverydayQuestion, float]]] = {}
        numbers, scores = self._asked_vectors.search(vector, k, within)
        for number, score in zip(numbers.tolist(), scores.tolist(), strict=True):
            nearest.setdefault(self._asked_row[number], []).append((self._asked[number], score))
        return nearest


def best_rows(scores: Floats, k: int) -> list[int]:
    """Return the rows of the ``k`` highest positive scores; a row of score 0 was not found."""
    floor = np.partition(scores, -k)[-k] if k < len(scores) else 0
    rows = np.flatnonzero((scores >= floor) & (scores > 0))
    # More than k only where several share the lowest score: then the first of them.
    best: list[int] = rows[np.argsort(-scores[rows], kind="stable")[:k]].tolist()
    return best


def _passage(line: str) -> Passage:
    fields = json.loads(line)
    return Passage(**{**fields, "heading_path": tuple(fields["heading_path"])})


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line]
