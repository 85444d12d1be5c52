import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service import shipped
from qa_service.corpus.document_file import read_document
from qa_service.corpus.models import Document, Form
from qa_service.corpus.passages import PASSAGE_BUDGET, outline_of, passages_of
from qa_service.text.segmenter import Segmenter

PLAN = shipped.corpus_folder() / "plan" / "haimen-ip-plan.md"
LAWS = Path(__file__).parents[3] / "shared" / "reference" / "laws"


def document(body: str, markup: str = "text") -> Document:
    return Document(id="d", title="某规划", form=Form.FULL_TEXT, body=body, markup=markup)


def uncovered(doc: Document, count: object, budget: int) -> str:
    """What neither a heading nor a passage holds; fails where anything is held twice."""
    spans = [(p.start, p.end) for p in passages_of(doc, count, budget=budget)]  # type: ignore[arg-type]
    spans += [node.heading for _, node in outline_of(doc).root.walk() if node.heading]
    at, rest = 0, []
    for start, end in sorted(spans):
        assert start >= at, f"characters {start} to {at} are held twice"
        rest.append(doc.body[at:start])
        at = end
    return "".join([*rest, doc.body[at:]])


lines = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "一、甲",
                "二、乙",
                "（一）丙",
                "（二）丁",
                "1.戊",
                "2.己",
                "——庚。辛壬。",
                "第一章 总则",
                "第一条 甲。",
                "第二条 乙。",
                "某规划",
                "",
                "　",
                "3.目标达20件。",
            ]
        ),
        st.text(alphabet="专利商标，。；！？“”（）一二第条章1.—— \u3000", max_size=40),
    ),
    max_size=25,
)


@given(lines=lines, budget=st.integers(1, 30))
def test_headings_and_passages_cover_any_source_exactly_once(lines: list[str], budget: int) -> None:
    assert not uncovered(document("\n".join(lines)), len, budget).strip(" \t\r\n\u3000\xa0\ufeff")


@given(lines=lines)
def test_a_passage_is_its_span_of_the_source_and_ids_are_distinct(lines: list[str]) -> None:
    doc = document("\n".join(lines))
    passages = passages_of(doc, len, budget=12)
    assert all(p.text == doc.body[p.start : p.end] and p.text.strip() for p in passages)
    assert len({p.id for p in passages}) == len(passages)


@pytest.mark.parametrize("budget", [20, 60, PASSAGE_BUDGET])
def test_the_plan_is_covered_exactly_once(segmenter: Segmenter, budget: int) -> None:
    assert not uncovered(read_document(PLAN), segmenter.count, budget).strip()


def test_every_target_and_every_dash_paragraph_is_a_passage_of_its_own(segmenter: Segmenter) -> None:
    places = [p.location for p in passages_of(read_document(PLAN), segmenter.count)]
    assert [p for p in places if p.startswith("三、（二）")] == [f"三、（二）{n}" for n in range(1, 6)]
    assert len([p for p in places if re.match(r"(一、（一）|二、（二）)\w", p)]) == 10


def test_a_passage_carries_its_headings_place_and_stable_id(segmenter: Segmenter) -> None:
    passage = next(p for p in passages_of(read_document(PLAN), segmenter.count) if p.location == "四、（三）4")
    assert passage.id == "haimen-ip-plan#四-三-4"
    assert passage.heading_path[-3:] == ("四、主要任务", "（三）高效益引导知识产权运用", "4.创新知识产权金融服务")
    assert passage.titled_location == "四、（三）4 创新知识产权金融服务"


def test_a_long_paragraph_is_cut_at_sentence_ends_within_the_budget(segmenter: Segmenter) -> None:
    parts = [p for p in passages_of(read_document(PLAN), segmenter.count, budget=80) if p.location == "四、（五）4"]
    assert len(parts) > 1
    assert [p.part for p in parts] == list(range(1, len(parts) + 1))
    assert all(p.text.endswith("。") and segmenter.count(p.text) <= 80 for p in parts)


def test_a_sentence_over_the_budget_is_cut_at_a_comma() -> None:
    parts = passages_of(document("甲甲甲甲，乙乙乙乙，丙丙丙丙，丁丁丁丁。"), len, budget=12)
    assert all(len(p.text) <= 12 for p in parts)
    assert parts[0].text.endswith("，")


def test_an_article_is_cited_by_its_number() -> None:
    law = document("# 某规划\n\n## 第一章 总则\n\n第一条 甲。\n\n第二款文。\n\n第二条 乙。", "markdown")
    passages = passages_of(law, len, budget=100)
    assert [(p.location, p.key) for p in passages] == [("第一条", "第一条"), ("第二条", "第二条")]
    assert passages[0].text == "第一条 甲。\n\n第二款文。"


@pytest.mark.skipif(not LAWS.is_dir(), reason="statute texts stand beside the checkout in ../shared, which is absent")
def test_every_statute_is_covered_exactly_once(segmenter: Segmenter) -> None:
    for path in sorted(LAWS.glob("*.md")):
        if path.name != "README.md":
            doc = document(path.read_text("utf-8").split("---", 2)[2], "markdown")
            assert not uncovered(doc, segmenter.count, PASSAGE_BUDGET).replace("#", "").strip(), path.name


def test_a_budget_below_one_word_is_refused() -> None:
    with pytest.raises(ValueError, match="got 0"):
        passages_of(document("甲。"), len, budget=0)
