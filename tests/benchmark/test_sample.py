from dataclasses import astuple

import pytest

from qa_service.benchmark.sample import sample_of
from qa_service.errors import QuestionError
from qa_service.text.normal import normalise

QUESTIONS = [f"第{n}个问题怎么办" for n in range(100)]


def test_no_question_is_asked_twice_in_whatever_spelling() -> None:
    sample = sample_of([*QUESTIONS, *(f"  {question} " for question in QUESTIONS)], 20)
    asked = [question for part in astuple(sample) for question in part]
    assert [len(part) for part in astuple(sample)] == [20, 20, 20, 20]
    assert len(set(map(normalise, asked))) == 80


def test_the_same_questions_are_drawn_in_whatever_order_they_come_and_others_for_another_seed() -> None:
    assert sample_of(reversed(QUESTIONS), 10) == sample_of(QUESTIONS, 10)
    assert sample_of(QUESTIONS, 10, seed=1) != sample_of(QUESTIONS, 10, seed=2)


def test_a_small_corpus_gives_every_part_as_many_as_it_can() -> None:
    assert [len(part) for part in astuple(sample_of(QUESTIONS[:9], 500))] == [2, 2, 2, 2]


def test_too_few_questions_are_counted_in_the_error() -> None:
    with pytest.raises(QuestionError, match="只有 3 条"):
        sample_of(QUESTIONS[:3], 10)
