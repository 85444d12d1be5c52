import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answer.extract import SentenceSignals, SentenceWeights, probabilities, rank_sentences
from qa_service.service import Service, open_service
from qa_service.settings import Settings

DAY = date(2026, 7, 1)
WEIGHTS = SentenceWeights(passage=0.0, overlap=1.0, vector=0.0, asked=2.0, kind=4.0)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("extract")
    (folder / "corpus" / "questions").mkdir(parents=True)
    (folder / "corpus" / "law.md").write_text(
        "---\nid: law\ntitle: 示例市资助办法\nform: full_text\nkind: 办法\n---\n# 示例市资助办法\n\n"
        "第一条 对授权的发明专利给予资助。每件发明专利资助一万元。资助资金由财政安排。\n\n第二条 申请应当在三个月内提出。\n",
        "utf-8",
    )
    (folder / "corpus" / "questions" / "law.jsonl").write_text(
        '{"location": "第一条", "starts": "资助资金由财政", "questions": ["钱是谁出的"]}\n', "utf-8"
    )
    return open_service(Settings(corpus_dir=folder / "corpus", index_dir=folder / "index"))


def ranked(service: Service, text: str) -> list[str]:
    question = service.searcher.understand(text, DAY)
    hits = service.searcher.search(question, DAY, 5)
    return [s.text.strip() for s in rank_sentences(question, hits, service.searcher, WEIGHTS)]


def test_the_sentence_that_gives_what_is_asked_comes_first(small: Service) -> None:
    assert ranked(small, "发明专利资助多少钱")[0] == "每件发明专利资助一万元。"


def test_the_sentence_an_everyday_question_is_on_comes_first(small: Service) -> None:
    assert ranked(small, "钱是谁出的")[0] == "资助资金由财政安排。"


def test_every_sentence_of_what_was_found_is_ranked_once(small: Service) -> None:
    said = ranked(small, "发明专利资助多少钱")
    assert len(said) == len(set(said)) == 4


def test_a_sentence_knows_what_it_has_of_the_question(small: Service) -> None:
    question = small.searcher.understand("发明专利资助多少钱", DAY)
    hits = small.searcher.search(question, DAY, 5)
    best = rank_sentences(question, hits, small.searcher, WEIGHTS)[0]
    assert {"发明专利", "资助"} <= set(best.tells)
    assert best.signals.kind == 1.0
    assert 0 < best.signals.overlap <= 1


def test_a_score_is_the_weighted_sum_of_the_signals() -> None:
    assert WEIGHTS.score(SentenceSignals(passage=9, overlap=0.5, vector=9, asked=0.25, kind=1)) == 5.0


@given(st.lists(st.floats(-50, 50), max_size=8))
def test_chances_add_up_to_one_and_keep_the_order(scores: list[float]) -> None:
    chances = probabilities(scores)
    assert len(chances) == len(scores)
    assert not scores or math.isclose(sum(chances), 1.0)
    assert all(
        (a <= b) or (x >= y) for a, x in zip(scores, chances, strict=True) for b, y in zip(scores, chances, strict=True)
    )
