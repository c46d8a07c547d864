"""A promise is computed from the whole history of a case, and a miss stays a miss."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain.deadlines import Limit, parse_limit
from gridapp.domain.promising import (
    Amended,
    Begun,
    CaseEvent,
    Extended,
    Paused,
    promise_after,
    promise_of,
)
from gridapp.domain.workcalendar import BEIJING, DayKind, WorkCalendar

NEW_YEAR = {date(2027, 1, day): DayKind.HOLIDAY for day in (1, 2, 3)}
CALENDAR = WorkCalendar(known_years=frozenset({2026}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BEIJING)


def limit(text: str) -> Limit:
    parsed = parse_limit(text)
    assert parsed
    return parsed


REPORTED = Begun(at("03-10 09:00"), limit("4wh"))
REOPENED = Begun(at("03-20 17:29"), limit("3wd"))


@pytest.mark.parametrize(
    ("history", "due", "missed"),
    [
        ([REPORTED], "03-10 15:00", None),
        ([REPORTED, Extended(at("03-10 12:00"), at("03-12 17:30"))], "03-12 17:30", None),
        ([REPORTED, Extended(at("03-12 10:00"), at("03-12 17:30"))], "03-12 17:30", "03-10 15:00"),
        ([REPORTED, Paused(at("03-10 16:00"), at("03-12 16:00"))], "03-10 15:00", None),
        ([REPORTED, REOPENED], "03-25 17:30", None),
        ([REPORTED, REOPENED, Amended(at("03-21 09:00"), limit("1wd"))], "03-23 17:30", None),
        ([REPORTED, Amended(at("03-13 09:00"), limit("7wd"))], "03-19 17:30", "03-10 15:00"),
        ([REPORTED, Amended(at("03-10 10:00"), limit("7wd"))], "03-19 17:30", None),
    ],
)  # fmt: skip
def test_a_promise_is_what_its_history_makes_of_it(
    history: list[CaseEvent], due: str, missed: str | None
) -> None:
    standing = promise_of(history, CALENDAR)
    assert standing.due_at == at(due)
    assert standing.missed_at == (at(missed) if missed else None)


def test_what_was_missed_once_is_judged_by_that_moment_for_good() -> None:
    late = Extended(at("03-12 10:00"), at("03-13 17:30"))
    again = Extended(at("03-13 10:00"), at("03-16 17:30"))
    standing = promise_of([REPORTED, late, again], CALENDAR)
    assert (standing.judged_at, standing.due_at) == (at("03-10 15:00"), at("03-16 17:30"))


def test_three_short_nights_of_pause_move_nothing() -> None:
    nights = [
        Paused(at(f"03-{day} 23:59"), at(f"03-{day} 23:59") + timedelta(minutes=2))
        for day in (16, 17)
    ]
    history: list[CaseEvent] = [Begun(at("03-16 09:00"), limit("2wd")), *nights]
    assert promise_of(history, CALENDAR).due_at == at("03-18 17:30")


def test_an_amendment_keeps_what_was_paused_before() -> None:
    paused = Paused(at("03-10 10:00"), at("03-11 10:00"))
    history: list[CaseEvent] = [REPORTED, paused, Amended(at("03-11 11:00"), limit("3wd"))]
    assert promise_of(history, CALENDAR).due_at == at("03-16 17:30")


def test_a_pause_into_an_unknown_year_makes_a_promise_provisional() -> None:
    history: list[CaseEvent] = [
        Begun(at("12-28 09:00"), limit("2wd")),
        Paused(at("12-28 10:00"), at("12-31 10:00")),
    ]
    assert promise_of(history[:1], CALENDAR).provisional is False
    assert promise_of(history, CALENDAR).provisional is True


DAYS = st.integers(0, 60).map(lambda hours: at("03-10 09:00") + timedelta(hours=7 * hours))
MOVES = st.lists(
    st.one_of(
        st.builds(lambda a, b: Paused(min(a, b), max(a, b)), DAYS, DAYS),
        st.builds(Extended, DAYS, DAYS),
        st.builds(Amended, DAYS, st.sampled_from([limit("1wd"), limit("24h"), limit("15wd")])),
    ),
    max_size=6,
)


@given(MOVES)
def test_carried_on_event_by_event_it_is_what_the_whole_history_gives(
    moves: list[CaseEvent],
) -> None:
    standing = promise_of([REPORTED], CALENDAR)
    for move in moves:
        standing = promise_after(standing, move, CALENDAR)
    assert standing == promise_of([REPORTED, *moves], CALENDAR)


@given(MOVES, DAYS)
def test_no_pause_and_no_extension_takes_a_miss_back(
    moves: list[CaseEvent], extended_at: datetime
) -> None:
    before = promise_of([REPORTED, *moves], CALENDAR)
    after = promise_after(before, Extended(extended_at, at("06-30 17:30")), CALENDAR)
    assert after.judged_at == before.judged_at or before.judged_at >= extended_at
