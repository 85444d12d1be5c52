"""Text files as offices save them."""

from pathlib import Path

from qa_service.errors import CorpusError

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_text(path: Path) -> str:
    """Read UTF-8 (with or without a byte-order mark) or GB18030, every line end a line feed.

    Raises:
        CorpusError: it is neither.
    """
    data = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise CorpusError(f"{path}：既不是 UTF-8 也不是 GB18030 编码的文本。请另存为 UTF-8 后再放入语料目录。")
