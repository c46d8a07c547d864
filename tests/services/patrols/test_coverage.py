"""Coverage is computed from check-ins: places and days, with numerator and denominator."""

from datetime import date

import pytest
from sqlalchemy import event

from gridapp.domain.errors import NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.patrols.retired import list_retired
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do
from tests.services.patrols.patrolling import add_point, coverage, make_roster, nights, points

pytestmark = pytest.mark.both_databases
GRID1 = "310107022001001"


def test_empty_days_are_shown_and_a_day_counts_once(desk: Desk, cast: Cast, clock: Clock) -> None:
    add_point(desk, cast, every_days=2)
    for hours in (0, 1, 71):
        clock.forward(hours=hours)
        do(desk, cast.actor("li"), Deed.CHECK_IN, at=cast.code1)
    view = coverage(desk, cast)
    [point] = view.points
    assert [day.is_seen for day in point.days] == [True, False, False, True]
    assert [(day.seen_count, day.point_count) for day in view.days] == [
        (1, 1), (0, 1), (0, 1), (1, 1),
    ]  # fmt: skip
    assert (view.kept_count, view.due_count) == (1, 1)


def test_two_points_in_one_building_are_both_seen_by_one_scan(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    for name in ("配电房", "天台门"):
        add_point(desk, cast, name, every_days=1)
    clock.forward(days=1)
    do(desk, cast.actor("li"), Deed.CHECK_IN, at=cast.code1, via="scan")
    assert (coverage(desk, cast).kept_count, coverage(desk, cast).due_count) == (2, 2)


def test_days_before_a_point_was_made_are_not_held_against_it(desk: Desk, cast: Cast) -> None:
    add_point(desk, cast, every_days=1)
    view = coverage(desk, cast, first=date(2026, 6, 8))
    assert [day.point_count for day in view.days] == [0, 0, 1]
    assert (view.kept_count, view.due_count) == (0, 0)


def test_a_new_point_was_not_seen_by_whoever_came_before_it(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    for hours in (0, 24):
        clock.forward(hours=hours)
        do(desk, cast.actor("li"), Deed.CHECK_IN, at=cast.code1)
    clock.forward(minutes=1)
    add_point(desk, cast, every_days=1)
    [new], [row] = points(desk, cast), coverage(desk, cast).points
    assert (new.last_seen_on, [day.is_seen for day in row.days]) == (None, [False, False])
    assert (row.kept_count, row.due_count) == (0, 0)


def test_to_retire_an_overdue_point_makes_no_rate_better(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    add_point(desk, cast, "已看的", grid=GRID1, every_days=3)
    late = add_point(desk, cast, "漏看的", every_days=3)
    for point in points(desk, cast):
        if point.name == "已看的":
            do(desk, cast.actor("li"), Deed.CHECK_IN, point=str(point.point))
    clock.forward(days=3)
    before = coverage(desk, cast)
    do(desk, cast.actor("chen"), Deed.RETIRE_POINT, late, words="已拆除")
    for days in (0, 3):
        clock.forward(days=days)
        after = coverage(desk, cast)
        assert (after.due_count - after.kept_count) >= (before.due_count - before.kept_count) == 1


def test_what_was_missed_when_a_point_went_counts_where_it_was_due(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    late = add_point(desk, cast, every_days=7)
    do(desk, cast.actor("li"), Deed.CHECK_IN, at=cast.code1)
    clock.forward(days=9)
    do(desk, cast.actor("chen"), Deed.RETIRE_POINT, late, words="已拆除")
    around = coverage(desk, cast, first=date(2026, 6, 17))
    after = coverage(desk, cast, first=date(2026, 6, 18))
    assert (around.kept_count, around.due_count, after.due_count) == (0, 1, 0)


def test_a_retired_point_stands_in_a_list_and_comes_back_without_misses_between(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    point = add_point(desk, cast, every_days=1)
    clock.forward(days=1)
    do(desk, cast.actor("chen"), Deed.RETIRE_POINT, point, words="门锁了")
    with desk.looking(cast.actor("chen")) as act:
        [out] = list_retired(act)
    assert (out.name, out.by, out.why, out.missed_words) == (
        "配电房", "陈志强", "门锁了", "停用时6月10日该看的还没看",
    )  # fmt: skip
    clock.forward(days=5)
    do(desk, cast.actor("chen"), Deed.RESTORE_POINT, point)
    view = coverage(desk, cast)
    assert [day.is_open for day in view.points[0].days] == [True, True, *[False] * 4, True]
    assert (view.kept_count, view.due_count, len(points(desk, cast))) == (0, 1, 1)


def test_no_grid_is_shown_that_is_out_of_reach(desk: Desk, cast: Cast) -> None:
    add_point(desk, cast)
    assert [coverage(desk, cast, name).point_count for name in ("chen", "wang", "sun")] == [1, 1, 0]
    with pytest.raises(NotThereError):
        coverage(desk, cast, "sun", grid="310107022001001")


@pytest.mark.parametrize("name", ["li", "gu", "zhao", "dept", "admin", "audit"])
def test_coverage_is_for_those_who_lead(name: str, desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        coverage(desk, cast, name)


def test_more_points_and_nights_cost_no_more_questions(desk: Desk, cast: Cast) -> None:
    asked: list[str] = []
    event.listen(desk.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    for number in range(3):
        add_point(desk, cast, f"点位{number}")
        make_roster(desk, cast)
        for look in (coverage, points, nights):
            asked.clear()
            look(desk, cast)
            counts.append(sum(statement.startswith("SELECT") for statement in asked))
    assert counts == [4, 3, 2] * 3
