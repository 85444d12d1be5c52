"""One file a format: official files as they come, to metadata, body and paragraphs."""

from qa_service.corpus.readers.encoding import read_text
from qa_service.corpus.readers.paragraph import Paragraph, read_paragraphs
from qa_service.corpus.readers.source_file import SUFFIXES, read_document

__all__ = ["SUFFIXES", "Paragraph", "read_document", "read_paragraphs", "read_text"]
