"""What each signal of the ranking contributes, on golden questions and the corpus they are about."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from measures.ranked import RRF_K, fuse, mean_reciprocal, share_within
from measures.table import Table
from qa_service import shipped
from qa_service.answer.calibration import read_calibration
from qa_service.clock import china_clock
from qa_service.commands.importing import Say, import_files
from qa_service.corpus.library import read_library
from qa_service.corpus.models import Passage
from qa_service.errors import EvaluationError
from qa_service.evaluation.golden import GoldenQuestion
from qa_service.evaluation.quotes import holds, letters_to_compare
from qa_service.index.build import Progress
from qa_service.index.engine import Signals
from qa_service.search.question import Question
from qa_service.search.ranking import Features, RankingWeights
from qa_service.search.searcher import Searcher
from qa_service.service import Service, open_service
from qa_service.settings import Settings

Rank = Callable[[Question, date], list[Passage]]
"""Ranks passages for a question on a day, best first."""

_SHOWN = 5
_DEEP = 30
"""Of each route, this many are fused: what a route contributes to the service's own candidates."""
_ROUTES = ("expanded", "vector", "question_vector")
_COLUMNS = ("前 1", "前 3", "前 5", "MRR", "前 3：比随包多对、少对")
_SHIPPED = "随包排序（全部）"
_LABELS = {
    "words": "BM25，只有原文",
    "expanded": "BM25，原文加日常问法",
    "vector": "向量",
    "question_vector": "日常问法（问对问）",
    "sentence": "最近的一句",
    "subject": "权利种类",
    "topic": "主题",
    "gives": "所给内容",
    "standing": "文件性质",
}
_TOGETHER = {
    "BM25（全部）": ("words", "expanded"),
    "日常问法（全部）": ("expanded", "question_vector"),
    "向量模型（全部余弦）": ("vector", "question_vector", "sentence"),
}
"""What stands or falls together."""


@contextmanager
def with_laws(settings: Settings, laws: Path, say: Say, progress: Progress) -> Iterator[Service]:
    """Open the service on a copy of the corpus with the files of a folder imported into it.

    Raises:
        EvaluationError: one of them could not be.
    """
    with TemporaryDirectory() as scratch:
        corpus = Path(scratch, "corpus")
        copytree(settings.corpus_dir, corpus)
        if failed := import_files([str(laws)], read_library(corpus), corpus, china_clock(), given={}, say=say):
            raise EvaluationError(f"{laws} 里有 {failed} 份没有导入，原因见上。请移走或改正后再测。")
        copied = settings.model_copy(update={"corpus_dir": corpus, "index_dir": Path(scratch, "index")})
        yield open_service(copied, progress=progress)


def compare_rankings(
    service: Service, questions: Sequence[GoldenQuestion], title: str, day: date, progress: Progress
) -> Table:
    """Rank passages for the answerable questions with and without each signal.

    Args:
        service: an open service.
        questions: those of one file; some of them answerable.
        title: of the table.
        day: the day for questions that name none.
        progress: is told how many rankings are measured.
    """
    asked = [question for question in questions if question.answerable and question.evidence]
    letters = lru_cache(None)(letters_to_compare)
    quotes = [[letters(quote) for place in q.evidence for quote in place.quotes] for q in asked]
    days = [question.as_of or day for question in asked]
    understood = [service.searcher.understand(q.text, when) for q, when in zip(asked, days, strict=True)]
    found: dict[str, list[int | None]] = {}
    rankings = dict(_rankings(service))
    for number, (name, rank) in enumerate(rankings.items()):
        progress(title, number, len(rankings))
        found[name] = [
            _first_to_hold((letters(passage.text) for passage in rank(question, when)[:_SHOWN]), proofs)
            for question, when, proofs in zip(understood, days, quotes, strict=True)
        ]
    progress(title, len(rankings), len(rankings))
    never = [proofs for proofs, *ranks in zip(quotes, *found.values(), strict=True) if not any(ranks)]
    texts = [letters(passage.text) for passage in service.engine.passages] if never else []
    absent = sum(_first_to_hold(texts, proofs) is None for proofs in never)
    notes = [
        f"{len(asked)} 个可答的问题，{len(service.library.documents)} 份文件的 {len(service.engine.passages)} 条；"
        f"一题占 {1 / len(asked):.3f}。" + (f"其中 {absent} 题的依据不在语料里，无从找到。" if absent else "")
    ]
    return Table(title, tuple(notes), _COLUMNS, {n: _figures(ranks, found[_SHIPPED]) for n, ranks in found.items()})


