"""Rates carry their two figures, and say nothing when there is nothing to divide by."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain.indicators import (
    FORMULA,
    Indicator,
    Rate,
    satisfaction_rate,
    spread,
)

TIMES = st.lists(st.timedeltas(timedelta(0), timedelta(days=90)), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("rate", "percent", "counts"),
    [
        (Rate(27, 30), "90.0%", "27 / 30"),
        (Rate(1, 3), "33.3%", "1 / 3"),
        (Rate(30, 30), "100.0%", "30 / 30"),
        (Rate(2999, 3000), "99.9%", "2999 / 3000"),
        (Rate(0, 30), "0.0%", "0 / 30"),
        (Rate(0, 0), "—", "0 / 0"),
    ],
)
def test_a_rate_is_read_with_its_figures(rate: Rate, percent: str, counts: str) -> None:
    assert (rate.percent, rate.counts) == (percent, counts)


def test_nothing_of_nothing_is_no_rate() -> None:
    assert Rate(0, 0).ratio is None
    assert Rate(1, 4).ratio == 0.25


def test_rates_of_two_grids_are_joined_by_their_counts() -> None:
    assert Rate(1, 1) + Rate(0, 9) == Rate(1, 10)


def test_who_is_basically_satisfied_counts_nine_tenths() -> None:
    rate = satisfaction_rate(7, 2, 10)
    assert rate == Rate(8.8, 10)
    assert rate.percent == "88.0%"
    assert satisfaction_rate(0, 3, 3).percent == "90.0%"


def test_every_indicator_shows_its_formula() -> None:
    assert set(FORMULA) == set(Indicator)
    words = FORMULA[Indicator.HANDLED_IN_TIME].words
    assert words == "按期处置率 = 按期处置数 ÷ 应处置数"


def test_times_to_close_are_spread_by_hand() -> None:
    found = spread(timedelta(hours=hours) for hours in (10, 1, 2, 3, 4, 5, 6, 7, 8, 100))
    assert found
    assert found.median == timedelta(hours=5.5)
    assert found.mean == timedelta(hours=14.6)
    assert found.p90 == timedelta(hours=10)
    assert found.count == 10


def test_no_times_have_no_spread() -> None:
    assert spread([]) is None


@given(TIMES)
def test_nine_in_ten_took_no_longer_than_p90(times: list[timedelta]) -> None:
    found = spread(times)
    assert found
    assert found.p90 in times
    assert sum(time <= found.p90 for time in times) >= 0.9 * len(times)
    assert min(times) <= found.median <= found.p90
