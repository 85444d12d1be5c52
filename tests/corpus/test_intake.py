import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from qa_service import durable
from qa_service.clock import CHINA
from qa_service.corpus import intake
from qa_service.corpus.intake import IMPORTED, batches, consequences, files_of, take, undo, write_batch
from qa_service.corpus.library import Library, read_library
from qa_service.corpus.models import Form
from qa_service.errors import CorpusError, ImportFileError

NOW = datetime(2026, 7, 1, 12, tzinfo=CHINA)
LATER = datetime(2026, 7, 2, 12, tzinfo=CHINA)
MEASURE = """示例区奖励办法

示政规〔2026〕3号

第一条　为了促进发展，制定本办法。

第二条　对授权的发明专利，每件奖励3万元。

第三条　本办法自2026年4月10日起施行。

示例区人民政府
2026年3月10日
"""


@pytest.fixture
def measure(tmp_path: Path) -> Path:
    """A measure as an office saves it."""
    path = tmp_path / "办法.txt"
    path.write_text(MEASURE, "gb18030")
    return path


def take_in(path: Path, corpus: Path, now: datetime = NOW) -> str:
    taken = take(path, read_library(corpus).documents.values())
    write_batch([taken], corpus, now)
    return taken.document.id


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_taken_is_read_back_as_it_was(measure: Path, tiny_corpus: Path) -> None:
    taken = take(measure, [])
    assert (taken.articles, taken.missing) == (3, ("level",))
    assert (taken.document.issuer, taken.document.number) == ("示例区人民政府", "示政规〔2026〕3号")
    write_batch([taken], tiny_corpus, NOW)
    assert read_library(tiny_corpus)[taken.document.id] == taken.document


def test_a_file_dropped_into_the_corpus_is_read_the_same(measure: Path, tiny_corpus: Path) -> None:
    (tiny_corpus / "办法.txt").write_bytes(measure.read_bytes())
    assert read_library(tiny_corpus)["示例区奖励办法"] == take(measure, []).document


def test_what_an_operator_states_wins(measure: Path) -> None:
    given = {"title": "示例区新办法", "effective": date(2026, 5, 1), "level": "区", "topics": ("资助",)}
    document = take(measure, [], given).document
    assert {k: getattr(document, k) for k in given} == given


def test_an_address_is_remembered(measure: Path) -> None:
    taken = take(measure, [], source="https://www.example.gov.cn/a.txt")
    assert (taken.source, taken.document.source_url) == ("https://www.example.gov.cn/a.txt",) * 2


def test_front_matter_of_another_publisher_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    head = 'title: 某办法\ndoc_number: "某令第1号"\nissued: 2026-01-05\nrevised: [2020-01-01]\nunknown: 1\neffective: 2026年2月1日\n'
    path.write_text(
        f"---\n{head}---\n\n# 某办法\n\n第一条 为了促进发展，制定本办法。\n\n第二条 奖励三万元。\n", "utf-8"
    )
    document = take(path, []).document
    assert (document.number, document.issued, document.effective) == ("某令第1号", date(2026, 1, 5), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("text", "given", "says"),
    [
        ("。" * 70, {}, "没有找到文件标题"),
        ("示例区奖励办法\n", {}, "没有正文"),
        ("---\n: [\n---\n文", {}, "YAML"),
        (MEASURE, {"expires": date(2020, 1, 1)}, "早于"),
        (MEASURE, {"id": "a/b"}, "id"),
        (MEASURE, {"id": ".hidden"}, "文件名"),
        (MEASURE, {"id": "长" * 90}, "文件名"),
    ],
)
def test_what_cannot_be_taken_is_refused(tmp_path: Path, text: str, given: dict[str, object], says: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, "utf-8")
    with pytest.raises(ImportFileError, match=says):
        take(path, [], given)


def test_a_folder_is_every_readable_file_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "README.md", "~$a.docx", ".x.md", "图.png"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.PDF").write_text("x", "utf-8")
    assert [p.name for p in files_of([tmp_path])] == ["a.docx", "b.txt", "c.PDF"]


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="没有 docx"):
        list(files_of([tmp_path]))


NOTES = """---
id: 专利法
title: 中华人民共和国专利法
form: notes
level: 法律
effective: 2021-06-01
---

## 第一条 目的

要点。
"""
LAW = """中华人民共和国专利法
（1984年3月12日通过　2020年10月17日修正）
第一条　为了保护专利权人的合法权益，制定本法。
第二条　本法所称的发明创造是指发明、实用新型和外观设计。
第三条　本法自1985年4月1日起施行。
"""


@pytest.fixture
def noted(tiny_corpus: Path) -> Path:
    """A corpus with the notes of a law and a question asked of them."""
    (tiny_corpus / "laws" / "专利法.md").write_text(NOTES, "utf-8")
    line = {"location": "第一条", "questions": ["专利法是干什么的"]}
    (tiny_corpus / "questions" / "专利法.jsonl").write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    return tiny_corpus


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """The full text of that law."""
    path = tmp_path / "专利法.txt"
    path.write_text(LAW, "utf-8")
    return path


