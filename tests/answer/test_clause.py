from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answer.clause import _items, _paragraphs, clauses, is_one_clause
from qa_service.answer.models import Answer, Reason, Status
from qa_service.corpus.models import Passage
from qa_service.search.clause import read_clauses
from qa_service.service import Service, open_service
from qa_service.settings import Settings

LAW = """---
id: example-law
title: 示例市商标条例
form: full_text
kind: 条例
level: 地方性法规
effective: 2020-05-01
---
# 示例市商标条例

## 第一章 总则

第一条 为了保护商标，制定本条例。

## 第二章 申请

第二条 下列标志不得注册：

（一）通用名称；

（二）直接表示质量的；

（三）其他缺乏显著特征的。

前款所列标志经使用取得显著特征的，可以注册。

有下列情形之一的，不予公告：

（一）逾期的；

（二）未缴费的。

第三条 异议应当在三个月内提出。
"""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("clauses")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "example-law.md").write_text(LAW, "utf-8")
    return open_service(Settings(corpus_dir=folder / "corpus", index_dir=folder / "index"))


def ask(service: Service, text: str) -> Answer:
    return service.answerer.ask(text, as_of=date(2026, 7, 1))


def test_a_clause_is_shown_whole_with_its_place_and_neighbours(law: Service) -> None:
    answer = ask(law, "示例市商标条例第二条讲什么")
    head, *lines = answer.text.splitlines()
    assert head == "《示例市商标条例》第二条（第二章 申请）：[1]"
    assert lines[0] == "下列标志不得注册：[1]"
    assert lines[-2:] == ["前一条：第一条 为了保护商标，制定本条例。[2]", "后一条：第三条 异议应当在三个月内提出。[3]"]
    assert answer.reason is Reason.COMPLETE


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("第二条第一款第二项", "第一款第二项：下列标志不得注册：（二）直接表示质量的；"),
        ("第二条第二款", "第二款：前款所列标志经使用取得显著特征的，可以注册。"),
        ("第二条第三款第（一）项", "第三款第一项：有下列情形之一的，不予公告：（一）逾期的；"),
        ("第二条第四款", "这一条只有3款，没有第四款。"),
        ("第二条第二款第一项", "第二款没有第一项。"),
        ("第二条第一款第四项", "第一款没有第四项。"),
    ],
)
def test_of_a_full_text_the_paragraph_and_item_asked_for_are_shown(law: Service, asked: str, said: str) -> None:
    answer = ask(law, f"示例市商标条例{asked}讲什么")
    assert answer.text.splitlines()[1] == f"{said}[1]"


def test_the_first_and_the_last_clause_have_one_neighbour(law: Service) -> None:
    assert "前一条" not in ask(law, "示例市商标条例第一条讲什么").text
    assert "后一条" not in ask(law, "示例市商标条例第三条讲什么").text


def test_several_clauses_have_no_neighbours(law: Service) -> None:
    text = ask(law, "示例市商标条例第一条和第三条讲什么").text
    assert "《示例市商标条例》第一条" in text
    assert "《示例市商标条例》第三条" in text
    assert "前一条" not in text


def test_a_clause_that_is_not_there_is_not_made_up(law: Service) -> None:
    answer = ask(law, "示例市商标条例第九条讲什么")
    assert (answer.status, answer.reason) == (Status.RELATED, Reason.NOT_STATED)
    assert "第九条" in answer.text


def test_of_notes_the_whole_entry_is_shown_and_that_is_said(service: Service) -> None:
    lines = ask(service, "专利法第四十二条第二款讲什么").text.splitlines()
    assert lines[1].startswith("本服务收录的是要点，没有分款、项")
    assert any("发明专利二十年，实用新型十年，外观设计十五年" in line for line in lines)


def test_a_shipped_clause_has_its_neighbours(service: Service) -> None:
    text = ask(service, "专利法第六十五条讲什么").text
    assert text.startswith("《专利法》第六十五条")
    assert "前一条：第六十四条" in text
    assert "后一条：第六十六条" in text


def test_every_statement_stands_in_its_passage(law: Service) -> None:
    passages = law.engine.passages_of("example-law")
    references = read_clauses("示例市商标条例第二条")
    named = [p for p in passages if p.location == "第二条"]
    assert is_one_clause(named, references)
    assert not is_one_clause(passages, references)
    said = clauses(named, references, law.library["example-law"], law.engine)
    shown = "".join(span.of(s.passage.text) for s in said for span in s.spans if s.passage in named)
    assert shown == "".join(p.text.replace("\n", "") for p in named)


def test_a_long_clause_is_cut_and_says_so(law: Service) -> None:
    long = Passage(
        "d#第一条",
        "example-law",
        "第一条",
        ("条例",),
        "",
        "第一条 开头。\n" + "\n".join("长" * 150 for _ in "四段文字"),
        0,
        1,
    )
    said = clauses([long], read_clauses("第一条"), law.library["example-law"], _Alone(long))
    assert said[-1].text == "……（未完，点开看全文）"
    assert sum(len(s.text) for s in said[1:-1]) <= 400


class _Alone:
    """An engine that knows one passage."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage

    def passages_of(self, document_id: str) -> list[Passage]:
        return [self._passage]


LINES = st.lists(
    st.sampled_from(["正文。", "（一）一项；", "（十二）又一项。", "  ", "另一款：", " (三)半角项；"]), max_size=12
)


@given(LINES)
def test_the_paragraphs_of_a_clause_cover_it_and_do_not_overlap(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    spans = _paragraphs(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    for span in spans:
        assert all(span.start <= item.start and item.end <= span.end for item in _items(text, span))