def _first_to_hold(texts: Iterable[str], quotes: Collection[str]) -> int | None:
    """Return the rank, from 1, of the first text that holds a quote."""
    return next((n for n, text in enumerate(texts, 1) if any(holds(text, quote) for quote in quotes)), None)


def _figures(ranks: Sequence[int | None], shipped_ranks: Sequence[int | None]) -> tuple[float | str, ...]:
    ours, theirs = ([rank is not None and rank <= 3 for rank in found] for found in (ranks, shipped_ranks))
    more = sum(a and not b for a, b in zip(ours, theirs, strict=True))
    fewer = sum(b and not a for a, b in zip(ours, theirs, strict=True))
    changed = f"+{more} −{fewer}" if more or fewer else ""
    return *(share_within(ranks, k) for k in (1, 3, 5)), mean_reciprocal(ranks), changed


def _rankings(service: Service) -> Iterator[tuple[str, Rank]]:
    """Yield what is compared, from one signal alone to all, then all but one."""
    weights = read_calibration(service.settings.calibration_file or shipped.calibration_file()).ranking
    features = Features._fields
    signals = [name for name in features if name in Signals._fields]
    others = [name for name in features if name not in signals]

    def by(weights: RankingWeights, *, named: bool = True, deep: int = _SHOWN) -> Rank:
        return _ranked_by(service.searcher, weights, named=named, deep=deep)

    for name in signals:
        yield f"单用 {_label(name)}", by(only(weights, [name]), named=False)
    routes = [by(only(weights, [name]), named=False, deep=_DEEP) for name in _ROUTES]
    yield f"三路 RRF（k = {RRF_K}）", lambda question, day: fuse([route(question, day) for route in routes])
    yield "各路信号加权和", by(only(weights, signals), named=False)
    yield "＋点名的条款和文件", by(only(weights, signals))
    yield _SHIPPED, by(weights)
    for name in others + signals:
        yield f"全部，去掉 {_label(name)}", by(without(weights, [name]))
    for label, names in _TOGETHER.items():
        yield f"全部，去掉 {label}", by(without(weights, names))
    yield "全部，不看点名的条款和文件", by(weights, named=False)


def only(weights: RankingWeights, names: Collection[str]) -> RankingWeights:
    """Return the weights with all others 0; where one of the names weighs nothing, it counts 1."""
    return RankingWeights(**{f.name: (getattr(weights, f.name) or 1.0) * (f.name in names) for f in fields(weights)})


def without(weights: RankingWeights, names: Collection[str]) -> RankingWeights:
    """Return the weights with those of ``names`` 0."""
    return replace(weights, **{f.name: 0.0 for f in fields(weights) if f.name in names})


def _ranked_by(searcher: Searcher, weights: RankingWeights, *, named: bool, deep: int) -> Rank:
    """Rank by weights; what nothing speaks for was not found."""
    weighed = Searcher(searcher.library, searcher.engine, searcher.embedder, searcher.segmenter, weights)

    def rank(question: Question, day: date) -> list[Passage]:
        asked = question if named else replace(question, clauses=(), documents=frozenset(), family=frozenset())
        hits = weighed.search(asked, day, deep)
        return [hit.passage for hit in hits if any(added > 0 for added in hit.contributions.values())]

    return rank


def _label(name: str) -> str:
    return _LABELS.get(name, name)
