from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.corpus.check import check_library
from qa_service.corpus.library import read_library
from qa_service.text.segmenter import Segmenter

LAWS = Path(__file__).parents[3] / "shared" / "reference" / "laws"

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
    corpus, statutes = tmp_path / "corpus", tmp_path / "statutes"
    (corpus / "questions").mkdir(parents=True)
    statutes.mkdir()
    (statutes / "law.md").write_text(STATUTE, "utf-8")
    (corpus / "law.md").write_text(NOTES.format(body=body, draft=str(draft).lower()), "utf-8")
    if questions:
        asked = ", ".join(f'"罚多少钱{n}"' for n in range(questions))
        line = f'{{"location": "第二条", "questions": [{asked}]}}\n'
        (corpus / "questions" / "law.jsonl").write_text(line, "utf-8")
    library = read_library(corpus, drafts=True)
    return [str(fault) for fault in check_library(library, Segmenter().count, statutes)]


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


@pytest.mark.skipif(not LAWS.is_dir(), reason="statute texts stand beside the checkout in ../shared, which is absent")
def test_the_shipped_corpus_and_its_drafts_have_no_fault(segmenter: Segmenter) -> None:
    library = read_library(shipped.corpus_folder(), drafts=True)
    found = [str(fault) for fault in check_library(library, segmenter.count, LAWS)]
    assert found == []
