"""One file a format: official files as they come, to lines and tables."""

from qa_service.corpus.readers.encoding import read_text
from qa_service.corpus.readers.file_type import SUFFIXES, FileType, file_type_of
from qa_service.corpus.readers.manuscript import Block, Line, Manuscript, Setting, Table
from qa_service.corpus.readers.paragraph import Paragraph, read_paragraphs
from qa_service.corpus.readers.reading import read_manuscript

__all__ = [
    "SUFFIXES",
    "Block",
    "FileType",
    "Line",
    "Manuscript",
    "Paragraph",
    "Setting",
    "Table",
    "file_type_of",
    "read_manuscript",
    "read_paragraphs",
    "read_text",
]
