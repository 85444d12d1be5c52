"""What kind of file this really is, told by its first bytes, and whether it is safe to open."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from qa_service.corpus.readers.encoding import refuse_no_text
from qa_service.errors import ImportFileError

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes. The longest law as docx is under 1 MB; what is larger holds pictures, not text."""
LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes that a docx may unpack to."""
LARGEST_XML = 60 * 1024 * 1024
"""Bytes that a docx's XML may unpack to: about ten times the longest law; parsed, it takes ten times that in memory."""
LARGEST_RATIO = 200
"""Times that one part of a docx may be larger unpacked than packed; XML reaches about 20."""
LARGEST_TEXT = 5 * 1024 * 1024
"""Bytes of a txt or Markdown file; the longest law is under 1 MB."""
MOST_PARTS = 5_000
"""Files within a docx; one with a thousand pictures has as many."""
_RATIO_MATTERS_FROM = 10 * 1024 * 1024


class FileType(StrEnum):
    """The formats that are read, by the ending their files carry."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"


_BY_SUFFIX = {
    ".docx": FileType.DOCX,
    ".pdf": FileType.PDF,
    ".html": FileType.HTML,
    ".htm": FileType.HTML,
    ".md": FileType.MARKDOWN,
    ".txt": FileType.TEXT,
}
SUFFIXES = frozenset(_BY_SUFFIX)
"""The file name endings this service reads."""

_NAMES = {
    FileType.DOCX: "Word 文档（docx）",
    FileType.PDF: "PDF",
    FileType.HTML: "网页",
    FileType.MARKDOWN: "Markdown 文本",
    FileType.TEXT: "文本",
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def file_type_of(path: Path) -> FileType:
    """Return the file's type, after holding its name against its content.

    Raises:
        ImportFileError: it is missing, empty, too large, of no type that is read, or not what its name says.
    """
    if not path.is_file():
        raise ImportFileError(f"{path}：没有这个文件。请核对路径。")
    size = path.stat().st_size
    if size == 0:
        raise ImportFileError(f"{path}：是空文件（0 字节）。请重新下载或导出。")
    named = _BY_SUFFIX.get(path.suffix.lower())
    largest = LARGEST_TEXT if named in (FileType.MARKDOWN, FileType.TEXT) else LARGEST_FILE
    if size > largest:
        raise ImportFileError(
            f"{path}：有 {size / 1024 / 1024:.0f} MB，超过 {largest // 1024 // 1024} MB 的上限。"
            "请只保留正文，去掉图片，或拆成几份。"
        )
    with path.open("rb") as file:
        found = _by_content(path, file.read(4096), named)
    if named is None:
        if found in (FileType.DOCX, FileType.PDF, FileType.HTML):
            return found
        what = f"扩展名为 {path.suffix} 的文件" if path.suffix else "没有扩展名的文件"
        raise ImportFileError(f"{path}：不认识{what}。能读 docx、pdf、html、md、txt；请另存为其中一种再导入。")
    texts = (FileType.MARKDOWN, FileType.TEXT)
    if (
        found is not named
        and not (named in texts and found in texts)
        and not (named is FileType.HTML and found in texts)
    ):
        raise ImportFileError(
            f"{path}：扩展名是 {path.suffix}，内容却是{_NAMES[found]}。请核对文件，改成正确的扩展名后再导入。"
        )
    return named


def _by_content(path: Path, head: bytes, named: FileType | None) -> FileType:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _word_document(path)
    if head.startswith(_OLE):
        raise ImportFileError(
            f"{path}：是旧版 Word（.doc）或加了密码的文档。请在 Word 里去掉密码，另存为 .docx 再导入。"
        )
    if head.startswith(_PICTURES):
        raise ImportFileError(f"{path}：是图片，没有文字。请先做文字识别（OCR），核对后存成 docx 或 txt 再导入。")
    if named in (FileType.DOCX, FileType.PDF) and b"\x00" in head:
        raise ImportFileError(
            f"{path}：扩展名是 {path.suffix}，内容却不是{_NAMES[named]}，文件可能损坏。请重新下载，或核对扩展名。"
        )
    refuse_no_text(path, head)
    if start[:1] == b"<" and any(
        tag in start[:2048].lower() for tag in (b"<!doctype html", b"<html", b"<head", b"<body")
    ):
        return FileType.HTML
    return FileType.TEXT


def _word_document(path: Path) -> FileType:
    """Check a zip file as far as that needs no unpacking."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise ImportFileError(f"{path}：文件损坏，打不开（{error}）。请重新下载或另存一份。") from error
    if not any(part.filename == "word/document.xml" for part in parts):
        raise ImportFileError(
            f"{path}：是压缩包或其他 Office 文件，不是 Word 文档。请解压后导入其中的 docx、pdf 等文件。"
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise ImportFileError(f"{path}：文档加了密码。请去掉密码后再导入。")
    unpacked = sum(part.file_size for part in parts)
    blown_up = any(
        p.file_size > _RATIO_MATTERS_FROM and p.file_size > LARGEST_RATIO * max(p.compress_size, 1) for p in parts
    )
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS:
        raise ImportFileError(f"{path}：里面有 {len(parts)} 个文件，不像正常文档（可能是压缩炸弹），没有打开。")
    if unpacked > LARGEST_UNPACKED or xml > LARGEST_XML or blown_up:
        raise ImportFileError(
            f"{path}：解压后有 {unpacked / 1024 / 1024:.0f} MB，不像正常文档（可能是压缩炸弹），没有打开。"
        )
    return FileType.DOCX
