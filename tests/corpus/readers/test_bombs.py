"""Small files that unfold to more than a machine holds are refused, in seconds and in little memory."""

import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIMIT_S = 20
LIMIT_MB = 700

PROBE = """
import json, re, sys, time
from pathlib import Path
from qa_service.corpus.readers import read_manuscript
from qa_service.errors import QaError
read_manuscript(Path(sys.argv[1]))  # what has to be imported in any case
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
began, before = time.process_time(), peak()
try:
    read_manuscript(Path(sys.argv[2])); said = "read"
except QaError as error:
    said = str(error)
print(json.dumps([said, time.process_time() - began, peak() - before]))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")


def docx_of(source: Path, target: Path, parts: dict[str, bytes], **more: bytes) -> Path:
    """Write a Word file again, some of its parts replaced or added."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for held in whole.infolist():
            if held.filename not in parts:
                made.writestr(held.filename, whole.read(held))
        for name, data in parts.items():
            made.writestr(name, data)
    return target


def document(body: str, before: str = "") -> bytes:
    head = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>'
    return f"{head}{body}</w:body></w:document>".encode()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


CELL = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p/></w:tc>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def declared(path: Path, size: int) -> Path:
    """Overwrite what a zip file's directory says of its parts' unpacked sizes."""
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))
    return path


def nested() -> bytes:
    inner = b"\x00" * 10_000_000
    for _ in range(4):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
            for n in range(4):
                made.writestr(f"{n}.zip", inner)
        inner = held.getvalue()
    return inner


def pdf_with(stream: bytes, filters: str) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n4 0 obj<</Length "
        + str(len(stream)).encode()
        + b"/Filter"
        + filters.encode()
        + b">>\nstream\n"
        + stream
        + b"\nendstream\nendobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def made(kind: str, folder: Path, whole: Path) -> Path:
    """Make one bomb."""
    target = folder / f"bomb{Path(kind).suffix}"
    deep = "<w:sdt><w:sdtContent>" * 20_000 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 20_000
    parts: dict[str, Callable[[], dict[str, bytes]]] = {
        "ratio.docx": lambda: {"word/document.xml": document(paragraph("甲" * 60_000_000))},
        "many.docx": lambda: {f"word/x{n}.xml": b"<a/>" for n in range(60_000)},
        "entities.docx": lambda: {"word/document.xml": document(paragraph("&j;"), f"{LAUGHS}]>")},
        "outside.docx": lambda: {"word/document.xml": document(paragraph("甲&a;乙"), OUTSIDE)},
        "deep.docx": lambda: {"word/document.xml": document(deep)},
        "nested.docx": lambda: {"word/embeddings/a.zip": nested()},
        "traversal.docx": lambda: {"../../evil.xml": b"<a/>", "/etc/evil.xml": b"<a/>", "..\\evil.xml": b"<a/>"},
        "wide.docx": lambda: {"word/document.xml": document(f"<w:tbl><w:tr>{CELL * 400}</w:tr></w:tbl>")},
    }
    if kind in parts:
        return docx_of(whole, target, parts[kind]())
    if kind == "lies.docx":
        return declared(docx_of(whole, target, {"word/document.xml": document(paragraph("甲" * 60_000_000))}), 1000)
    texts = {
        "flate.pdf": lambda: pdf_with(zlib.compress(b"0 " * 150_000_000, 9), "/FlateDecode"),
        "twice.pdf": lambda: pdf_with(
            zlib.compress(zlib.compress(b"0 " * 50_000_000, 9), 9), "[/FlateDecode/FlateDecode]"
        ),
        "deep.html": lambda: b"<html><body>" + b"<div>" * 200_000 + b"x",
        "letters.html": lambda: b"<html><body>" + b"".join(b"<p><font size=%d>x" % n for n in range(20_000)),
        "bold.html": lambda: b"<html><body>" + b"<b>" * 200_000 + b"x",
        "spans.html": lambda: (
            b"<html><body><table>" + b'<tr><td rowspan="9999" colspan="9999">x</td></tr>' * 3000 + b"</table>"
        ),
        "styles.html": lambda: (
            b"<html><style>" + b"p>p>p>p>p{display:none}" * 20_000 + b"</style><body>" + b"<p>x" * 20_000
        ),
        "long.txt": lambda: "第一条".encode() * 3_000_000,
        "lines.txt": lambda: b"a\tb\tc\n" * 700_000,
        "pipes.md": lambda: b"|" * 4_000_000,
    }
    target.write_bytes(texts[kind]())
    return target


REFUSED = {
    "ratio.docx": "炸弹", "lies.docx": "损坏", "entities.docx": "损坏", "flate.pdf": "炸弹", "twice.pdf": "炸弹", "many.docx": "炸弹", "deep.html": "嵌套", "letters.html": "嵌套", "bold.html": "嵌套", "long.txt": "上限",
}  # fmt: skip
KINDS = [
    *REFUSED,
    "outside.docx",
    "deep.docx",
    "nested.docx",
    "traversal.docx",
    "wide.docx",
    "spans.html",
    "styles.html",
    "lines.txt",
    "pipes.md",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_bomb_is_refused_or_read_in_bounded_time_and_memory(
    tmp_path: Path, write_docx: Callable[..., Path], kind: str, record_property: Callable[[str, object], None]
) -> None:
    whole = write_docx("第一条 制定本办法。", name="whole.docx")
    path = made(kind, tmp_path, whole)
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(whole), str(path)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said, seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    record_property(kind, f"{seconds:.2f} s, {megabytes:.0f} MB: {said[-60:]}")
    assert REFUSED.get(kind, "") in said
    assert "root:" not in said
    assert seconds < LIMIT_S
    assert megabytes < LIMIT_MB
    assert sorted(tmp_path.rglob("*")) == before
