import math
import random
from pathlib import Path

import numpy as np
import pytest

from qa_service.index.lexical import LexicalIndex

ROWS = [["专利", "质押", "融资"], ["商标", "注册"], ["专利", "申请", "专利"], ["培训"]]


def plain_bm25(rows: list[list[str]], query: list[str], k1: float = 1.2, b: float = 0.6) -> list[float]:
    """The formula as Kamphuis et al. (2020) print it, one document at a time."""
    n, mean = len(rows), sum(map(len, rows)) / len(rows)
    scores = []
    for row in rows:
        score = 0.0
        for term in query:
            df = sum(term in other for other in rows)
            idf = math.log(1 + (n - df + 0.5) / (df + 0.5))
            tf = row.count(term)
            score += idf * tf / (tf + k1 * (1 - b + b * len(row) / mean))
        scores.append(score)
    return scores


def test_scores_agree_with_the_formula_on_random_rows() -> None:
    rng = random.Random(7)
    rows = [rng.choices("甲乙丙丁戊己庚辛", k=rng.randint(1, 12)) for _ in range(60)]
    index = LexicalIndex.from_terms(rows)
    for _ in range(20):
        query = rng.sample("甲乙丙丁戊己庚辛", k=3)
        expected = np.array(plain_bm25(rows, query)) / sum(map(index.idf, query))
        np.testing.assert_allclose(index.scores(query), expected, rtol=1e-5, atol=1e-7)


def test_scores_lie_between_zero_and_one() -> None:
    scores = LexicalIndex.from_terms(ROWS).scores(["专利", "质押", "不知道"])
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scores.argmax() == 0


def test_a_question_without_a_known_word_finds_nothing() -> None:
    assert not LexicalIndex.from_terms(ROWS).scores(["天气"]).any()


def test_unknown_words_lower_every_score() -> None:
    index = LexicalIndex.from_terms(ROWS)
    assert index.scores(["质押", "天气"]).max() < index.scores(["质押"]).max()


def test_a_rare_word_tells_more_and_an_unseen_one_most() -> None:
    index = LexicalIndex.from_terms(ROWS)
    assert index.idf("专利") < index.idf("质押") < index.idf("天气")


def test_saving_and_loading_changes_no_score(tmp_path: Path) -> None:
    index = LexicalIndex.from_terms(ROWS)
    index.save(tmp_path)
    np.testing.assert_array_equal(LexicalIndex.load(tmp_path).scores(["专利"]), index.scores(["专利"]))


@pytest.mark.parametrize("rows", [[], [[]]])
def test_an_empty_index_finds_nothing(rows: list[list[str]]) -> None:
    assert not LexicalIndex.from_terms(rows).scores(["专利"]).any()
