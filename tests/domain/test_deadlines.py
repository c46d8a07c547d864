"""Promises are kept in their own unit, and nothing moves the first promise later by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain import deadlines
from gridapp.domain.deadlines import Limit, LimitUnit, parse_limit
from gridapp.domain.vocabulary import Urgency
from gridapp.domain.workcalendar import BEIJING, DayKind, WorkCalendar

CALENDAR = WorkCalendar(
    {date(2026, 10, day): DayKind.HOLIDAY for day in range(1, 8)},
    frozenset({2026}),
)
LIMIT = st.builds(Limit, st.integers(1, 40), st.sampled_from(LimitUnit))
MOMENT = st.datetimes(datetime(2026, 8, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def at(text: str) -> datetime:
    """Read ``09-21 10:00`` as a Beijing moment of 2026, in UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BEIJING).astimezone(UTC)


def limit(text: str) -> Limit:
    read = parse_limit(text)
    assert read
    return read


@given(LIMIT)
def test_a_written_limit_is_read_back(any_limit: Limit) -> None:
    assert parse_limit(str(any_limit)) == any_limit


@pytest.mark.parametrize(
    ("text", "label"), [("4wh", "4 个工作小时"), ("7wd", "7 个工作日"), ("24h", "24 小时")]
)
def test_a_limit_has_a_label(text: str, label: str) -> None:
    assert limit(text).label == label


@pytest.mark.parametrize("wrong", ["", "0h", "h", "-1h", "1.5h", "10000h", "4 wh", "4w", "四h"])
def test_what_is_no_limit_is_refused(wrong: str) -> None:
    assert parse_limit(wrong) is None


def test_a_limit_of_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not a limit"):
        Limit(0, LimitUnit.CLOCK_HOURS)


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.CRITICAL, "09-25 18:00"),
        (Urgency.URGENT, "09-26 16:00"),
        (Urgency.ORDINARY, "10-13 17:30"),  # 7 work days after Friday 25, over the long holiday
        (Urgency.COMPLEX, "10-23 17:30"),
    ],
)
def test_each_urgency_has_its_default_promise(urgency: Urgency, due: str) -> None:
    whole = deadlines.URGENCY_LIMITS[urgency].whole
    assert deadlines.promise(at("09-25 16:00"), whole, CALENDAR) == (
        deadlines.Promise(at(due), provisional=False)
    )


@pytest.mark.parametrize(
    ("text", "warn", "due", "red"),
    [
        ("4h", "09-25 19:00", "09-25 20:00", "09-26 00:00"),
        ("4wh", "09-28 10:00", "09-28 11:00", "09-28 17:00"),
        ("4wd", "10-08 08:30", "10-08 17:30", "10-14 17:30"),  # warned on all of the last day
    ],
)
def test_the_marks_are_measured_in_the_limits_own_unit(
    text: str, warn: str, due: str, red: str
) -> None:
    due_at = deadlines.promise(at("09-25 16:00"), limit(text), CALENDAR).due_at
    tick = timedelta(seconds=1)
    moments = [at(warn) - tick, at(warn), at(due), at(due) + tick, at(red) - tick, at(red)]
    states = [deadlines.due_state(now, due_at, limit(text), CALENDAR) for now in moments]
    assert states == ["calm", "warn", "warn", "yellow", "yellow", "red"]


@given(MOMENT, LIMIT)
def test_a_promise_goes_calm_warned_late_red_in_this_order(start: datetime, some: Limit) -> None:
    due_at = deadlines.promise(start, some, CALENDAR).due_at
    warn_at = deadlines.warn_moment(due_at, some, CALENDAR)
    assert start < warn_at < due_at < deadlines.red_moment(due_at, some, CALENDAR)


@pytest.mark.parametrize(
    ("text", "paused", "resumed", "due"),
    [
        ("24h", "09-25 18:00", "09-26 06:00", "09-27 04:00"),
        ("4wh", "09-25 17:00", "09-28 09:00", "09-28 12:00"),  # one hour of work was paused
        ("2wd", "09-28 10:00", "09-28 15:00", "09-30 11:30"),  # three hours of work were paused
        ("2wd", "09-28 08:31", "09-28 17:29", "09-30 17:28"),  # nearly a day of them
        ("2wd", "09-28 23:59", "09-29 00:01", "09-29 17:30"),  # over midnight, and no work
        ("2wd", "09-28 10:00", "09-30 10:00", "10-08 17:30"),  # two work days, over the holiday
        ("2wd", "09-30 10:00", "10-20 10:00", "09-29 17:30"),  # late before it was paused
    ],
)
def test_a_pause_stops_the_limits_own_clock(text: str, paused: str, resumed: str, due: str) -> None:
    due_at = deadlines.promise(at("09-25 16:00"), limit(text), CALENDAR).due_at
    moved = deadlines.after_pause(
        due_at, limit(text), paused_at=at(paused), resumed_at=at(resumed), calendar=CALENDAR
    )
    assert moved == at(due)


@given(MOMENT, LIMIT, MOMENT, MOMENT)
def test_a_pause_never_makes_a_promise_earlier(
    start: datetime, some: Limit, paused: datetime, resumed: datetime
) -> None:
    due_at = deadlines.promise(start, some, CALENDAR).due_at
    moved = deadlines.after_pause(
        due_at, some, paused_at=paused, resumed_at=resumed, calendar=CALENDAR
    )
    assert moved >= due_at


def test_an_extension_counts_on_from_the_due_moment() -> None:
    assert deadlines.after_extension(at("09-29 17:30"), limit("2wd"), CALENDAR) == at("10-08 17:30")


def test_a_step_is_never_due_after_the_whole_case() -> None:
    start, whole_due = at("09-28 09:00"), at("09-28 11:00")
    assert deadlines.step_due(start, limit("1h"), whole_due, CALENDAR) == at("09-28 10:00")
    assert deadlines.step_due(start, limit("4h"), whole_due, CALENDAR) == whole_due
    late = deadlines.step_due(at("09-28 11:00"), limit("4h"), whole_due, CALENDAR)
    assert late == at("09-28 15:00")


@pytest.mark.parametrize(("text", "provisional"), [("7wd", True), ("100h", False), ("1wd", False)])
def test_a_promise_into_an_unknown_year_is_provisional(text: str, provisional: bool) -> None:
    assert deadlines.promise(at("12-29 09:00"), limit(text), CALENDAR).provisional is provisional


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("09-21 17:30", "还剩 3 天"),
        ("09-22 17:30", "还剩 2 天"),
        ("09-23 15:20", "还剩 1 天 2 小时"),
        ("09-24 14:30", "还剩 3 小时"),
        ("09-24 16:05", "还剩 1 小时 25 分钟"),
        ("09-24 17:05", "还剩 25 分钟"),
        ("09-24 17:30", "还剩不到 1 分钟"),
        ("09-24 17:31", "已超 1 分钟"),
        ("09-25 19:40", "已超 1 天 2 小时"),
        ("09-29 19:40", "已超 5 天"),
    ],
)
def test_what_is_left_is_said_in_plain_words(now: str, words: str) -> None:
    assert deadlines.remaining_words(at(now), at("09-24 17:30")) == words
