"""Text files as offices save them."""

from pathlib import Path

from qa_service.errors import CorpusError, ImportFileError

_ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROL = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1A}
"""Bytes that no text holds. 0x1A ends some old files; GB18030 uses none of these within a character."""


def read_text(path: Path) -> str:
    """Read UTF-8 (with or without a byte-order mark) or GB18030, every line end a line feed.

    Raises:
        CorpusError: it is neither.
    """
    data = path.read_bytes()
    refuse_no_text(path, data)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise CorpusError(f"{path}：既不是 UTF-8 也不是 GB18030 编码的文本。请另存为 UTF-8 后再导入。")


def refuse_no_text(path: Path, data: bytes) -> None:
    """Refuse bytes that are no text in either encoding, UTF-16 and programs among them.

    Raises:
        ImportFileError: ``data`` holds control characters.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide or not _CONTROL.isdisjoint(data):
        what = "UTF-16（“Unicode”）编码" if wide else "含有控制字符"
        raise ImportFileError(
            f"{path}：不是 UTF-8 或 GB18030 编码的文本（{what}）。若是文本，请另存为 UTF-8 编码；"
            "若是其他文件，请改成正确的扩展名。"
        )
