from dataclasses import replace

import numpy as np
import pytest

from measures.same_question import Asked, Place, attempt
from qa_service.answer.curated.likeness import Reading
from qa_service.search.expected import Expected

NOTHING = frozenset[str]()
READING = Reading(
    expected=Expected.OPEN,
    documents=NOTHING,
    clauses=frozenset(),
    subjects=NOTHING,
    subjects_told=NOTHING,
    kinds=NOTHING,
    acts=NOTHING,
    acts_told=NOTHING,
    places=NOTHING,
    figures=NOTHING,
    denies=False,
    parties=(),
    siblings=frozenset(),
)


def asked(place: str, angle: float, *, denies: bool = False) -> Asked:
    vector = np.array([np.cos(angle), np.sin(angle)], np.float32)
    where: Place | None = (place, "", "") if place else None
    return Asked(f"{place}{angle}", where, replace(READING, denies=denies), vector)


def test_what_is_matched_to_its_own_place_is_right_and_all_else_wrong() -> None:
    questions = [
        *(asked("a", angle) for angle in (0.0, 0.01, 0.02, 0.03, 0.04)),
        *(asked("b", angle) for angle in (1.5, 1.51, 1.52, 1.53, 1.54)),
        asked("c", 0.1),
        asked("c", 0.1, denies=True),
        asked("", -0.1),
    ]
    trial = attempt(questions, 2, seed=0)
    assert (trial.paraphrases, trial.strangers) == (8, 3)
    assert len(trial.right) == 8
    assert trial.recall(0.9) == 1.0
    # Neither the one that a rule tells apart is wrong, nor is what is not near enough.
    assert len(trial.wrong) == 2
    assert trial.error(0.9) == pytest.approx(2 / 11)
    assert trial.error(0.9999) == 0.0
