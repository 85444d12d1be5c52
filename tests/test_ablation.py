"""What ``scripts/ablation`` measures is what it says it measures."""

import gzip
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from math import log2
from pathlib import Path

import numpy as np
import pytest

from measures import statutes as statutes_module
from measures.passages import compare_rankings, only, with_laws, without
from measures.ranked import fuse, mean_reciprocal, retrieved, share_within
from measures.statutes import Asked, Statutes, Words, characters_and_pairs, compare_routes, pool_of, read_statutes
from measures.table import Table
from qa_service import shipped
from qa_service.answer.answerer import Answerer
from qa_service.answer.calibration import read_calibration
from qa_service.answer.dialogue.sessions import MemorySessions
from qa_service.answer.verdict import read_verdicts
from qa_service.clock import Clock
from qa_service.corpus.library import Library
from qa_service.errors import EvaluationError
from qa_service.evaluation.golden import Evidence, GoldenQuestion
from qa_service.index.build import silent, write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine, Signals
from qa_service.index.store import BuildStore
from qa_service.search.ranking import Features, RankingWeights
from qa_service.search.searcher import Searcher
from qa_service.service import Service
from qa_service.settings import Settings
from qa_service.text.segmenter import Segmenter

SCRIPT = Path(__file__).parents[1] / "scripts" / "ablation"
DAY = date(2026, 7, 1)


def ablation(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("option", ["--laws", "--statutes"])
def test_a_missing_folder_is_refused_with_advice(tmp_path: Path, option: str) -> None:
    golden = tmp_path / "题.jsonl"
    golden.write_text("{}", "utf-8")
    done = ablation("--golden", golden, option, tmp_path / "没有")
    assert done.returncode == 1
    assert f"{option} 的文件夹 {tmp_path / '没有'} 不存在。请核对路径" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_fold_model_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    done = ablation("--statutes", tmp_path, "--fold-models", tmp_path, tmp_path / "没有")
    assert done.returncode == 1
    assert "--fold-models 的文件夹" in done.stderr


def test_with_nothing_to_measure_it_says_what_can_be_given() -> None:
    done = ablation()
    assert done.returncode == 1
    assert "请用 --golden 给出评测题文件" in done.stderr


def test_a_folder_that_is_no_benchmark_is_refused_with_the_names_of_the_files(tmp_path: Path) -> None:
    done = ablation("--statutes", tmp_path)
    assert done.returncode == 1
    assert "请用 --statutes 指定放有 corpus.jsonl.gz、train.jsonl、dev.jsonl 的文件夹" in done.stderr


def test_fusion_prefers_what_several_routes_have_to_what_one_has_first() -> None:
    # b: 1/12 + 1/11; a: 1/11; c: 1/12; d: 1/13
    assert fuse([["a", "b"], ["b", "c", "d"]], k=10) == ["b", "a", "c", "d"]


def test_fusion_with_a_small_k_lets_a_first_place_outweigh_two_low_ones() -> None:
    routes = [["a", "x", "y", "b"], ["z", "u", "v", "b"]]
    assert fuse(routes, k=0)[0] == "a"  # 1 against 1/4 + 1/4
    assert fuse(routes, k=60)[0] == "b"  # 1/61 against 2/64


def test_fusion_of_nothing_is_empty() -> None:
    assert fuse([[], []]) == []


def test_ndcg_counts_several_golds_against_the_best_order_of_them() -> None:
    judged = retrieved(["x", "a", "y", "b"], {"a", "b", "c"})
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert judged.ndcg10 == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)
    assert judged.recall5 == pytest.approx(2 / 3)
    assert judged.mrr10 == 0.5


def test_a_perfect_ranking_scores_one_even_with_more_golds_than_are_looked_at() -> None:
    gold = set(range(12))
    judged = retrieved(range(12), gold)
    assert judged.ndcg10 == pytest.approx(1.0)
    assert judged.recall10 == pytest.approx(10 / 12)
    assert judged.recall100 == 1.0


def test_gold_below_the_tenth_place_counts_only_for_the_deep_recall() -> None:
    judged = retrieved([f"x{n}" for n in range(10)] + ["a"], {"a"})
    assert judged == (0.0, 0.0, 0.0, 1.0, 0.0)


