from datetime import date

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
    few = service.library.questions[:4000], service.library.unanswered[:400]
    library = type("Part", (), {"questions": few[0], "unanswered": few[1], "lexicon": service.library.lexicon})
    searcher = type(
        "Reader",
        (),
        {"library": library, "understand": service.searcher.understand, "embedder": service.searcher.embedder},
    )
    found = put_together(period(read_all(searcher, date(2026, 1, 1)), 100, 200, 0), threshold)  # type: ignore[arg-type]
    assert found.precision > 0.85
    assert found.recall > 0.02
