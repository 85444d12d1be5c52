import json
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service import shipped
from qa_service.answer.polarity import features_of
from qa_service.answer.verdict import Verdicts, asks_yes_or_no, read_verdicts, verdict_in_words
from qa_service.corpus.models import EverydayQuestion, Verdict
from qa_service.errors import ModelError
from qa_service.service import Service
from tests.answer.test_compose import asking, sentences

DAY = date(2026, 7, 1)
READABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="。！？!?"), min_size=4, max_size=80
)


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    return read_verdicts(shipped.verdicts_file())


@pytest.mark.parametrize(
    ("verdict", "question", "word"),
    [
        (Verdict.YES, "专利能质押吗", "可以。"),
        (Verdict.NO, "商标可不可以转让", "不可以。"),
        (Verdict.NO, "要不要登记", "不需要。"),
        (Verdict.YES, "有没有补贴", "有。"),
        (Verdict.NO, "这样算侵权吗", "不算。"),
        (Verdict.YES, "会不会被罚", "会。"),
        (Verdict.NO, "转让不用登记,对吗", "不对。"),
        (Verdict.YES, "平台自己担责任吗", "是。"),
        (Verdict.DEPENDS, "专利能质押吗", "视情况。"),
    ],
)
def test_a_verdict_is_said_in_the_words_of_the_question(verdict: Verdict, question: str, word: str) -> None:
    assert verdict_in_words(verdict, question) == word


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("专利能质押吗", True),
        ("海关备案管十年吧", True),
        ("这种申请也可以卖给别人？", True),
        ("专利质押要哪些材料", False),
        ("自己办还是找代理", False),
        ("这样做不用登记吗", False),
        ("规划怎么改？", False),
    ],
)
def test_only_who_asks_yes_or_no_plainly_is_told_so(service: Service, question: str, asks: bool) -> None:
    assert asks_yes_or_no(service.searcher.understand(question, DAY)) is asks


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("专利能质押吗", "可以。"),
        ("实用新型要实质审查吗", "不需要。"),
        ("专利权共有人可以单独许可别人吗", "可以。"),
        ("转让专利要不要登记", "需要。"),
        ("拿专利能贷款吗", "可以。"),
    ],
)
def test_an_answer_opens_with_yes_or_no_where_it_is_plain(service: Service, question: str, opens: str) -> None:
    answer = service.answerer.ask(question)
    assert answer.text.startswith(f"{opens}[1]")
    assert answer.citations[0].highlights


@pytest.mark.parametrize(
    "question", ["没注册的商标能用吗", "商标续展费250元对吗", "街口那家代理靠谱吗", "明年海门会发奖励吗"]
)
def test_where_it_is_not_plain_neither_is_said(service: Service, question: str) -> None:
    text = service.answerer.ask(question).text
    assert not text.startswith(
        ("可以。", "不可以。", "对。", "不对", "是。", "不是。", "会。", "不会。", "有。", "没有。")
    )


def test_the_probabilities_of_all_classes_sum_to_one(verdicts: Verdicts) -> None:
    (sentence,) = sentences("可以依法转让。", 1.0)
    question = asking(normal="商标能转让吗")
    chances = verdicts.probabilities(features_of(question, sentence, []))
    assert sum(chances.values()) == pytest.approx(1)
    assert set(verdicts.thresholds) <= set(chances)


def test_how_alike_questions_were_judged_has_a_say(verdicts: Verdicts) -> None:
    (sentence,) = sentences("转让注册商标，共同向商标局提出申请。", 1.0)
    question = asking(normal="商标能不能转让")

    def chance(judged: Verdict) -> float:
        asked = [(EverydayQuestion("商标能转让吗", "d", "第一条", verdict=judged), 0.9)]
        return verdicts.probabilities(features_of(question, sentence, asked))["yes"]

    assert chance(Verdict.YES) > chance(Verdict.NO)


@given(READABLE, READABLE)
def test_any_question_and_sentence_have_finite_features(asked: str, said: str) -> None:
    (sentence,) = sentences(f"{said}。", 1.0)
    assert all(math.isfinite(value) for value in features_of(asking(normal=asked), sentence, []).values())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        json.dumps({"classes": ["yes"], "intercepts": [0, 1], "weights": {}, "thresholds": {"yes": 0.5}}),
        json.dumps({"classes": ["yes"], "intercepts": [0], "weights": {}, "thresholds": {"maybe": 0.5}}),
    ],
)
def test_a_broken_model_is_said_to_be_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ModelError, match=r"verdicts\.json"):
        read_verdicts(path)


def test_a_missing_model_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="无法读取"):
        read_verdicts(tmp_path / "none.json")
