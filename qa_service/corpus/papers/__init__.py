"""Official papers (公文): what a file's lines say about its title, issuer, number, dates, parts."""

from qa_service.corpus.papers.paper import Paper, read_paper

__all__ = ["Paper", "read_paper"]
