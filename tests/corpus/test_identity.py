from collections.abc import Callable
from datetime import date

import pytest

from qa_service.corpus.identity import bare_title, identify
from qa_service.corpus.models import Document, Form
from qa_service.corpus.papers import Paper, read_paper
from qa_service.corpus.readers import Line, Manuscript

Make = Callable[..., Document]
LAW = "中华人民共和国专利法"


def paper(title: str = LAW, *front: str, **stated: str) -> Paper:
    lines = (title, *front, "第一条　为了保护专利权，制定本法。", "第二条　本法自1985年4月1日起施行。")
    return read_paper(Manuscript(tuple(Line(text) for text in lines), stated))


@pytest.fixture
def notes(make_document: Make) -> Document:
    """A law in our own words."""
    return make_document(
        "## 第一条",
        "要点。",
        id="专利法",
        title=LAW,
        form=Form.NOTES,
        short_title="专利法",
        aliases=("新专利法",),
        level="法律",
        issuer="全国人大常委会",
        number="主席令第五十五号",
        effective=date(2021, 6, 1),
        topics=("申请",),
    )


def test_a_full_text_takes_over_what_the_notes_of_it_know(notes: Document) -> None:
    found = identify(paper(LAW, "（1984年3月12日通过　2020年10月17日第四次修正）"), [notes])
    assert found.replaces == notes
    assert (found.document.id, found.document.form) == ("专利法", Form.FULL_TEXT)
    assert (found.document.effective, found.document.aliases) == (date(2021, 6, 1), ("新专利法",))
    assert found.document.number == "主席令第五十五号"


def test_another_version_is_a_document_of_its_own(notes: Document) -> None:
    found = identify(paper(), [notes], {"effective": date(2027, 1, 1)})
    assert (found.replaces, found.document.id) == (None, "专利法（2027）")


def test_what_is_stated_wins(notes: Document) -> None:
    found = identify(paper(), [notes], {"id": "p", "level": "某级", "effective": date(2021, 6, 1), "status": "怪"})
    assert (found.document.id, found.document.level, found.document.status) == ("p", "某级", None)


def test_what_is_missing_is_named() -> None:
    found = identify(read_paper(Manuscript((Line("奖励标准"), Line("各企业："), Line("按标准执行。")))), [])
    assert found.missing == ("issuer", "number", "issued", "effective", "level")


@pytest.mark.parametrize(
    ("title", "new_id"),
    [
        ("关于修改《甲办法》的通知", "关于修改甲办法的通知"),
        ("南通市海门区 奖励办法/试行", "南通市海门区奖励办法试行"),
        ("长" * 80 + "办法", "长" * 60),
    ],
)
def test_an_id_is_made_of_the_title(title: str, new_id: str) -> None:
    assert identify(paper(title), []).document.id == new_id


def test_the_term_of_a_first_version_is_not_that_of_a_later_one() -> None:
    made = paper("某办法", effective="2010-01-01", expires="2014-12-31")
    assert identify(made, [], {"effective": date(2018, 3, 19)}).document.expires is None


def test_titles_compare_without_marks_and_the_name_of_the_state() -> None:
    assert bare_title("中华人民共和国 专利法（修正）") == bare_title("专利法(修正)")
