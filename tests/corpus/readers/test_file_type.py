import zipfile
from pathlib import Path

import pytest

from qa_service.corpus.readers import FileType, file_type_of, read_manuscript
from qa_service.corpus.readers import file_type as limits
from qa_service.errors import ImportFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
WORD = "word/document.xml"


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ImportFileError) as caught:
        read_manuscript(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.txt", b"", "空文件"),
        ("旧.doc", OLE, "旧版 Word"),
        ("加密.docx", OLE, "密码"),
        ("图.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "图片"),
        ("坏.docx", b"PK\x03\x04" + b"\x07" * 200, "损坏"),
        ("坏.pdf", b"\x00\x01\x02" * 50, "损坏"),
        ("断.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "损坏"),
        ("假.docx", "这只是文字，不是 Word 文档。".encode(), "内容却是文本"),
        ("假.txt", b"%PDF-1.4\n", "内容却是PDF"),
        ("假.md", b"<!DOCTYPE html><html><body>x</body></html>", "内容却是网页"),
        ("程序.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00", "不是 UTF-8"),
        ("统一码.txt", "文字".encode("utf-16"), "UTF-16"),
        ("表.xyz", "文字".encode(), "不认识扩展名为 .xyz 的文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert says in refusal(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal(tmp_path / "没有.pdf")


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "200 MB" in refusal(path)


def test_a_spreadsheet_named_docx_is_refused(tmp_path: Path) -> None:
    assert "不是 Word 文档" in refusal(zipped(tmp_path / "表.docx", {"xl/workbook.xml": b"<x/>"}))


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    assert "压缩炸弹" in refusal(zipped(tmp_path / "弹.docx", {WORD: b"0" * (30 * 1024 * 1024)}))


def test_many_parts_that_are_large_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_XML", 2000)
    parts = {WORD: bytes(range(256)) * 5, "word/styles.xml": bytes(range(256)) * 5}
    assert "不像正常文档" in refusal(zipped(tmp_path / "弹.docx", parts))


def test_a_size_that_the_archive_lies_about_does_no_harm(tmp_path: Path) -> None:
    path = zipped(tmp_path / "弹.docx", {WORD: b"<w/>" * 5000, "[Content_Types].xml": b"<x/>"})
    data = bytearray(path.read_bytes())
    central = data.find(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert "损坏" in refusal(path)


def test_an_encrypted_part_is_a_password(tmp_path: Path) -> None:
    path = zipped(tmp_path / "密.docx", {WORD: b"<x/>"})
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "密码" in refusal(path)


def test_a_file_without_an_ending_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "下载"
    path.write_bytes(b"<html><body>x</body></html>")
    assert file_type_of(path) is FileType.HTML


def test_upper_case_endings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "A.TXT"
    path.write_text("文字", "utf-8")
    assert file_type_of(path) is FileType.TEXT
