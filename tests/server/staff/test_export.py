from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient

from qa_service.clock import CHINA
from qa_service.corpus.models import Form
from qa_service.server.staff.export.docx_file import write_docx
from qa_service.server.staff.export.excerpts import Excerpt, Excerpts

SignIn = Callable[..., TestClient]
EXPORT = "/api/v1/staff/export"
PLAN, LAW = "haimen-ip-plan#三-二-2", "专利法#第六十五条"


@pytest.fixture
def law(signed_in: SignIn) -> str:
    """The id of a passage of notes."""
    found = signed_in("reader").get("/api/v1/staff/search", params={"q": "专利法第六十五条", "k": 1}).json()
    return str(found["hits"][0]["passage_id"])


def read(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def texts(word: Any) -> list[str]:
    return [p.text for p in word.paragraphs if p.text.strip()]


def test_chosen_passages_become_a_word_document(signed_in: SignIn, law: str) -> None:
    answer = signed_in("reader").post(EXPORT, json={"title": "质押融资：条款/摘编", "passage_ids": [PLAN, law]})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    disposition = answer.headers["content-disposition"]
    assert 'filename="excerpts-20260701.docx"' in disposition
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == "质押融资：条款 摘编 20260701.docx"
    word = read(answer.content)
    lines = texts(word)
    assert lines[0] == "质押融资：条款/摘编"
    assert "2026年7月1日" in lines[1]
    assert "共 2 条" in lines[1]
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 2"]
    assert headings[0].startswith("1. 《南通市海门区“十四五”知识产权发展规划》三、（二）2")
    assert headings[1] == "2. 《中华人民共和国专利法》第六十五条"  # without the heading that is the notes' own
    whole = "\n".join(lines)
    assert "知识产权质押金额累计15亿元" in whole
    assert "效力：期限届满" in whole
    assert whole.count("要点整理，非法条原文") == 1  # the plan is the official wording
    assert "以官方发布为准" in word.sections[0].footer.paragraphs[0].text
    assert word.core_properties.created == datetime(2026, 7, 1, 4, tzinfo=UTC)


def test_links_can_be_followed_and_type_is_chinese(signed_in: SignIn) -> None:
    word = read(signed_in("reader").post(EXPORT, json={"passage_ids": [PLAN]}).content)
    links = [relation.target_ref for relation in word.part.rels.values() if relation.is_external]
    assert links == ["https://qa.test/documents/haimen-ip-plan#%E4%B8%89-%E4%BA%8C-2"]
    for name, face in (("Normal", "宋体"), ("Title", "黑体"), ("Heading 2", "黑体")):
        fonts = word.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == face
        assert fonts.get(qn("w:eastAsiaTheme")) is None  # a theme would win over the face


def test_an_answer_stands_before_its_grounds(signed_in: SignIn) -> None:
    answered = {"question": "质押金额目标是多少？", "answer": "累计15亿元。[1]\n（已届满。）[1]"}
    word = read(signed_in("reader").post(EXPORT, json={"passage_ids": [PLAN], "answered": answered}).content)
    lines = texts(word)
    assert lines[2:7] == ["问", "质押金额目标是多少？", "答", "累计15亿元。[1]", "（已届满。）[1]"]
    assert lines[7] == "依据"


def test_a_passage_that_is_chosen_twice_stands_once(signed_in: SignIn) -> None:
    word = read(signed_in("reader").post(EXPORT, json={"passage_ids": [PLAN, PLAN]}).content)
    assert len([p for p in word.paragraphs if p.style.name == "Heading 2"]) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"passage_ids": []}, 422),
        ({"passage_ids": [PLAN] * 101}, 422),
        ({"passage_ids": ["没有#这条"]}, 404),
        ({"passage_ids": [PLAN], "title": "题\x00目"}, 422),
        ({"passage_ids": [PLAN], "title": "题" * 201}, 422),
        ({"passage_ids": [PLAN], "answered": {"question": "", "answer": "x"}}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_written_is_refused(signed_in: SignIn, body: dict[str, object], status: int) -> None:
    assert signed_in("reader").post(EXPORT, json=body).status_code == status


@pytest.mark.parametrize(
    "title", ["   ", "../../etc/passwd", 'a"; filename=b.exe', "。\r\nX: y", "\ufffe\uffff题", "😀"]
)
def test_no_title_breaks_the_file_or_its_name(signed_in: SignIn, title: str) -> None:
    answer = signed_in("reader").post(EXPORT, json={"passage_ids": [PLAN], "title": title})
    assert answer.status_code == 200, answer.text
    name = unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])
    assert name.endswith(" 20260701.docx")
    assert not set('\\/:*?"<>|\r\n') & set(name)
    assert "x" not in answer.headers
    assert read(answer.content).paragraphs


def test_what_xml_has_no_place_for_is_left_out() -> None:
    excerpt = Excerpt(
        "《甲》第一条\x0b",
        ("第一章\ufffe",),
        "现行有效",
        Form.GUIDE,
        "第一行\x00\n\n  \n<b>&第二行</b>",
        "https://qa.test/x",
    )
    at = datetime(2026, 7, 1, 12, tzinfo=CHINA)
    word = read(write_docx(Excerpts("题\x07", at.date(), (excerpt,)), at))
    lines = texts(word)
    assert "<b>&第二行</b>" in lines
    assert "1. 《甲》第一条" in lines
    assert any(line.startswith("办事指南，由本服务整理") for line in lines)