def test_a_rank_not_found_counts_as_nothing() -> None:
    assert share_within([1, 4, None, 3], 3) == 0.5
    assert mean_reciprocal([1, 4, None, None]) == pytest.approx(1.25 / 4)


def test_a_table_is_a_section_of_a_page() -> None:
    table = Table("题目", ("说明",), ("前 1", "变化"), {"甲": (0.5, "+1 −0")})
    assert table.markdown().split("\n") == [
        "### 题目",
        "",
        "说明",
        "",
        "| 排序 | 前 1 | 变化 |",
        "|---|---:|---:|",
        "| 甲 | 0.500 | +1 −0 |",
    ]


def test_weights_are_switched_off_by_name() -> None:
    weights = RankingWeights(*range(len(Features._fields)))
    first, second, *rest = Features._fields
    assert asdict(only(weights, [second])) == dict.fromkeys(Features._fields, 0.0) | {second: 1.0}
    # A signal that the weights leave out can still be measured alone.
    assert asdict(only(weights, [first]))[first] == 1.0
    assert asdict(without(weights, [second])) == asdict(weights) | {second: 0.0}
    assert all(asdict(without(weights, [second, "nothing"]))[name] > 0 for name in rest)


@pytest.fixture
def tiny_service(
    tiny_library: Library,
    tiny_corpus: Path,
    segmenter: Segmenter,
    hash_embedder: Embedder,
    tmp_path: Path,
    fixed_clock: Clock,
) -> Service:
    engine = EmbeddedEngine(write_build(tiny_library, segmenter, hash_embedder, BuildStore(tmp_path / "index")))
    calibration = read_calibration(shipped.calibration_file())
    searcher = Searcher(tiny_library, engine, hash_embedder, segmenter, calibration.ranking)
    verdicts = read_verdicts(shipped.verdicts_file())
    answerer = Answerer(searcher, calibration.confidence, calibration.sentences, verdicts, fixed_clock)
    sessions = MemorySessions(fixed_clock, most=1, turns=1, age=timedelta(minutes=1))
    return Service(Settings(corpus_dir=tiny_corpus), tiny_library, engine, searcher, answerer, sessions)


def golden(text: str, *quotes: str, answerable: bool = True) -> GoldenQuestion:
    evidence = (Evidence("test-law", "", quotes),) if quotes else ()
    return GoldenQuestion("题", text, text, "wechat", "fact", answerable, evidence, False, (("元",),), None)


def test_every_signal_is_measured_alone_and_left_out(tiny_service: Service) -> None:
    asked = [golden("授权的发明专利资助多少", "每件资助一万元"), golden("天气", answerable=False)]
    rows = compare_rankings(tiny_service, asked, "小语料", DAY, silent).rows
    assert sum(name.startswith("单用") for name in rows) == len(Signals._fields)
    assert sum(name.startswith("全部，去掉") for name in rows) >= len(Features._fields)
    assert rows["随包排序（全部）"] == (1.0, 1.0, 1.0, 1.0, "")
    assert all(0 <= value <= 1 for values in rows.values() for value in values[:4])


def test_what_no_passage_holds_is_told_and_counted_as_not_found(tiny_service: Service) -> None:
    asked = [golden("授权的发明专利资助多少", "每件资助一万元"), golden("授权资助多少", "每件资助九十九万元")]
    table = compare_rankings(tiny_service, asked, "小语料", DAY, silent)
    assert "其中 1 题的依据不在语料里" in table.notes[0]
    assert table.rows["随包排序（全部）"][2] == 0.5


def test_a_named_clause_helps_only_where_names_are_looked_at(tiny_service: Service) -> None:
    asked = [golden("专利促进条例第一条说的提交材料费用二百元", "为了鼓励发明创造")]
    rows = compare_rankings(tiny_service, asked, "小语料", DAY, silent).rows
    assert rows["各路信号加权和"][0] == rows["全部，不看点名的条款和文件"][0] == 0.0
    assert rows["＋点名的条款和文件"][0] == rows["随包排序（全部）"][0] == 1.0


