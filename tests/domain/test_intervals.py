"""Another interval moves a next day that followed from the old one, and no promise later."""

from datetime import date

import pytest

from gridapp.domain.intervals import reschedule

LAST, TODAY = date(2026, 6, 1), date(2026, 6, 10)
RETRY, BY_30, BY_7, BY_90 = (
    date(2026, 6, 4), date(2026, 7, 1), date(2026, 6, 8), date(2026, 8, 30),
)  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "after", "then"),
    [
        (BY_30, 7, BY_7),
        (BY_30, 90, BY_90),
        (RETRY, 7, RETRY),
        (RETRY, 90, RETRY),
        (RETRY, 0, RETRY),
        (date(2026, 6, 20), 7, BY_7),
        (BY_30, 0, None),
        (None, 7, BY_7),
    ],
)
def test_a_promised_day_never_moves_later(
    standing: date | None, after: int, then: date | None
) -> None:
    assert reschedule(standing, LAST, 30, after, TODAY) == then


@pytest.mark.parametrize(
    ("standing", "after", "then"),
    [(LAST, 7, LAST), (LAST, 90, LAST), (None, 7, TODAY), (LAST, 0, None)],
)
def test_what_was_never_looked_at_stays_due(
    standing: date | None, after: int, then: date | None
) -> None:
    assert reschedule(standing, None, 30, after, TODAY) == then


@pytest.mark.parametrize(
    ("next_on", "last_on", "days", "then"),
    [
        # The rhythm's own day follows the new rhythm, sooner or later.
        (date(2026, 10, 28), date(2026, 5, 1), (180, 7), date(2026, 5, 8)),
        (date(2026, 5, 8), date(2026, 5, 1), (7, 180), date(2026, 10, 28)),
        # A finding that is to be seen again in three days is not put off by it.
        (date(2026, 6, 13), TODAY, (30, 7), date(2026, 6, 13)),
        (date(2026, 6, 13), TODAY, (30, 180), date(2026, 6, 13)),
        (date(2026, 6, 20), TODAY, (30, 7), date(2026, 6, 17)),
        (date(2026, 6, 13), TODAY, (30, 0), date(2026, 6, 13)),
        # Nobody has been there yet: what is due stays due.
        (date(2026, 6, 1), None, (90, 180), date(2026, 6, 1)),
        (None, None, (0, 7), TODAY),
        (None, None, (0, 0), None),
        (None, date(2026, 5, 1), (0, 90), date(2026, 7, 30)),
        (date(2026, 7, 30), date(2026, 5, 1), (90, 0), None),
    ],
)
def test_another_risk_class_never_puts_off_what_was_to_be_seen_sooner(
    next_on: date | None, last_on: date | None, days: tuple[int, int], then: date | None
) -> None:
    assert reschedule(next_on, last_on, *days, TODAY) == then
