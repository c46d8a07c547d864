"""When a household is next to be visited, and how that is said."""

from datetime import date, timedelta

import pytest

from gridapp.domain.visiting import (
    EXAMPLE_KINDS,
    INTERVAL_MAX_DAYS,
    interval_words,
    next_visit_on,
    visit_state,
    visit_words,
)
from gridapp.domain.vocabulary import VisitOutcome

MET, PHONE = VisitOutcome.MET, VisitOutcome.BY_PHONE
AWAY, DECLINED = VisitOutcome.NOT_HOME, VisitOutcome.DECLINED
TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("outcome", "interval", "days"),
    [(MET, 30, 30), (PHONE, 30, 30), (AWAY, 30, 3), (DECLINED, 30, 3), (AWAY, 2, 2), (AWAY, 0, 3)],
)
def test_the_next_visit_follows_the_interval_or_a_closed_door(
    outcome: VisitOutcome, interval: int, days: int
) -> None:
    assert next_visit_on(TODAY, interval, outcome) == TODAY + timedelta(days=days)


@pytest.mark.parametrize("outcome", [MET, PHONE])
def test_who_is_visited_for_a_reason_has_no_next_day(outcome: VisitOutcome) -> None:
    assert next_visit_on(TODAY, 0, outcome) is None


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [(-1, "yellow", "已过1天"), (0, "warn", "今天到期"), (7, "warn", "还有7天"),
     (8, "calm", "还有8天")],
)  # fmt: skip
def test_how_a_visit_stands_is_said_in_days(left: int, state: str, words: str) -> None:
    next_on = TODAY + timedelta(days=left)
    assert (visit_state(next_on, TODAY), visit_words(next_on, TODAY)) == (state, words)


def test_without_a_day_it_is_visited_when_there_is_a_reason() -> None:
    assert (visit_state(None, TODAY), visit_words(None, TODAY)) == ("done", "需要时走访")
    assert (interval_words(0), interval_words(30)) == ("需要时", "每30天")


def test_every_example_can_be_kept() -> None:
    assert len({kind.code for kind in EXAMPLE_KINDS}) == len(EXAMPLE_KINDS)
    assert all(0 <= kind.interval_days <= INTERVAL_MAX_DAYS for kind in EXAMPLE_KINDS)
    assert sum(kind.name.endswith("必访") for kind in EXAMPLE_KINDS) == 5
