from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from qa_service import shipped
from qa_service.clock import CHINA, Clock
from qa_service.corpus.library import Library, read_library
from qa_service.corpus.models import Document, Form
from qa_service.index.embedder import Vectors
from qa_service.server.app import create_app
from qa_service.service import Service, open_service
from qa_service.settings import Settings
from qa_service.text.segmenter import Segmenter
from tests.reading_corpus import write_reading_corpus

LAW = """---
id: test-law
title: 示例市专利促进条例
short_title: 专利促进条例
form: full_text
kind: 条例
level: 地方性法规
effective: 2020-05-01
topics: [申请]
---
# 示例市专利促进条例

## 第一章 总则

第一条 为了鼓励发明创造，制定本条例。

第二条 依照本条例第一条提出申请的，应当在三个月内提交材料，费用为二百元。

## 第二章 资助

第三条 对授权的发明专利，每件资助一万元。
"""


UNLIMITED: dict[str, Any] = {"rate_limit": "off", "rate_limit_session": "off", "rate_limit_reading": "off"}
"""Settings for a test that asks faster than anybody may."""


class HashEmbedder:
    """An embedder without a model: characters hashed into a unit vector of 32 dimensions."""

    dimension = 32
    fingerprint = "hash-32"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for character in text:
                vectors[row, ord(character) % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)


@pytest.fixture(scope="session")
def fixed_clock() -> Clock:
    """A day after the plan's period."""
    return lambda: datetime(2026, 7, 1, 12, tzinfo=CHINA)


@pytest.fixture
def tiny_corpus(tmp_path: Path) -> Path:
    """A corpus of one small law with two everyday questions."""
    folder = tmp_path / "corpus"
    (folder / "laws").mkdir(parents=True)
    (folder / "laws" / "test-law.md").write_text(LAW, "utf-8")
    (folder / "questions").mkdir()
    (folder / "questions" / "test-law.jsonl").write_text(
        '{"location": "第三条", "starts": "第三条", "questions": ["拿到发明证书给多少钱", "授权了有补贴吗"]}\n', "utf-8"
    )
    return folder


@pytest.fixture
def tiny_library(tiny_corpus: Path) -> Library:
    """The tiny corpus, read."""
    return read_library(tiny_corpus)


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """A segmenter that knows the shipped lexicon."""
    return Segmenter(read_library(shipped.corpus_folder()).lexicon.terms)


@pytest.fixture
def hash_embedder() -> HashEmbedder:
    """An embedder without a model."""
    return HashEmbedder()


@pytest.fixture(scope="session")
def shared_tmp(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all test processes share, so that the shipped corpus is indexed once."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def service(shared_tmp: Path, fixed_clock: Clock) -> Service:
    """The shipped corpus and model, opened for real."""
    settings = Settings(
        corpus_dir=shipped.corpus_folder(), index_dir=shared_tmp / "index", data_dir=shared_tmp / "var", **UNLIMITED
    )
    return open_service(settings, clock=fixed_clock)


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[TestClient]:
    """The application over the shipped corpus."""
    with TestClient(create_app(lambda: service), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def reading_service(tmp_path_factory: pytest.TempPathFactory, fixed_clock: Clock) -> Iterator[Service]:
    """A small corpus of versions, a long clause and texts that would write HTML."""
    folder = tmp_path_factory.mktemp("reading")
    corpus = write_reading_corpus(folder / "corpus")
    settings = Settings(corpus_dir=corpus, index_dir=folder / "index", data_dir=folder / "var", **UNLIMITED)
    service = open_service(settings, clock=fixed_clock)
    yield service
    service.close()


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    import os

    for name in list(os.environ):
        if name.startswith("QA_"):
            monkeypatch.delenv(name)


Item = str | tuple[str, str] | Sequence[Sequence[str]]
"""A paragraph, one set ``"centre"`` or ``"right"``, or a table."""
WriteDocx = Callable[..., Path]
WritePdf = Callable[..., Path]
MakeDocument = Callable[..., Document]


@pytest.fixture
def write_docx(tmp_path: Path) -> WriteDocx:
    """Write a Word file of paragraphs and tables."""

    import docx

    def write(*items: Item, name: str = "文件.docx", then: Callable[[Any], None] | None = None) -> Path:
        document = docx.Document()
        for item in items:
            _add(document, item)
        if then:
            then(document)
        path = tmp_path / name
        document.save(str(path))
        return path

    return write


def _add(document: Any, item: Item) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if isinstance(item, str):
        document.add_paragraph(item)
    elif isinstance(item, tuple) and item[0] in ("centre", "right"):
        paragraph = document.add_paragraph(item[1])
        right = item[0] == "right"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    else:
        table = document.add_table(rows=0, cols=len(item[0]))
        for row in item:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text


@pytest.fixture
def write_pdf(tmp_path: Path) -> WritePdf:
    """Write a PDF with a text layer, in a Chinese font that no file has to carry."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def write(
        *items: Item, name: str = "文件.pdf", head: str = "", password: str | None = None, page_numbers: bool = True
    ) -> Path:
        path = tmp_path / name
        template = SimpleDocTemplate(
            str(path), pagesize=A4, encrypt=StandardEncryption(password) if password else None, invariant=1
        )

        def furniture(canvas: Any, page: Any) -> None:
            canvas.setFont("STSong-Light", 9)
            if head:
                canvas.drawString(72, A4[1] - 40, head)
            if page_numbers:
                canvas.drawCentredString(A4[0] / 2, 30, f"- {page.page} -")

        template.build([_flowable(item) for item in items], onFirstPage=furniture, onLaterPages=furniture)
        return path

    return write


def _flowable(item: Item) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_CENTER, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table, TableStyle

    style = {"fontName": "STSong-Light", "fontSize": 12, "leading": 20, "wordWrap": "CJK"}
    if isinstance(item, str):
        return Paragraph(item, ParagraphStyle("body", firstLineIndent=24, **style))
    if isinstance(item, tuple) and item[0] in ("centre", "right"):
        alignment = TA_RIGHT if item[0] == "right" else TA_CENTER
        return Paragraph(item[1], ParagraphStyle(item[0], alignment=alignment, **style))
    cell = ParagraphStyle("cell", **style)
    lines = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    return Table([[Paragraph(text, cell) for text in row] for row in item], repeatRows=1, style=lines)


@pytest.fixture
def make_document() -> MakeDocument:
    """Make a full text of articles, one a line, under its title."""

    def make(*lines: str, title: str = "示例市奖励办法", **fields: object) -> Document:
        body = "\n\n".join([f"# {title}", *lines]) + "\n"
        made: dict[str, object] = {"id": title, "title": title, "form": Form.FULL_TEXT, "markup": "markdown"}
        return Document(**{**made, "body": body, **fields})  # type: ignore[arg-type]

    return make
