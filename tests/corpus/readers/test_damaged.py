"""Whatever happened to a file, its reader reads it or refuses it in words."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.corpus.intake import take
from tests.damage import Harm, harmed_part, harms, read_or_refused, tried

pytestmark = pytest.mark.fuzz

LINES = (
    "第一条 为了促进知识产权高质量发展，制定本办法。",
    "第二条 对授权的发明专利，每件奖励最高五万元。",
    [["项目", "金额"], ["专利", "1万元"]],
)
PAGE = """<html><head><title>奖励办法</title><meta name="ArticleTitle" content="奖励办法"><style>.x{display:none}</style></head>
<body><div id="zoom"><h1>奖励办法</h1><p style="text-align:center">第一条　制定本办法。</p><table><tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr>
<tr><td>丙</td></tr></table><ol><li>一</li></ol><!-- x --></div></body></html>"""
MARKDOWN = """---
id: a-b
title: 奖励办法
form: full_text
effective: 2026-01-01
topics: [资助, "保护"]
---
# 奖励办法

## 第一章 总则

第一条 制定本办法。

| 项目 | 金额 |
|---|---|
| 甲 | 1万元 |
"""
TEXT = "奖励办法\n\n　　第一条 制定本办法，对授权的发明专利给予奖励。\n　　第二条 自发布之日起施行。\n项目\t金额\t备注\n甲\t1\t\n乙\t2\t\n"


def taken(path: Path) -> object:
    """Read a file as the import does, short of writing it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return take(path, ())


@tried(60)
@given(harm=harms(), kind=st.sampled_from([("a.html", PAGE), ("a.md", MARKDOWN), ("a.txt", TEXT)]))
def test_damaged_text(tmp_path: Path, harm: Harm, kind: tuple[str, str]) -> None:
    path = tmp_path / kind[0]
    path.write_bytes(harm(kind[1].encode()))
    read_or_refused(lambda: taken(path), tmp_path)


@tried(40)
@given(harm=harms())
def test_a_damaged_word_file(tmp_path: Path, write_docx: Callable[..., Path], harm: Harm) -> None:
    whole, path = write_docx(*LINES, name="whole.docx"), tmp_path / "a.docx"
    path.write_bytes(harm(whole.read_bytes()))
    read_or_refused(lambda: taken(path), tmp_path)


PARTS = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "word/settings.xml",
]


@tried(60)
@given(harm=harms(), part=st.sampled_from(PARTS))
def test_a_word_file_with_a_damaged_part(
    tmp_path: Path, write_docx: Callable[..., Path], harm: Harm, part: str
) -> None:
    whole, path = write_docx(*LINES, name="whole.docx"), tmp_path / "a.docx"
    harmed_part(whole, path, part, harm)
    read_or_refused(lambda: taken(path), tmp_path)


@tried(40)
@given(harm=harms())
def test_a_damaged_pdf(tmp_path: Path, write_pdf: Callable[..., Path], harm: Harm) -> None:
    whole, path = write_pdf(*LINES, name="whole.pdf"), tmp_path / "a.pdf"
    path.write_bytes(harm(whole.read_bytes()))
    read_or_refused(lambda: taken(path), tmp_path)


@tried(60)
@given(
    data=st.binary(max_size=400),
    name=st.sampled_from(["a.docx", "a.pdf", "a.html", "a.md", "a.txt", "a.xyz", "a"]),
    head=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"---\n", "第一条 ".encode()]),
)
def test_bytes_of_any_kind(tmp_path: Path, data: bytes, name: str, head: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(head + data)
    read_or_refused(lambda: taken(path), tmp_path)
