from datetime import date
from pathlib import Path

import pytest

from qa_service.corpus.citations import Source, cited_passages, sources_of, without_sources
from qa_service.corpus.library import read_library
from qa_service.corpus.models import Document, Form, Passage, ValidityState

LINE = "- 保护期二十年。（《专利法》第四十二条第一款；《专利收费标准》发明专利年费）"


def passage(document_id: str, location: str, title: str = "") -> Passage:
    return Passage(f"{document_id}#{location}", document_id, location, (), title, "文", 0, 1)


def test_a_line_names_its_sources_at_its_end() -> None:
    assert sources_of(LINE) == (Source("专利法", "第四十二条第一款"), Source("专利收费标准", "发明专利年费"))
    assert without_sources(LINE) == "- 保护期二十年。"


def test_brackets_inside_a_place_or_a_name_do_not_end_the_citation() -> None:
    assert sources_of("- 目标。（《规划》三、（二）2；《商标法（2026修订）》第四十条）") == (
        Source("规划", "三、（二）2"),
        Source("商标法（2026修订）", "第四十条"),
    )


def test_a_line_may_have_none() -> None:
    assert sources_of("- 见《专利法》第四十二条。") == ()
    assert sources_of("- 保护期二十年（含首尾）。") == ()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (Source("某法", "第二条第一款"), ["第二条"]),
        (Source("某法", "第2条"), ["第二条"]),
        (Source("某法", "第三条"), []),
        (Source("某法", "第二条之一"), ["第二条之一"]),
        (Source("d", "怎么交"), ["第二条"]),
        (Source("某法", "三、（二）"), ["三、（二）1"]),
        (Source("另一法", "第二条"), []),
        (Source("某法", ""), ["第二条", "第二条之一", "三、（二）1", "第十二条"]),
    ],
)
def test_a_source_means_the_passage_at_its_place(source: Source, found: list[str]) -> None:
    document = Document("d", "中华人民共和国某法", Form.NOTES, "文", short_title="某法")
    passages = [
        passage("d", "第二条", "怎么交"),
        passage("d", "第二条之一"),
        passage("d", "三、（二）1"),
        passage("d", "第十二条"),
    ]
    assert [p.location for p in cited_passages(source, [document], {"d": passages})] == found


def test_a_guide_says_so_when_what_it_rests_on_has_changed(tmp_path: Path) -> None:
    head = "kind: 法律\nform: notes\n"
    (tmp_path / "old.md").write_text(
        f"---\nid: old\ntitle: 某法\n{head}effective: 2020-01-01\n---\n## 第二条 甲\n- 甲。", "utf-8"
    )
    (tmp_path / "new.md").write_text(
        f"---\nid: new\ntitle: 某法新编\n{head}effective: 2027-01-01\nsupersedes: [old]\n---\n## 第二条 甲\n- 乙。",
        "utf-8",
    )
    for name, more in (("guide", ""), ("careful", "- 甲，2027年起乙。（《某法新编》第二条）")):
        (tmp_path / f"{name}.md").write_text(
            f"---\nid: {name}\ntitle: 怎么办\nform: guide\nkind: 办事指南\nissued: 2026-01-02\n---\n## 步骤\n- 甲。（《某法》第二条）\n{more}",
            "utf-8",
        )
    library = read_library(tmp_path)
    before, after = date(2026, 6, 1), date(2027, 6, 1)
    assert library.validity("guide", before).state is ValidityState.IN_FORCE
    assert "2026年1月2日" in library.validity("guide", before).note
    assert library.validity("guide", after).state is ValidityState.AMENDED
    assert "某法新编" in library.validity("guide", after).note
    assert library.validity("careful", after).state is ValidityState.IN_FORCE
