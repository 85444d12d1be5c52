from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.corpus.checks import check_library
from qa_service.corpus.library import read_library
from qa_service.corpus.models import Form
from qa_service.text.segmenter import Segmenter

REFERENCE = Path(__file__).parents[3] / "shared"

STATUTE = """---
title: 某法
---
# 某法

第二条 违反本法规定的，由主管部门责令改正，没收违法所得，可以处五万元以上二十万元以下的罚款。

第三条 申请应当在三个月内提出。
"""
NOTES = """---
id: law
title: 某法
form: notes
kind: 法律
level: 法律
issuer: 某机关
effective: 2020-01-01
topics: [保护]
draft: {draft}
---
{body}
"""


def faults(tmp_path: Path, body: str, *, draft: bool = True, questions: int = 0) -> list[str]:
    corpus, statutes = tmp_path / "corpus", tmp_path / "shared" / "reference" / "laws"
    (corpus / "questions").mkdir(parents=True)
    statutes.mkdir(parents=True)
    (statutes / "law.md").write_text(STATUTE, "utf-8")
    (corpus / "law.md").write_text(NOTES.format(body=body, draft=str(draft).lower()), "utf-8")
    if questions:
        asked = ", ".join(f'"罚多少钱{n}"' for n in range(questions))
        line = f'{{"location": "第二条", "questions": [{asked}]}}\n'
        (corpus / "questions" / "law.jsonl").write_text(line, "utf-8")
    library = read_library(corpus, drafts=True)
    return [str(fault) for fault in check_library(library, Segmenter().count, tmp_path / "shared")]


def test_notes_that_agree_with_their_statute_have_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "## 第二条 罚款\n- 罚款5万元至20万元。\n\n## 第三条 期限\n- 3个月内申请。") == []


def test_a_figure_the_statute_does_not_have_is_found(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "## 第二条 罚款\n- 罚款5万元至30万元。")
    assert "300000元" in fault
    assert fault.startswith("law 第二条")


def test_an_article_the_statute_does_not_have_is_found(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "## 第九条 罚款\n- 要罚款。")
    assert "没有这一条" in fault


def test_wording_taken_from_the_statute_is_found(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "## 第二条 罚款\n- 由主管部门责令改正，没收违法所得，可以处五万元以上罚款。")
    assert "由主管部门责令改正没收违法所得可以处五万元以上" in fault


def test_notes_that_are_served_need_their_questions_and_drafts_do_not(tmp_path: Path) -> None:
    body = "## 第二条 罚款\n- 要罚款。"
    assert faults(tmp_path / "a", body, draft=True) == []
    assert "只有 5 条日常问法" in faults(tmp_path / "b", body, draft=False, questions=5)[0]
    assert faults(tmp_path / "c", body, draft=False, questions=6) == []


def test_missing_metadata_is_named(tiny_corpus: Path) -> None:
    found = [str(fault) for fault in check_library(read_library(tiny_corpus), len)]
    assert "test-law：元数据缺少 issuer" in found


def test_a_draft_is_not_served(tmp_path: Path, tiny_corpus: Path) -> None:
    (tiny_corpus / "law.md").write_text(NOTES.format(body="## 第二条 罚款\n- 要罚款。", draft="true"), "utf-8")
    assert list(read_library(tiny_corpus).documents) == ["test-law"]
    assert set(read_library(tiny_corpus, drafts=True).documents) == {"law", "test-law"}


GUIDE = """---
id: guide
title: 交罚款怎么办
form: guide
kind: 办事指南
level: 办事指南
issuer: 本服务整理
issued: 2026-01-02
topics: [保护]
---

# 交罚款怎么办

## 步骤
{line}
"""


def guide_faults(tmp_path: Path, line: str) -> list[str]:
    (tmp_path / "law.md").write_text(NOTES.format(body="## 第二条 罚款\n- 罚款5万元至20万元。", draft="false"), "utf-8")
    (tmp_path / "guide.md").write_text(GUIDE.format(line=line), "utf-8")
    found = [str(fault) for fault in check_library(read_library(tmp_path), Segmenter().count)]
    return [fault for fault in found if fault.startswith("guide") and "日常问法" not in fault]


