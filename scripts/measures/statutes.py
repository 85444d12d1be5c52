"""What the routes contribute on everyday legal questions over all statutes: a corpus nobody wrote questions for."""

import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from measures.ranked import RRF_K, Retrieved, fuse, retrieved
from measures.table import Table
from qa_service.errors import EvaluationError
from qa_service.index.build import Progress, vectors_of
from qa_service.index.embedder import LONGEST_INPUT, Embedder, Vectors
from qa_service.index.engine import best_rows
from qa_service.index.lexical import LexicalIndex
from qa_service.index.static_embedder import StaticEmbedder, is_static_model
from qa_service.service import open_query_embedder
from qa_service.settings import load_settings
from qa_service.text.segmenter import Segmenter

Terms = Callable[[str], Iterable[str]]
Ranking = Sequence[int]
"""Rows of articles, best first."""

_DEEP = 150
"""Of each route, this many articles are fused."""
_JUDGED = 100
_BATCH = 1024
_L2 = 1e-3
_FOLDS = 2
_COLUMNS = ("nDCG@10", "R@5", "R@10", "R@100", "MRR@10")
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the rows of the articles that answer it, at least one."""

    text: str
    gold: frozenset[int]


@dataclass(frozen=True)
class Statutes:
    """Articles of many laws, and questions on them."""

    texts: tuple[str, ...]
    """Of each article its title, its number and its words."""
    laws: np.ndarray
    """Of each article the number of its law, from 0."""
    train: tuple[Asked, ...]
    dev: tuple[Asked, ...]

    @cached_property
    def times_gold(self) -> np.ndarray:
        """How often the articles of each law answer a question to train on."""
        rows = [row for question in self.train for row in question.gold]
        return np.bincount(self.laws[rows], minlength=int(self.laws.max()) + 1)

    def prior(self, question: Asked | None = None) -> np.ndarray:
        """Return log(1 + times gold) of each article's law; of a question to train on, its own gold left out."""
        times = self.times_gold.copy()
        for row in question.gold if question else ():
            times[self.laws[row]] -= 1
        return np.asarray(np.log1p(times)[self.laws])

    @property
    def unseen(self) -> list[int]:
        """Numbers of the questions in ``dev`` none of whose articles answers a question to train on."""
        seen = {row for question in self.train for row in question.gold}
        return [number for number, question in enumerate(self.dev) if not question.gold & seen]


def read_statutes(folder: Path) -> Statutes:
    """Read ``corpus.jsonl.gz``, ``train.jsonl`` and ``dev.jsonl``.

    Raises:
        EvaluationError: one of them is missing or not as it should be.
    """
    try:
        with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        rows = {article["id"]: row for row, article in enumerate(articles)}
        _, laws = np.unique([article["title"] for article in articles], return_inverse=True)
        return Statutes(
            tuple(f"{a['title']}{a['article']} {a['text']}" for a in articles),
            laws,
            *(_questions(folder / f"{split}.jsonl", rows) for split in ("train", "dev")),
        )
    except (OSError, ValueError, KeyError) as error:
        raise EvaluationError(
            f"法条检索基准 {folder} 无法读取（{type(error).__name__}: {error}）。"
            "请用 --statutes 指定放有 corpus.jsonl.gz、train.jsonl、dev.jsonl 的文件夹。"
        ) from error


def _questions(path: Path, rows: dict[str, int]) -> tuple[Asked, ...]:
    entries = map(json.loads, path.read_text("utf-8").splitlines())
    return tuple(Asked(entry["query"], frozenset(rows[gold] for gold in entry["gold"])) for entry in entries)


def characters_and_pairs(text: str) -> Iterator[str]:
    """Yield the characters and adjacent pairs of Chinese text, and Latin words and figures whole."""
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            yield run
        else:
            yield from run
            yield from map("".join, pairwise(run))


@dataclass(frozen=True)
class Words:
    """BM25 over the articles."""

    index: LexicalIndex
    terms: Terms

    @classmethod
    def of(cls, texts: Sequence[str], terms: Terms, stage: str, progress: Progress) -> "Words":
        """Index texts by their terms."""
        rows = []
        for done, text in enumerate(texts):
            if done % _BATCH == 0:
                progress(stage, done, len(texts))
            # Interned, 18 million terms take 150 MB; otherwise ten times as much.
            rows.append([sys.intern(term) for term in terms(text)])
        progress(stage, len(texts), len(texts))
        return cls(LexicalIndex.from_terms(rows), terms)

    def scores(self, question: str) -> np.ndarray:
        """Return every article's score, float32 of shape (n,)."""
        return self.index.scores(list(self.terms(question)))


@dataclass(frozen=True)
class Dense:
    """Vectors of the articles."""

    embedder: Embedder
    vectors: Vectors

    @classmethod
    def of(cls, texts: Sequence[str], embedder: Embedder, stage: str, progress: Progress) -> "Dense":
        """Encode texts, cut to what the model was trained on."""
        return cls(embedder, vectors_of(embedder, [text[:LONGEST_INPUT] for text in texts], stage, progress))

    def scores(self, question: str) -> np.ndarray:
        """Return every article's cosine, float32 of shape (n,)."""
        return np.asarray(self.vectors @ self.embedder.encode_queries([question])[0])


def open_embedder(folder: Path | None) -> Embedder:
    """Open the model in a folder; None is the one in the settings, which by default is the shipped one."""
    if folder is None:
        return open_query_embedder(load_settings())
    if is_static_model(folder):
        return StaticEmbedder(folder)
    return open_query_embedder(load_settings({"embedding_model": str(folder)}))


