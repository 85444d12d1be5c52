from datetime import date

import pytest

from qa_service.corpus.models import Document, Form, Successor, ValidityState
from qa_service.corpus.validity import validity_on


def document(**fields: object) -> Document:
    return Document(**{"id": "d", "title": "某法", "form": Form.FULL_TEXT, "body": "文", **fields})  # type: ignore[arg-type]


PLAN = document(kind="规划", effective=date(2021, 1, 1), expires=date(2025, 12, 31))
OLD = document(effective=date(2019, 11, 1))
NEW = document(id="new", title="某法（新）", effective=date(2027, 1, 1), supersedes=("d",))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 12, 31), ValidityState.NOT_YET),
        (date(2021, 1, 1), ValidityState.IN_FORCE),
        (date(2025, 12, 31), ValidityState.IN_FORCE),
        (date(2026, 1, 1), ValidityState.PERIOD_OVER),
    ],
)
def test_a_plan_is_in_force_for_its_period_to_the_day(day: date, state: ValidityState) -> None:
    assert validity_on(PLAN, day).state is state


def test_a_plan_whose_period_is_over_says_which() -> None:
    assert validity_on(PLAN, date(2026, 1, 1)).note == "规划期为2021—2025年，已届满"


@pytest.mark.parametrize(
    ("day", "state", "by"),
    [(date(2026, 12, 31), ValidityState.IN_FORCE, None), (date(2027, 1, 1), ValidityState.AMENDED, "new")],
)
def test_a_law_gives_way_on_the_day_its_successor_takes_effect(day: date, state: ValidityState, by: str | None) -> None:
    validity = validity_on(OLD, day, [Successor(NEW)])
    assert (validity.state, validity.replaced_by) == (state, by)


def test_a_successor_is_not_yet_in_force_before_its_day() -> None:
    assert validity_on(NEW, date(2026, 12, 31)).state is ValidityState.NOT_YET


def test_a_rule_past_its_last_day_is_no_longer_in_force() -> None:
    rule = document(kind="办法", effective=date(2020, 1, 1), expires=date(2024, 12, 31))
    assert validity_on(rule, date(2025, 1, 1)).state is ValidityState.REPEALED


def test_a_text_that_says_it_is_repealed_is() -> None:
    assert validity_on(document(status="已废止"), date(2026, 1, 1)).state is ValidityState.REPEALED


def test_a_text_that_was_repealed_stays_so_whatever_came_after() -> None:
    undated = document(id="new", supersedes=("d",))
    assert (
        validity_on(document(status="已废止"), date(2026, 1, 1), [Successor(undated)]).state is ValidityState.REPEALED
    )


def test_a_text_is_in_force_until_its_successor_is() -> None:
    assert validity_on(document(status="已修改"), date(2026, 1, 1), [Successor(NEW)]).state is not ValidityState.AMENDED


def test_a_text_without_dates_claims_nothing() -> None:
    assert validity_on(document(), date(2026, 1, 1)).state is ValidityState.UNKNOWN