def test_a_line_of_a_guide_that_rests_on_its_source_has_no_fault(tmp_path: Path) -> None:
    assert guide_faults(tmp_path, "- 罚款最多20万元。（《某法》第二条第一款）") == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("- 罚款最多20万元。", "没有写依据"),
        ("- 罚款最多20万元。（《某法》第三条）", "依据 《某法》第三条 不在语料中"),
        ("- 罚款最多20万元。（《别的法》第二条）", "依据 《别的法》第二条 不在语料中"),
        ("- 罚款最多30万元。（《某法》第二条）", "数字不在所引依据中：300000元"),
        ("- 3个月内交罚款。（《某法》第二条）", "数字不在所引依据中：3月"),
    ],
)
def test_a_line_of_a_guide_without_ground_is_found(tmp_path: Path, line: str, says: str) -> None:
    (fault,) = guide_faults(tmp_path, line)
    assert says in fault


def test_a_policy_figure_must_stand_in_a_confirmed_fact(tmp_path: Path) -> None:
    corpus, facts = tmp_path / "corpus", tmp_path / "shared" / "reference" / "facts"
    corpus.mkdir()
    facts.mkdir(parents=True)
    (facts / "fees.md").write_text("- 申请费 900 元 ｜ 标准 ｜ [多源]\n- 登记费 200 元 ｜ — ｜ [待核]\n", "utf-8")
    body = "## 申请费\n- 申请费900元。\n\n## 登记费\n- 登记费200元。"
    (corpus / "fees.md").write_text(NOTES.format(body=body, draft="true"), "utf-8")
    library = read_library(corpus, drafts=True)
    found = [str(fault) for fault in check_library(library, len, tmp_path / "shared")]
    assert found == ["law 登记费：数字不在已核对的事实中：200元"]


def test_a_near_copy_of_a_test_question_is_found(tmp_path: Path) -> None:
    corpus, tests = tmp_path / "corpus", tmp_path / "shared" / "bench" / "golden"
    (corpus / "questions").mkdir(parents=True)
    tests.mkdir(parents=True)
    (tests / "dev.jsonl").write_text('{"turns": [{"question": "罚款最多可以罚多少钱？"}]}\n', "utf-8")
    (corpus / "law.md").write_text(NOTES.format(body="## 第二条 罚款\n- 要罚款。", draft="false"), "utf-8")
    asked = '"罚款最多可以罚多少钱呀", "被罚了怎么交", "多久交", "谁来罚", "不交会怎样", "罚款能减吗"'
    (corpus / "questions" / "law.jsonl").write_text(f'{{"location": "第二条", "questions": [{asked}]}}', "utf-8")
    (fault,) = [str(fault) for fault in check_library(read_library(corpus), len, tmp_path / "shared")]
    assert "几乎相同" in fault


def test_a_question_asked_of_two_places_is_found(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    body = "## 第二条 罚款\n- 要罚款。\n\n## 第三条 期限\n- 要快。"
    (tmp_path / "law.md").write_text(NOTES.format(body=body, draft="false"), "utf-8")
    lines = [f'{{"location": "{place}", "questions": ["罚不罚", "{place}讲什么"]}}' for place in ("第二条", "第三条")]
    (tmp_path / "questions" / "law.jsonl").write_text("\n".join(lines), "utf-8")
    found = [str(fault) for fault in check_library(read_library(tmp_path), len)]
    assert "law 第三条：问法“罚不罚”与 law 第二条 重复" in found


@pytest.mark.skipif(not (REFERENCE / "reference").is_dir(), reason="the reference texts in ../shared are absent")
def test_the_shipped_corpus_has_no_fault(segmenter: Segmenter) -> None:
    library = read_library(shipped.corpus_folder(), drafts=True)
    assert [str(fault) for fault in check_library(library, segmenter.count, REFERENCE)] == []


def test_the_shipped_corpus_has_no_fault_that_shows_without_reference(segmenter: Segmenter) -> None:
    library = read_library(shipped.corpus_folder())
    assert [str(fault) for fault in check_library(library, segmenter.count)] == []


def test_the_shipped_corpus_is_as_large_as_it_claims() -> None:
    library = read_library(shipped.corpus_folder())
    forms = [document.form for document in library.documents.values()]
    assert forms.count(Form.NOTES) >= 45
    assert forms.count(Form.GUIDE) >= 30
    assert len(library.questions) >= 16_000