@dataclass(frozen=True, slots=True)
class Pool:
    """The best articles of both routes for a question, and what speaks for each."""

    rows: np.ndarray
    features: np.ndarray
    """Shape (n, 3): BM25 and cosine, each as a share of the best, in [0, 1]; the prior of the law."""
    by_route: tuple[Ranking, Ranking]

    def ranked(self, weights: np.ndarray) -> Ranking:
        """Return the articles by the weighted sum of the first ``len(weights)`` features."""
        order = np.argsort(-(self.features[:, : len(weights)] @ weights), kind="stable")
        return [int(row) for row in self.rows[order]]


def pool_of(words: np.ndarray, cosines: np.ndarray, prior: np.ndarray) -> Pool:
    """Pool the best articles of two routes, from every article's scores and prior, all of shape (n,)."""
    routes = best_rows(words, _DEEP), best_rows(cosines, _DEEP)
    rows = np.array(sorted({*routes[0], *routes[1]}), np.int64)
    shares = [np.maximum(scores[rows], 0) / max(float(scores.max()), 1e-6) for scores in (words, cosines)]
    return Pool(rows, np.stack([*shares, prior[rows]], axis=1), routes)


def compare_routes(
    statutes: Statutes, segmenter: Segmenter, fold_models: Sequence[Path], progress: Progress
) -> tuple[Table, Table]:
    """Measure every way of ranking on the questions of ``dev``; returns tables for all, and for the unseen.

    Args:
        statutes: the articles and the questions.
        segmenter: gives the terms that the service indexes.
        fold_models: two models, the k-th trained without the questions i of ``train`` with i % 2 == k; none where there
            are none, and the rows that learn from ``train`` are left out.
        progress: is told how far the work is.
    """
    found: dict[str, Sequence[Ranking]] = {}
    terms = Words.of(statutes.texts, segmenter.index_terms, "切词", progress)
    by_terms = [best_rows(terms.scores(question.text), _JUDGED) for question in statutes.dev]
    del terms
    words = Words.of(statutes.texts, characters_and_pairs, "切单字、双字", progress)
    dense = Dense.of(statutes.texts, open_embedder(None), "计算向量", progress)
    prior = statutes.prior()
    pools = [pool_of(words.scores(q.text), dense.scores(q.text), prior) for q in statutes.dev]
    found["BM25，单字加双字，含标题"] = [pool.by_route[0][:_JUDGED] for pool in pools]
    found["BM25，本项目的词项"] = by_terms
    found["向量，随包模型"] = [pool.by_route[1][:_JUDGED] for pool in pools]
    found[f"RRF（k = {RRF_K}），单字双字与向量"] = [fuse(pool.by_route) for pool in pools]
    notes = []
    if fold_models:
        choices = _choices(statutes, words, fold_models, progress)
        for name, size in (("学得的加权和，单字双字与向量", 2), ("学得的加权和，再加法律的先验", 3)):
            weights = _fitted(choices, size)
            found[name] = [pool.ranked(weights) for pool in pools]
            notes.append(f"{name}：权重 {'、'.join(f'{weight:.2f}' for weight in weights)}。")
        if len({open_embedder(folder).fingerprint for folder in fold_models}) < _FOLDS:
            notes.append("两个折模型是同一个模型，“学得的加权和”两行不作数。")
    else:
        notes.append(
            "“学得的加权和”两行未测：没有用 --fold-models 给出两个折模型。随包模型见过训练题，用它学权重会偏信向量。"
        )
    unseen = statutes.unseen
    return (
        _table(f"法条检索，dev 全部 {len(statutes.dev)} 题", found, statutes.dev, range(len(statutes.dev)), notes),
        _table(f"法条检索，其中标准条文未在 train 出现的 {len(unseen)} 题", found, statutes.dev, unseen, ()),
    )


def _choices(
    statutes: Statutes, words: Words, models: Sequence[Path], progress: Progress
) -> list[tuple[np.ndarray, list[int]]]:
    """Return the pools of the questions to train on, each by a model that has not seen it, with the gold in them."""
    choices = []
    for fold, model in enumerate(models):
        dense = Dense.of(statutes.texts, open_embedder(model), f"计算向量，折模型 {fold}", progress)
        for question in statutes.train[fold::_FOLDS]:
            pool = pool_of(words.scores(question.text), dense.scores(question.text), statutes.prior(question))
            right = [n for n, row in enumerate(pool.rows.tolist()) if row in question.gold]
            if right:
                choices.append((pool.features, right))
    return choices


def _fitted(choices: Sequence[tuple[np.ndarray, list[int]]], size: int) -> np.ndarray:
    """Fit weights for the first ``size`` features."""
    # torch takes seconds to import, and nothing else here needs it.
    from choice import fit_choice

    return fit_choice([(features[:, :size], right) for features, right in choices], _L2)


def _table(
    title: str, found: dict[str, Sequence[Ranking]], dev: Sequence[Asked], numbers: Sequence[int], notes: Sequence[str]
) -> Table:
    rows = {}
    for name, rankings in found.items():
        judged = [retrieved(rankings[number][:_JUDGED], dev[number].gold) for number in numbers]
        rows[name] = tuple(np.mean(judged, axis=0).tolist()) if judged else (0.0,) * len(Retrieved._fields)
    return Table(title, tuple(notes), _COLUMNS, rows)
