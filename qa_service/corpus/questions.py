"""The everyday questions people ask of a passage.

They are keyed by document and location, so that they serve the notes and the full text of the same article alike.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa_service.corpus.json_lines import read_json_lines
from qa_service.corpus.location import locate
from qa_service.corpus.marker import Rank
from qa_service.corpus.models import Document, EverydayQuestion, Form, Passage, Verdict
from qa_service.corpus.outline import parse_outline
from qa_service.corpus.readers import read_paragraphs

_Text = Annotated[str, Field(min_length=2, max_length=200)]


class _Judged(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ask: _Text
    verdict: Verdict


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    location: Annotated[str, Field(min_length=1)]
    starts: str = ""
    questions: Annotated[list[_Text | _Judged], Field(min_length=1)]


def read_questions(path: Path) -> tuple[EverydayQuestion, ...]:
    """Read ``<document id>.jsonl``: one location a line, with the questions that it answers.

    A question is its text, or where it asks yes or no ``{"ask": text, "verdict": "yes"}``.

    Raises:
        CorpusError: a line is not JSON, or lacks a location or questions.
    """
    return tuple(
        EverydayQuestion(question, path.stem, entry.location, entry.starts)
        if isinstance(question, str)
        else EverydayQuestion(question.ask, path.stem, entry.location, entry.starts, question.verdict)
        for entry in read_json_lines(path, _Line, "location 和 questions")
        for question in entry.questions
    )


def printed_questions(document: Document) -> Iterator[EverydayQuestion]:
    """Yield the questions that an official text itself asks and answers, each with the place of its answer."""
    if document.form is not Form.FULL_TEXT or "问：" not in document.body:
        return
    outline = parse_outline(read_paragraphs(document.body, markup=document.markup), document.title)
    for path, node in outline.root.walk():
        if node.rank is Rank.QUESTION and node.paragraphs:
            yield EverydayQuestion(node.title, document.id, locate(path, node, "").cited)


def lines_of_notes(notes: Document) -> Iterator[EverydayQuestion]:
    """Yield what notes say of each article, in plain words, as things people ask for.

    Where the full text has taken the notes' place, they still help to find the article.
    """
    for _, node in parse_outline(read_paragraphs(notes.body, markup=notes.markup), notes.title).root.walk():
        if node.rank is Rank.ARTICLE:
            for paragraph in node.paragraphs:
                yield EverydayQuestion(f"{node.title} {paragraph.text.removeprefix('- ')}"[:200], notes.id, node.label)


def is_held_out(question: EverydayQuestion, every: int) -> bool:
    """Whether a question belongs to the one in ``every`` that training and calibration keep apart; never for 0.

    Decided by the question's own characters, so that both agree whatever the order of the file.
    """
    return every > 0 and zlib.crc32(question.text.encode()) % every == 0


def questions_by_passage(
    passages: Sequence[Passage], questions: Iterable[EverydayQuestion]
) -> tuple[Mapping[str, tuple[EverydayQuestion, ...]], tuple[EverydayQuestion, ...]]:
    """Give every question its passage.

    Returns:
        Passage id to its questions, and the questions whose location or opening words no passage has.
    """
    at = defaultdict(list)
    for passage in passages:
        at[passage.document_id, passage.location].append(passage)
    found, lost = defaultdict(list), []
    for question in questions:
        places = at.get((question.document_id, question.location), [])
        place = next((p for p in places if question.starts in p.text), None)
        if place is None:
            lost.append(question)
        else:
            found[place.id].append(question)
    return {key: tuple(value) for key, value in found.items()}, tuple(lost)
