from datetime import datetime, timedelta

from qa_service.answer.generation.breaker import Breaker
from qa_service.clock import CHINA


def test_after_three_failures_in_a_row_nothing_is_admitted_until_the_pause_is_over() -> None:
    now = [datetime(2026, 7, 1, tzinfo=CHINA)]
    breaker = Breaker(lambda: now[0], failures=3, pause=timedelta(seconds=60))
    breaker.failed()
    breaker.failed()
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()
    now[0] += timedelta(seconds=60)
    assert breaker.admits(), "one request tries it"
    assert not breaker.admits(), "the others wait for what becomes of it"
    now[0] += timedelta(seconds=60)
    assert breaker.admits(), "the one that tried may have been given up"
    breaker.succeeded()
    assert breaker.admits()
    assert breaker.admits()


def test_a_success_forgets_the_failures_before_it() -> None:
    breaker = Breaker(lambda: datetime(2026, 7, 1, tzinfo=CHINA))
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.admits()


def test_a_clock_set_back_does_not_make_the_pause_longer() -> None:
    now = [datetime(2026, 7, 1, tzinfo=CHINA)]
    breaker = Breaker(lambda: now[0], failures=1, pause=timedelta(seconds=60))
    breaker.failed()
    assert not breaker.admits()
    now[0] -= timedelta(days=365)
    assert breaker.admits()
    assert not breaker.admits()
