"""Everyday questions: enough of them, no two alike, and none taken from a test."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qa_service.corpus.checks.fault import Fault
from qa_service.corpus.library import Library
from qa_service.corpus.models import EverydayQuestion, Form, Passage
from qa_service.text.normal import normalise

FEWEST_QUESTIONS = 6
NEAR_COPY = 0.6
"""Share of three-character pieces that two questions have in common, from which one is a near copy of the other."""
_SHORTEST_COMPARED = 6
_NOT_A_LETTER = re.compile(r"[\W_]+")


def check_questions(
    library: Library, passages: Mapping[str, Sequence[Passage]], by_passage: Mapping[str, Sequence[EverydayQuestion]]
) -> Iterator[Fault]:
    """Yield passages with too few questions, and questions that are asked twice of different passages."""
    for document in library.documents.values():
        if document.form is not Form.FULL_TEXT and not document.draft:
            for passage in passages[document.id]:
                found = len(by_passage.get(passage.id, ()))
                if found < FEWEST_QUESTIONS and passage.part == 1:
                    yield Fault(document.id, passage.location, f"只有 {found} 条日常问法，至少要 {FEWEST_QUESTIONS} 条")
    asked: dict[str, EverydayQuestion] = {}
    for question in library.questions:
        first = asked.setdefault(normalise(question.text), question)
        if first is not question and "@" not in question.document_id:
            yield Fault(
                question.document_id,
                question.location,
                f"问法“{question.text}”与 {first.document_id} {first.location} 重复",
            )


def check_near_copies(library: Library, tests: Path) -> Iterator[Fault]:
    """Yield the questions that are near copies of one in the test files ``*.jsonl`` of a folder."""
    held = [_Shingles(text) for path in sorted(tests.glob("*.jsonl")) for text in _questions_in(path)]
    by_piece: dict[str, list[_Shingles]] = {}
    for test in held:
        for piece in test.pieces:
            by_piece.setdefault(piece, []).append(test)
    for question in library.questions:
        own = _Shingles(question.text)
        near = {id(t): t for piece in own.pieces for t in by_piece.get(piece, ())}
        for test in near.values():
            if own.share(test) >= NEAR_COPY:
                yield Fault(
                    question.document_id, question.location, f"问法“{question.text}”与测试题“{test.text}”几乎相同"
                )


class _Shingles:
    """A question as the set of its three-character pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters = _NOT_A_LETTER.sub("", normalise(text))
        long_enough = len(letters) >= _SHORTEST_COMPARED
        self.pieces = frozenset(letters[i : i + 3] for i in range(len(letters) - 2)) if long_enough else frozenset()

    def share(self, other: "_Shingles") -> float:
        """Return the share of pieces that both have, in [0, 1]."""
        return len(self.pieces & other.pieces) / (len(self.pieces | other.pieces) or 1)


def _questions_in(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line) if line.strip() else {}
        for turn in [entry, *entry.get("turns", ())]:
            if turn.get("question"):
                yield str(turn["question"])