def test_a_full_text_replaces_its_notes_and_keeps_their_questions(noted: Path, law: Path) -> None:
    assert take_in(law, noted) == "专利法"
    library = read_library(noted)
    assert (library["专利法"].form, library["专利法"].effective) == (Form.FULL_TEXT, date(2021, 6, 1))
    asked = [q.text for q in library.questions if q.document_id == "专利法"]
    assert asked == ["专利法是干什么的", "目的 要点。"]  # what the notes said still helps to find the article


def test_an_import_is_undone_to_the_byte(noted: Path, law: Path) -> None:
    before = snapshot(noted)
    take_in(law, noted)
    assert undo(noted).documents == ("专利法",)
    assert snapshot(noted) == before
    assert read_library(noted)["专利法"].form is Form.NOTES


def test_a_second_import_is_undone_to_the_first(noted: Path, law: Path) -> None:
    take_in(law, noted)
    first = snapshot(noted)
    law.write_text(LAW.replace("合法权益", "全部合法权益"), "utf-8")
    take_in(law, noted, LATER)
    assert "全部" in read_library(noted)["专利法"].body
    undo(noted)
    assert snapshot(noted) == first
    undo(noted)
    with pytest.raises(CorpusError, match="没有可撤销"):
        undo(noted)


def test_imports_are_undone_latest_first(noted: Path, law: Path, measure: Path) -> None:
    take_in(law, noted)
    take_in(measure, noted, LATER)
    first, last = batches(noted)[::-1]
    with pytest.raises(CorpusError, match=last.id):
        undo(noted, first.id)
    assert undo(noted, last.id) == last


def test_an_import_that_was_killed_before_it_wrote_is_undone(noted: Path) -> None:
    before = snapshot(noted)
    kept = noted / IMPORTED / ".batches" / "20260701-120000-000000"
    kept.mkdir(parents=True)
    (kept / "batch.json").write_text('{"files": ["专利法.md"]}', "utf-8")
    (noted / IMPORTED / ".专利法.md.writing").write_text("halb", "utf-8")
    read_library(noted)
    undo(noted)
    assert snapshot(noted) == before


def test_an_import_that_was_killed_before_its_list_stands_in_nobodys_way(noted: Path, law: Path) -> None:
    (noted / IMPORTED / ".batches" / "20260701-110000-000000").mkdir(parents=True)
    assert batches(noted) == []
    take_in(law, noted)
    assert [b.documents for b in batches(noted)] == [("专利法",)]


def test_an_undo_that_was_killed_can_be_run_again(noted: Path, law: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(noted)
    take_in(law, noted)

    def killed(path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(durable, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            undo(noted)
    undo(noted)
    assert snapshot(noted) == before


def test_a_damaged_list_is_named(noted: Path) -> None:
    kept = noted / IMPORTED / ".batches" / "20260701-120000-000000"
    kept.mkdir(parents=True)
    (kept / "batch.json").write_text("{", "utf-8")
    with pytest.raises(CorpusError, match=r"batch\.json 损坏"):
        undo(noted)


def test_a_batch_that_cannot_be_written_whole_leaves_nothing(
    noted: Path, law: Path, measure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(noted)
    taken = [take(law, read_library(noted).documents.values()), take(measure, [])]
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if target.name.startswith("示例区"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CorpusError, match="没有导入任何文件"):
        write_batch(taken, noted, NOW)
    assert snapshot(noted) == before


def test_a_corpus_that_is_a_file_is_an_error(tmp_path: Path, measure: Path) -> None:
    path = tmp_path / "corpus"
    path.write_text("x", "utf-8")
    with pytest.raises(CorpusError, match="写不进语料目录"):
        write_batch([take(measure, [])], path, NOW)


def said(taken: list[intake.Taken], library: Library) -> list[tuple[str, bool]]:
    return [(c.text, c.complete) for c in consequences(taken, library)]


def test_what_an_import_does_to_others_is_said(noted: Path, law: Path, measure: Path, tmp_path: Path) -> None:
    library = read_library(noted)
    notice = tmp_path / "通知.txt"
    notice.write_text(
        "示例区人民政府关于修改《示例区奖励办法》的通知\n各单位：\n对《示例区奖励办法》作如下修改：\n"
        "一、将第二条中的“3万元”修改为“5万元”。\n二、将第二条中的“没有的话”修改为“新话”。\n"
        "三、《示例市专利促进条例》同时废止。\n本通知自2026年10月1日起施行。\n示例区人民政府\n2026年9月20日\n",
        "utf-8",
    )
    known = list(library.documents.values())
    taken = [take(law, known), take(measure, known)]
    taken.append(take(notice, [*known, *(t.document for t in taken)]))
    title = "《示例区人民政府关于修改〈示例区奖励办法〉的通知》"
    assert said(taken, library) == [
        ("《中华人民共和国专利法》替换要点整理（专利法），原有日常问法继续有效", True),
        (f"{title}自 2026-10-01 起修改《示例区奖励办法》第二条", True),
        (f"{title}对《示例区奖励办法》的下列修改未能自动并入，请人工核对：第二条“没有的话”", False),
        (f"{title}自 2026-10-01 起废止《示例市专利促进条例》（test-law）", True),
    ]