def test_a_folder_without_official_texts_is_refused(tiny_corpus: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    said: list[str] = []
    with (
        pytest.raises(EvaluationError, match="有 1 份没有导入"),
        with_laws(Settings(corpus_dir=tiny_corpus), empty, said.append, silent),
    ):
        pass
    assert "文件夹里没有" in said[0]
    assert not (tiny_corpus / "imported").exists()


ARTICLES = [
    ("甲法", "第一条", "租房押金应当退还"),
    ("甲法", "第二条", "租赁合同应当书面"),
    ("乙法", "第一条", "劳动合同期满终止"),
]


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    folder = tmp_path / "statutes"
    folder.mkdir()
    with gzip.open(folder / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        for title, article, text in ARTICLES:
            print(json.dumps({"id": f"{title}#{article}", "title": title, "article": article, "text": text}), file=file)
    asked = {
        "train": [("退押金", ["甲法#第一条"]), ("口头租房", ["甲法#第二条"])],
        "dev": [("合同到期", ["乙法#第一条"])],
    }
    for split, questions in asked.items():
        lines = [json.dumps({"query": text, "gold": gold}) for text, gold in questions]
        (folder / f"{split}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_the_prior_of_a_question_to_train_on_leaves_its_own_gold_out(benchmark: Path) -> None:
    statutes = read_statutes(benchmark)
    assert statutes.prior().tolist() == pytest.approx([np.log(3), np.log(3), 0])
    assert statutes.prior(statutes.train[0]).tolist() == pytest.approx([np.log(2), np.log(2), 0])
    assert statutes.times_gold.sum() == 2


def test_a_question_is_unseen_where_none_of_its_articles_answers_one_to_train_on() -> None:
    train, dev = (Asked("", frozenset({0})),), (Asked("", frozenset({0, 1})), Asked("", frozenset({1, 2})))
    assert Statutes(("",) * 3, np.zeros(3, np.int64), train, dev).unseen == [1]


def test_characters_and_pairs_keep_latin_words_and_figures_whole() -> None:
    assert list(characters_and_pairs("App 退押金，30天")) == ["app", "退", "押", "金", "退押", "押金", "30", "天"]


def test_a_pool_holds_shares_of_the_best_and_the_prior() -> None:
    scores, cosines = np.array([0.0, 2.0, 1.0], np.float32), np.array([0.4, 0.2, -0.1], np.float32)
    pool = pool_of(scores, cosines, np.array([0.0, 0.0, 0.7]))
    assert pool.features == pytest.approx(np.array([[0, 1, 0], [1, 0.5, 0], [0.5, 0, 0.7]]))
    assert pool.ranked(np.array([1.0, 1.0])) == [1, 0, 2]
    assert pool.ranked(np.array([0.0, 0.0, 1.0]))[0] == 2


def test_a_question_to_train_on_meets_only_the_model_that_has_not_seen_it(
    benchmark: Path, hash_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[str]] = {"fold0": [], "fold1": []}

    def open_embedder(folder: Path) -> Embedder:
        class Listening(type(hash_embedder)):  # type: ignore[misc]
            def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
                asked[folder.name] += texts
                return self.encode_passages(texts)

        return Listening()

    monkeypatch.setattr(statutes_module, "open_embedder", open_embedder)
    statutes = read_statutes(benchmark)
    words = Words.of(statutes.texts, characters_and_pairs, "", silent)
    choices = statutes_module._choices(statutes, words, [Path("fold0"), Path("fold1")], silent)
    assert asked == {"fold0": ["退押金"], "fold1": ["口头租房"]}
    assert [features[right].shape for features, right in choices] == [(1, 3), (1, 3)]


def test_without_fold_models_the_learned_rows_are_left_out_with_the_reason(
    benchmark: Path, segmenter: Segmenter, hash_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statutes_module, "open_embedder", lambda folder: hash_embedder)
    everything, unseen = compare_routes(read_statutes(benchmark), segmenter, [], silent)
    assert len(everything.rows) == 4
    assert "没有用 --fold-models" in everything.notes[0]
    assert everything.rows["BM25，单字加双字，含标题"][0] == 1.0
    assert unseen.rows == everything.rows


def test_with_fold_models_the_learned_rows_are_there(
    benchmark: Path, segmenter: Segmenter, hash_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statutes_module, "open_embedder", lambda folder: hash_embedder)
    everything, _ = compare_routes(read_statutes(benchmark), segmenter, [Path("a"), Path("b")], silent)
    assert len(everything.rows) == 6
    assert "两个折模型是同一个模型" in everything.notes[-1]
