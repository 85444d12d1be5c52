from datetime import date
from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.corpus.library import read_library
from qa_service.corpus.models import Form, ValidityState
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import questions_by_passage
from qa_service.errors import CorpusError, NotFoundError
from qa_service.text.segmenter import Segmenter

PLAN_SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "haimen-ip-plan.txt"


def test_documents_questions_and_lexicon_are_read(tiny_corpus: Path) -> None:
    library = read_library(tiny_corpus)
    assert list(library.documents) == ["test-law"]
    assert [q.text for q in library.questions] == ["拿到发明证书给多少钱", "授权了有补贴吗"]


def test_any_changed_byte_changes_the_fingerprint(tiny_corpus: Path) -> None:
    before = read_library(tiny_corpus).fingerprint
    path = tiny_corpus / "laws" / "test-law.md"
    path.write_text(path.read_text("utf-8") + "第四条 新的。\n", "utf-8")
    assert read_library(tiny_corpus).fingerprint != before


def test_two_documents_of_one_id_are_refused(tiny_corpus: Path) -> None:
    text = (tiny_corpus / "laws" / "test-law.md").read_text("utf-8")
    (tiny_corpus / "copy.md").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match="test-law"):
        read_library(tiny_corpus)


def test_a_missing_and_an_empty_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="QA_CORPUS_DIR"):
        read_library(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="没有文件"):
        read_library(tmp_path)


def test_an_unknown_document_is_named(tiny_corpus: Path) -> None:
    with pytest.raises(NotFoundError, match="nothing"):
        read_library(tiny_corpus)["nothing"]


def test_a_line_that_is_no_question_is_refused_with_its_number(tiny_corpus: Path) -> None:
    with (tiny_corpus / "questions" / "test-law.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"location": "第一条"}\n')
    with pytest.raises(CorpusError, match="第 2 行"):
        read_library(tiny_corpus)


def test_the_shipped_corpus_is_whole(segmenter: Segmenter) -> None:
    library = read_library(shipped.corpus_folder())
    passages = [p for d in library.documents.values() for p in passages_of(d, segmenter.count)]
    by_passage, lost = questions_by_passage(passages, library.questions)
    assert not [q for q in lost if library[q.document_id].form is not Form.NOTES]
    plan = [p for p in passages if p.document_id == "haimen-ip-plan"]
    without = [p.location for p in plan if len(by_passage.get(p.id, ())) < 6]
    assert without == ["印发通知", "引言"]
    texts = [q.text for q in library.questions]
    assert len(texts) == len(set(texts))
    assert library.validity("haimen-ip-plan", date(2026, 1, 1)).state is ValidityState.PERIOD_OVER


@pytest.mark.skipif(not PLAN_SOURCE.is_file(), reason="the plan's source stands beside the checkout in ../shared")
def test_the_plan_is_its_source_to_the_character_but_for_the_noise() -> None:
    source = PLAN_SOURCE.read_text("utf-8").replace("[bookmark: _GoBack]", "")
    body = read_library(shipped.corpus_folder())["haimen-ip-plan"].body
    assert "".join(body.split()) == "".join(source.split())


def test_questions_follow_an_article_to_its_new_number(tiny_corpus: Path) -> None:
    notice = "---\nid: n\ntitle: 关于修改《示例市专利促进条例》的决定\nform: full_text\neffective: 2027-01-01\n---\n"
    notice += "对《示例市专利促进条例》作如下修改：\n\n增加一条，作为第三条：“新条文。”\n"
    (tiny_corpus / "laws" / "n.md").write_text(notice, "utf-8")
    asked = {(q.document_id, q.location) for q in read_library(tiny_corpus).questions}
    assert asked == {("test-law", "第三条"), ("test-law@2027-01-01", "第四条")}
