"""Which questions are asked."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_service.errors import QuestionError
from qa_service.text.normal import normalise

SEED = 20210101
"""One seed: the same corpus is measured with the same questions everywhere."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Questions for each thing that is measured. No question stands here twice, in whatever spelling.

    Whatever the service remembers by the text of a question (its vector, its normal form) is therefore never of use
    to a question that is measured, as it would not be for a new one.
    """

    warm_up: tuple[str, ...]
    """Asked first, of a service just opened: for the others it has met passages before, as one that runs."""
    encoding: tuple[str, ...]
    retrieval: tuple[str, ...]
    answering: tuple[str, ...]


def sample_of(questions: Iterable[str], each: int, seed: int = SEED) -> Sample:
    """Draw ``each`` questions for everything that is measured, fewer where there are not so many.

    The same for the same questions and seed, in whatever order they come.

    Raises:
        QuestionError: there are fewer than one for each.
    """
    distinct = sorted({normalise(text): text for text in sorted(questions)}.values())
    parts = len(Sample.__dataclass_fields__)
    if len(distinct) < parts:
        raise QuestionError(
            f"语料只有 {len(distinct)} 条不同的日常问法，测速至少要 {parts} 条。请在语料目录的 questions/ 中补充。"
        )
    random.Random(seed).shuffle(distinct)
    each = min(each, len(distinct) // parts)
    return Sample(*(_part(distinct, n, each) for n in range(parts)))


def _part(questions: Sequence[str], number: int, size: int) -> tuple[str, ...]:
    return tuple(questions[number * size : (number + 1) * size])
