"""What reopenings, late extensions, pauses and offline deeds do to a promise, deed by deed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gridapp.domain.promising import promise_of
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.calendar.promises import standing_of
from gridapp.services.calendar.town import copy_published, town_calendar
from gridapp.services.case_access import open_case
from gridapp.services.cases.events import events_of
from gridapp.services.cases.read import see_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.tables import Case
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import TOLD, a_case, do, report

HOUR = timedelta(hours=1)
FRIDAY_1729 = datetime(2026, 3, 20, 9, 29, tzinfo=UTC)
MONDAY_1730 = datetime(2026, 3, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _known_holidays(desk: Desk) -> None:
    with desk.acting(RESIDENT) as act:
        copy_published(act, [2026])


def row_of(desk: Desk, cast: Cast, no: str) -> Case:
    """Give a case's row, after holding its promise against its whole history."""
    with desk.looking(cast.actor("wang")) as act:
        row = open_case(act, no).row
        standing = promise_of(events_of(act, row), town_calendar(act))
        kept = standing_of(row)
        assert (kept.due_at, kept.missed_at) == (standing.due_at, standing.missed_at)
        return row


def reopened(desk: Desk, cast: Cast, clock: Clock) -> str:
    """Close a lamp on 11 March and reopen it on Friday, 20 March, at 17:29."""
    clock.moment = datetime(2026, 3, 10, 1, tzinfo=UTC)
    case = a_case(desk, cast, Status.CLOSED)
    clock.moment = FRIDAY_1729
    do(desk, Actor(track=case.track), Deed.REOPEN, case.no, words="又不亮了")
    return case.no


def test_a_reopened_case_accepted_as_something_else_counts_from_its_reopening(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    no = reopened(desk, cast, clock)
    clock.forward(minutes=10)
    do(desk, cast.actor("wang"), Deed.ACCEPT, no, urgency="urgent")
    assert row_of(desk, cast, no).due_at == FRIDAY_1729 + 24 * HOUR


def test_what_a_reopening_promised_first_stands_beside_it_not_the_report_s(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    no = reopened(desk, cast, clock)
    do(desk, cast.actor("wang"), Deed.ACCEPT, no, urgency="urgent")
    with desk.looking(cast.actor("wang")) as act:
        words = see_case(act, no).promise_words
    assert words == "明天 17:29 前（原定 3月31日 17:30 前）"


def test_accepting_unchanged_changes_no_promise(desk: Desk, cast: Cast, clock: Clock) -> None:
    no = reopened(desk, cast, clock)
    before = row_of(desk, cast, no).due_at
    do(desk, cast.actor("wang"), Deed.ACCEPT, no)
    assert row_of(desk, cast, no).due_at == before


def test_an_extension_after_the_moment_leaves_the_miss(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    clock.forward(days=2)
    to = (clock.moment + timedelta(days=1)).isoformat()
    do(desk, cast.actor("wang"), Deed.EXTEND, case.no, to=to)
    row = row_of(desk, cast, case.no)
    assert (row.missed_at, row.extended_late_at, row.extended_at) == (
        NOON + 24 * HOUR, clock.moment, None,
    )  # fmt: skip
    do(desk, cast.actor("dept"), Deed.HANDLE, case.no, **TOLD[Deed.HANDLE])
    assert words_of(desk, cast, case.no) == "超期处置，待核查"


def words_of(desk: Desk, cast: Cast, no: str) -> str:
    with desk.looking(cast.actor("wang")) as act:
        return see_case(act, no).card.due_words


def test_an_extension_in_time_moves_the_promise(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    do(desk, cast.actor("wang"), Deed.EXTEND, case.no, to=(NOON + 48 * HOUR).isoformat())
    row = row_of(desk, cast, case.no)
    assert (row.missed_at, row.extended_at, row.extended_late_at) == (None, NOON, None)


def test_a_pause_in_time_moves_the_promise_by_the_work_paused(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    clock.moment = datetime(2026, 3, 16, 15, 59, tzinfo=UTC)  # Monday, 23:59
    case = a_case(desk, cast, Status.TAKEN)
    before = row_of(desk, cast, case.no).due_at
    do(desk, cast.actor("wang"), Deed.PAUSE, case.no, **TOLD[Deed.PAUSE])
    clock.forward(minutes=2)
    do(desk, cast.actor("wang"), Deed.RESUME, case.no)
    assert row_of(desk, cast, case.no).due_at == before


def test_what_was_late_when_it_was_paused_says_so(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    clock.forward(hours=26)
    do(desk, cast.actor("wang"), Deed.PAUSE, case.no, **TOLD[Deed.PAUSE])
    clock.forward(hours=10)
    assert words_of(desk, cast, case.no) == "挂起前已超 2 小时"


def test_a_deed_done_offline_counts_when_it_was_done(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    done_at = clock.forward(hours=23)
    clock.forward(hours=2)
    do(desk, cast.actor("dept"), Deed.HANDLE, case.no, done_at=done_at, **TOLD[Deed.HANDLE])
    row = row_of(desk, cast, case.no)
    assert (row.handled_at, row.moved_at) == (done_at, done_at)


def test_an_offline_deed_counts_neither_before_the_last_nor_after_its_arrival(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    clock.forward(hours=1)
    early = NOON - 5 * HOUR
    do(desk, cast.actor("dept"), Deed.HANDLE, case.no, done_at=early, **TOLD[Deed.HANDLE])
    assert row_of(desk, cast, case.no).handled_at == NOON
    do(desk, cast.actor("zhao"), Deed.REDO, case.no, done_at=NOON + 9 * HOUR, words="不亮")
    assert row_of(desk, cast, case.no).redone_at == clock.moment


def test_a_clock_that_is_off_is_said_in_the_history(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    early = NOON - 5 * HOUR
    do(desk, cast.actor("dept"), Deed.HANDLE, case.no, done_at=early, **TOLD[Deed.HANDLE])
    with desk.looking(cast.actor("wang")) as act:
        assert "设备时间慢 300 分钟" in see_case(act, case.no).steps[-1].facts_words


def test_a_resident_s_clock_moves_no_promise(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    clock.forward(days=3)
    reporter = Actor(track=case.track)
    do(desk, reporter, Deed.REOPEN, case.no, done_at=NOON + HOUR, words="又不亮了")
    assert row_of(desk, cast, case.no).reopened_at == clock.moment


def test_what_was_settled_offline_is_reported_and_closed_when_it_was_done(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    clock.moment = datetime(2026, 3, 30, 16, 20, tzinfo=UTC)  # 31 March, 00:20
    done_at = clock.moment - 70 * timedelta(minutes=1)
    facts: dict[str, Any] = {"at": cast.code1, "text": "楼道堆物", "words": "已清走"}
    settled = do(desk, cast.actor("li"), Deed.SETTLE, done_at=done_at, **facts)
    no = str(settled.reply["no"])
    row = row_of(desk, cast, no)
    assert (row.reported_at, row.closed_at, no[:6]) == (done_at, done_at, "260330")


def test_a_report_made_offline_is_promised_from_its_arrival(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = report(desk, cast, cast.actor("li"), made_at=NOON - 5 * HOUR)
    assert row_of(desk, cast, case.no).reported_at == clock.moment
