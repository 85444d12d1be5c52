import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.journal.proportion import Share

SHARES = st.integers(0, 2000).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))


def test_the_interval_is_wilson_s() -> None:
    low, high = Share(81, 263).interval or (0, 0)  # Newcombe (1998), table I, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    low, high = Share(0, 20).interval or (1, 0)
    assert (low, round(high, 4)) == (0, 0.1611)
    assert Share(0, 0).interval is None
    assert Share(0, 0).rate is None


@given(SHARES)
def test_the_share_lies_in_its_interval(share: Share) -> None:
    if share.interval and share.rate is not None:
        assert 0 <= share.interval[0] <= share.rate <= share.interval[1] <= 1


@given(SHARES, SHARES)
def test_difference_goes_both_ways_and_nothing_differs_from_itself(one: Share, other: Share) -> None:
    assert one.differs_from(other) == other.differs_from(one)
    assert not one.differs_from(one)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        (Share(56, 70), Share(48, 80), True),  # Newcombe (1998), table II (a), method 10: 0.0524 to 0.3339
        (Share(9, 10), Share(3, 10), True),
        (Share(6, 7), Share(2, 7), True),
        (Share(5, 56), Share(0, 29), False),
        (Share(8, 10), Share(6, 10), False),
        (Share(1, 2), Share(0, 0), False),
    ],
)
def test_only_what_is_more_than_chance_is_a_difference(one: Share, other: Share, differs: bool) -> None:
    assert one.differs_from(other) is differs
