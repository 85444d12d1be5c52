"""A file of any format to a manuscript."""

from collections.abc import Callable, Mapping
from pathlib import Path

from qa_service.corpus.readers.docx import read_docx
from qa_service.corpus.readers.encoding import read_text
from qa_service.corpus.readers.file_type import FileType, file_type_of
from qa_service.corpus.readers.html import read_html
from qa_service.corpus.readers.manuscript import Manuscript
from qa_service.corpus.readers.pdf import read_pdf
from qa_service.corpus.readers.plain_text import read_markdown, read_plain_text


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
    """Read a docx, pdf, html, md or txt file.

    Raises:
        ImportFileError: it cannot be read, or is not what its name says.
    """
    return _READERS[file_type_of(path)](path)
