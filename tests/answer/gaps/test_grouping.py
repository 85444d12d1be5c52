from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.answer.gaps.grouping import Asked, grouped, most_central
from tests.test_same_question import READING

ANGLES = st.lists(st.integers(0, 314).map(lambda hundredths: hundredths / 100), max_size=30)


def at(angle: float, form: str = "", *, denies: bool = False) -> Asked:
    vector = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return Asked(form or f"{angle}{denies}", replace(READING, denies=denies), vector)


def test_who_asks_the_same_stands_together() -> None:
    asked = [at(0), at(1.5), at(0.1), at(1.4), at(0.05)]
    assert grouped(asked, 0.9) == [0, 1, 0, 1, 0]


def test_what_a_rule_tells_apart_stands_apart_however_near() -> None:
    assert grouped([at(0), at(0.01, denies=True), at(0.02, denies=True)], 0.9) == [0, 1, 1]


def test_groups_do_not_creep_from_one_likeness_to_the_next() -> None:
    chain = [at(n * 0.3) for n in range(8)]
    led = grouped(chain, 0.95)
    assert len(set(led)) > 3
    assert all(chain[leader].vector @ question.vector >= 0.95 for leader, question in zip(led, chain, strict=True))


def test_the_nearest_leader_is_joined_not_the_first() -> None:
    assert grouped([at(0), at(0.7), at(0.5)], 0.8) == [0, 1, 1]


def test_what_is_known_leads_first_and_by_its_wording_alone_where_no_threshold_is() -> None:
    known = [at(0, "a"), at(1.5, "b")]
    assert grouped([at(1.4), at(3.0), at(0.1)], 0.9, known) == [1, 3, 0]
    assert grouped([at(3.0, "b"), at(0.0, "c")], None, known) == [1, 3]
    assert grouped([at(3.0, "b")], 0.9, known) == [1]


def test_nothing_makes_no_groups() -> None:
    assert grouped([], 0.5) == []
    assert grouped([], None, [at(0)]) == []


@settings(deadline=None)
@given(ANGLES, st.floats(0.1, 0.999))
def test_each_is_in_one_group_whose_leader_leads_itself(angles: list[float], threshold: float) -> None:
    asked = [at(angle, str(n)) for n, angle in enumerate(angles)]
    led = grouped(asked, threshold)
    assert len(led) == len(asked)
    assert all(led[leader] == leader for leader in led)
    assert all(leader <= n for n, leader in enumerate(led))


@settings(deadline=None)
@given(ANGLES, ANGLES)
def test_what_is_asked_later_moves_nothing_of_what_was_before(before: list[float], after: list[float]) -> None:
    asked = [at(angle, str(n)) for n, angle in enumerate([*before, *after])]
    assert grouped(asked, 0.9)[: len(before)] == grouped(asked[: len(before)], 0.9)


def test_the_most_central_question_speaks_for_its_group() -> None:
    vectors = [at(angle).vector for angle in (0.0, 0.3, 0.6)]
    assert most_central(vectors, [1, 1, 1]) == 1
    assert most_central(vectors, [9, 1, 1]) == 0
    assert most_central(vectors[:1], [1]) == 0


def test_thousands_of_near_likenesses_take_no_time() -> None:
    chance = np.random.default_rng(0)
    vectors = chance.normal(size=(3000, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    flood = [Asked(str(n), replace(READING, figures=frozenset({str(n)})), vectors[n % 3]) for n in range(3000)]
    assert len(set(grouped(flood, 0.5))) == 3000  # each has its own figure
    scattered = [Asked(str(n), READING, vector) for n, vector in enumerate(vectors)]
    assert len(grouped(scattered, 0.55)) == 3000
