import random
from datetime import date
from types import SimpleNamespace

import pytest

from measures.same_gap import period, put_together
from measures.same_question import Asked, read_all
from qa_service.answer.calibration import read_calibration
from qa_service.service import Service
from qa_service.shipped import calibration_file
from tests.test_same_question import asked


def test_pairs_of_one_place_are_right_and_of_strangers_nothing_is_known() -> None:
    questions: list[Asked] = [asked("a", 0.0), asked("a", 0.01), asked("b", 0.02), asked("", 1.5), asked("", 1.51)]
    found = put_together(questions, 0.9)
    assert found.precision == pytest.approx(1 / 3)  # of three pairs one is of one place, and strangers count for none
    assert (found.recall, found.groups, found.largest) == (1.0, 2, 3)
    assert put_together(questions, 0.99999).groups == 5


def test_what_is_put_together_asks_the_same_nine_times_in_ten(service: Service) -> None:
    threshold = read_calibration(calibration_file()).same_gap
    assert threshold is not None
    chance = random.Random(0)
    every = sorted({(q.document_id, q.location) for q in service.library.questions})
    places = set(chance.sample(every, 250))
    chosen = [q for q in service.library.questions if (q.document_id, q.location) in places]
    strangers = chance.sample(service.library.unanswered, 300)
    library = SimpleNamespace(questions=chosen, unanswered=strangers, lexicon=service.library.lexicon)
    searcher = SimpleNamespace(
        library=library, understand=service.searcher.understand, embedder=service.searcher.embedder
    )
    read = read_all(searcher, date(2026, 1, 1))  # type: ignore[arg-type]
    found = put_together(period(read, 200, 300, 0), threshold)
    assert found.precision > 0.85
    assert found.recall > 0.02
