"""PDF streams that unpack to far more than any page holds."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from qa_service.errors import ImportFileError

LARGEST_STREAM = 60 * 1024 * 1024
"""Bytes that one stream may unpack to, pictures aside; the text of a thousand pages is under 10 MB."""
LARGEST_PICTURE = 300 * 1024 * 1024
"""Bytes that one picture may; they are not parsed."""
LARGEST_UNPACKED = 300 * 1024 * 1024
"""Bytes that all of them may."""
_STREAM = re.compile(rb"stream\r?\n")
_TWICE_PACKED = re.compile(rb"FlateDecode[\s/]+FlateDecode")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 1024
"""Bytes before a stream in which its dictionary stands."""
_STEP = 1024 * 1024


def refuse_pdf_bomb(path: Path) -> None:
    """Unpack every stream in small steps, keeping nothing, before a parser does so whole.

    Raises:
        ImportFileError: one, or all together, unpack to more than a document needs.
    """
    data = path.read_bytes()
    total = 0
    for match in _STREAM.finditer(data):
        dictionary = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"endobj")[2]
        picture = bool(_PICTURE.search(dictionary))
        size = _unpacked(data, match.end())
        total += 0 if picture else size
        largest = LARGEST_PICTURE if picture else LARGEST_STREAM
        if size > largest or total > LARGEST_UNPACKED or _TWICE_PACKED.search(dictionary):
            raise ImportFileError(
                f"{path}：PDF 解压后超过 {LARGEST_STREAM // 1024 // 1024} MB，不像正常文档（可能是压缩炸弹），没有打开。"
            )


def _unpacked(data: bytes, start: int) -> int:
    """Return how many bytes the stream at ``start`` unpacks to, counting no further than the limit; 0 if not packed."""
    if data[start : start + 1] not in (b"\x78", b"\x58", b"\x48", b"\x68"):
        return 0
    unpacker = zlib.decompressobj()
    size, rest = 0, memoryview(data)[start:]
    pending: bytes = bytes(rest[:_STEP])
    at = _STEP
    try:
        while pending and not unpacker.eof and size <= LARGEST_PICTURE:
            size += len(unpacker.decompress(pending, _STEP))
            pending = unpacker.unconsumed_tail
            if not pending:
                pending = bytes(rest[at : at + _STEP])
                at += _STEP
    except zlib.error:
        pass  # not packed, or damaged: the parser will say
    return size
