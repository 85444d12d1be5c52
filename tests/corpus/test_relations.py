from collections.abc import Callable
from datetime import date

import pytest

from qa_service.corpus.models import Document, Form, Successor, Validity, ValidityState
from qa_service.corpus.relations import named_document, successors_of
from qa_service.corpus.validity import validity_on

Make = Callable[..., Document]


@pytest.fixture
def old(make_document: Make) -> list[Document]:
    """Three older documents of the district."""
    return [
        make_document("旧文。", title="甲办法", number="海政发〔2019〕8号", effective=date(2019, 1, 1)),
        make_document("旧文。", title="乙细则", number="海市监〔2020〕3号", effective=date(2020, 1, 1)),
        make_document("旧文。", title="丙条例", effective=date(2018, 1, 1)),
    ]


def repealed(make: Make, old: list[Document], *lines: str, **fields: object) -> dict[str, tuple[Successor, ...]]:
    notice = make(*lines, title="新办法", **{"effective": date(2026, 4, 10), **fields})
    return dict(successors_of([*old, notice]))


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("本办法自2026年4月10日起施行。原《甲办法》同时废止。", {"甲办法"}),
        ("《甲办法》《乙细则》同时废止。", {"甲办法", "乙细则"}),
        (
            "《甲办法》（海政发〔2019〕8号）、《乙细则》（海市监〔2020〕3号）自本办法施行之日起停止执行。",
            {"甲办法", "乙细则"},
        ),
        ("海政发〔2019〕8号文件同时废止。", {"甲办法"}),
        ("原海政发[2019]8号、海市监（2020）3号文件同时废止。", {"甲办法", "乙细则"}),
        ("废止《甲办法》（海政发〔2019〕8号）。", {"甲办法"}),
        ("根据《丙条例》，决定废止《甲办法》《乙细则》。", {"甲办法", "乙细则"}),
        ("根据《丙条例》的规定，《甲办法》同时废止。", {"甲办法"}),
        ("一、《乙细则》自2026年10月1日起失效。", {"乙细则"}),
        ("《甲办法》与本办法不一致的，以本办法为准。", set()),
        ("《甲办法》尚未废止。", set()),
        ("将第三条修改为：“《甲办法》同时废止。”", set()),
        ("《没有的办法》同时废止。", set()),
    ],
)
def test_what_a_paper_ends_is_found(make_document: Make, old: list[Document], text: str, ended: set[str]) -> None:
    found = repealed(make_document, old, text)
    assert set(found) == ended
    assert all(s.repeals for group in found.values() for s in group)


def test_a_list_below_the_sentence_is_read(make_document: Make, old: list[Document]) -> None:
    lines = (
        "下列文件自本通知印发之日起废止：",
        "1.《甲办法》（海政发〔2019〕8号）",
        "2.《乙细则》",
        "请遵照《丙条例》执行。",
    )
    assert set(repealed(make_document, old, *lines)) == {"甲办法", "乙细则"}


def test_a_list_in_an_attachment_is_read(make_document: Make, old: list[Document]) -> None:
    lines = (
        "现将废止的文件公布如下。",
        "## 附件 废止的规范性文件目录",
        "〔表1 第1行〕序号：1；文件名称：甲办法；文号：海政发〔2019〕8号",
    )
    assert set(repealed(make_document, old, *lines)) == {"甲办法"}


def test_a_day_of_its_own_counts_before_that_of_the_paper(make_document: Make, old: list[Document]) -> None:
    found = repealed(make_document, old, "《甲办法》自2026年10月1日起失效。")
    assert found["甲办法"][0].begins == date(2026, 10, 1)
    assert validity_on(old[0], date(2026, 9, 30), found["甲办法"]).state is ValidityState.IN_FORCE
    assert validity_on(old[0], date(2026, 10, 1), found["甲办法"]) == Validity(
        ValidityState.REPEALED, "自2026年10月1日起由《新办法》废止", "新办法"
    )


def test_a_notice_without_a_day_of_effect_ends_from_its_publication(make_document: Make, old: list[Document]) -> None:
    found = repealed(make_document, old, "《甲办法》同时废止。", effective=None, issued=date(2026, 3, 1))
    assert validity_on(old[0], date(2026, 3, 1), found["甲办法"]).state is ValidityState.REPEALED


def test_what_explains_ends_nothing(make_document: Make, old: list[Document]) -> None:
    assert repealed(make_document, old, "《甲办法》同时废止。", kind="政策解读") == {}


def test_a_paper_ends_nothing_that_is_younger(make_document: Make, old: list[Document]) -> None:
    assert repealed(make_document, old, "《甲办法》同时废止。", effective=date(2018, 1, 1)) == {}


def test_a_later_text_of_the_same_title_takes_the_place(make_document: Make) -> None:
    first = make_document("文。", id="a", title="中华人民共和国某法", effective=date(2019, 1, 1))
    second = make_document("文。", id="b", title="某法", effective=date(2027, 1, 1))
    assert successors_of([first, second]) == {"a": (Successor(second),)}


def test_a_consolidated_text_repeals_nothing_a_second_time(make_document: Make, old: list[Document]) -> None:
    lines = ("原《甲办法》同时废止。",)
    new = make_document(*lines, title="新办法", effective=date(2026, 4, 10))
    later = make_document(
        *lines,
        id="新办法@2026-10-01",
        title="新办法",
        effective=date(2026, 10, 1),
        amended_by="通知",
        supersedes=("新办法",),
    )
    assert [s.document.id for s in successors_of([*old, new, later])["甲办法"]] == ["新办法"]


def test_notes_say_nothing_of_other_documents(make_document: Make, old: list[Document]) -> None:
    assert repealed(make_document, old, "《甲办法》同时废止。", form=Form.NOTES) == {}


def test_a_number_decides_between_documents_of_one_title(make_document: Make) -> None:
    two = [make_document("文。", id=f"d{n}", title="某办法", number=f"海政发〔202{n}〕1号") for n in (1, 2)]
    assert named_document("某办法", "海政发[2022]1号", two) == (two[1],)
    assert named_document("某办法", None, two) == tuple(two)
