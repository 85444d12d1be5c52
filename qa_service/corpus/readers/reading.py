"""A file of any format to a manuscript."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from qa_service.corpus.readers.docx import read_docx
from qa_service.corpus.readers.encoding import read_text
from qa_service.corpus.readers.file_type import FileType, file_type_of
from qa_service.corpus.readers.html import read_html
from qa_service.corpus.readers.manuscript import Block, Manuscript, Table
from qa_service.corpus.readers.pdf import read_pdf
from qa_service.corpus.readers.plain_text import read_markdown, read_plain_text
from qa_service.errors import ImportFileError
from qa_service.text.readable import readable


def _read_markdown_file(path: Path) -> Manuscript:
    return read_markdown(read_text(path))


_READERS: Mapping[FileType, Callable[[Path], Manuscript]] = {
    FileType.DOCX: read_docx,
    FileType.PDF: read_pdf,
    FileType.HTML: read_html,
    FileType.TEXT: read_plain_text,
    FileType.MARKDOWN: _read_markdown_file,
}


def read_manuscript(path: Path) -> Manuscript:
    """Read a docx, pdf, html, md or txt file: what a person sees of it, and nothing that is hidden in it.

    Raises:
        ImportFileError: it cannot be read, or is not what its name says.
    """
    manuscript = _READERS[file_type_of(path)](path)
    blocks = tuple(read for block in manuscript.blocks if (read := _readable(block)))
    if not blocks:
        raise ImportFileError(f"{path}：文件里没有看得见的文字。请核对文件。")
    return Manuscript(blocks, {key: readable(value) for key, value in manuscript.stated.items()})


def _readable(block: Block) -> Block | None:
    """Return what can be read of a block; None where that is nothing."""
    if isinstance(block, Table):
        return Table(tuple(tuple(readable(cell) for cell in row) for row in block.rows))
    text = readable(block.text).strip()
    return replace(block, text=text) if text else None
