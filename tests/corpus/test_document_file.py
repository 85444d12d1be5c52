from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.corpus.document_file import document_text, read_document
from qa_service.corpus.models import Document, Form
from qa_service.errors import CorpusError

HEAD = "id: d\ntitle: 某办法\nform: full_text\n"


def write(folder: Path, text: str | bytes, name: str = "d.md") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_front_matter_and_body_are_told_apart(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, f"---\n{HEAD}issued: 2024-05-01\naliases: 办法\n---\n正文。\n"))
    assert (document.id, document.form, document.body) == ("d", Form.FULL_TEXT, "正文。\n")
    assert document.aliases == ("办法",)
    assert str(document.issued) == "2024-05-01"


def test_metadata_may_stand_beside_the_text(tmp_path: Path) -> None:
    write(tmp_path, HEAD, "d.yaml")
    assert read_document(write(tmp_path, "正文。", "d.txt")).title == "某办法"


def test_gb18030_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, f"---\r\n{HEAD}---\r\n甲。\r\n乙。".encode("gb18030")))
    assert document.body == "甲。\n乙。"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("没有元数据", "没有找到元数据"),
        (f"---\n{HEAD}---\n  \n", "正文为空"),
        ("---\nid: d\n---\n正文", "缺少 title"),
        (f"---\n{HEAD}isued: 2024-01-01\n---\n正文", "不认识的键 isued"),
        ("---\nid: d\ntitle: 某办法\nform: summary\n---\n正文", "'summary'"),
        (f"---\n{HEAD}effective: 2025-01-01\nexpires: 2024-01-01\n---\n正文", "早于"),
        (f"---\n{HEAD}status: 失效\n---\n正文", "'失效' 不在 现行 / 已修改 / 已修订 / 已废止 之中"),
        ("---\n: : :\n  - [\n---\n正文", "YAML"),
        ("---\n- 一\n---\n正文", "键: 值"),
        (b"\xff\xfe\x00\xd8\xff", "编码"),
    ],
)
def test_an_unusable_file_is_refused_with_its_name_and_the_reason(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CorpusError) as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


BODIES = st.text(st.sampled_from("第一条甲，。#- \u3000:\n\"'〔表1 2行〕"), min_size=1).filter(str.strip)
NAMES = st.text(st.sampled_from("办法甲乙：《》#'\"-"), min_size=2, max_size=12).filter(lambda t: t == t.strip())
DAYS = st.one_of(st.none(), st.dates())


@given(
    st.builds(
        Document,
        id=st.from_regex(r"[甲乙a-z0-9（）@-]{1,12}", fullmatch=True),
        title=NAMES,
        form=st.sampled_from(Form),
        body=BODIES,
        markup=st.just("markdown"),
        short_title=st.one_of(st.none(), NAMES),
        aliases=st.lists(NAMES, max_size=2).map(tuple),
        number=st.one_of(st.none(), NAMES),
        issued=DAYS,
        effective=DAYS,
        topics=st.lists(NAMES, max_size=2).map(tuple),
        draft=st.booleans(),
    )
)
def test_a_document_is_read_as_it_was_written(document: Document) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder), document_text(document))
        assert read_document(path) == document
