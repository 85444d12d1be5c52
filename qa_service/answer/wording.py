"""Statements to the text of an answer: every one followed by the number of its citation."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from qa_service.answer.citing import Statement
from qa_service.corpus.library import Library
from qa_service.corpus.models import Form, Passage


def in_lines(statements: Sequence[Statement], number: Mapping[str, int]) -> str:
    """Return the statements, a line each."""
    return "\n".join(marked(statement, number) for statement in statements)


def flowing(statements: Sequence[Statement], number: Mapping[str, int], library: Library) -> str:
    """Return the statements as sentences; those of one passage that are several as lines under its name."""
    said: list[str] = []
    for _, group in groupby(statements, key=lambda statement: (statement.passage.id, statement.opens)):
        own = list(group)
        sentences = [marked(statement, number) for statement in own]
        lead = "" if own[0].opens else _lead(own[0].passage, library)
        # The lines of a list stay lines.
        said.append(f"{lead}{sentences[0]}" if len(sentences) == 1 else "\n".join((lead, *sentences)).strip())
    as_lines = any("\n" in part for part in said)
    return ("\n" if as_lines else "").join(said)


def marked(statement: Statement, number: Mapping[str, int]) -> str:
    """Return what is said with the number of its citation behind it."""
    return f"{statement.text}[{number[statement.passage.id]}]"


def _lead(passage: Passage, library: Library) -> str:
    """Say which article is rendered: a line of notes is too terse to stand without, and so is a sentence of a statute."""
    document = library[passage.document_id]
    of_an_article = document.form is Form.FULL_TEXT and passage.location.startswith("第")
    return f"《{document.name}》{passage.location}：" if document.form is Form.NOTES or of_an_article else ""
