"""Patrol points: made by those who lead, seen by whoever comes there, in reach or not there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Desk
from gridapp.services.orders import Order
from gridapp.tables import CheckIn
from tests.cast import Cast
from tests.clock import NOON
from tests.makers import do
from tests.services.patrols.patrolling import TODAY, add_point, points

GRID1 = "310107022001001"


def test_a_new_point_is_due_at_once_and_after_a_visit_in_its_interval(
    desk: Desk, cast: Cast
) -> None:
    add_point(desk, cast, every_days=3)
    [new] = points(desk, cast)
    do(desk, cast.actor("li"), Deed.CHECK_IN, at=cast.code1, via="scan")
    [seen] = points(desk, cast)
    assert (new.last_seen_on, new.due_on) == (None, TODAY)
    assert (seen.last_seen_on, seen.due_on) == (TODAY, date(2026, 6, 13))


def test_a_named_spot_is_seen_by_a_tap_without_any_code(desk: Desk, cast: Cast) -> None:
    point = add_point(desk, cast, "东门河堤", grid=GRID1, spot="泵站旁")
    reply = do(desk, cast.actor("li"), Deed.CHECK_IN, point=point, words="护栏完好").reply
    [seen] = points(desk, cast)
    assert reply["place"] == "东门河堤"
    assert (seen.at, seen.place, seen.last_seen_on) == ("", "泵站旁", TODAY)


def test_a_check_in_needs_a_building_or_a_point(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        do(desk, cast.actor("li"), Deed.CHECK_IN)


@pytest.mark.parametrize("name", ["qian", "wang", "gu", "zhang", "admin", "sun"])
def test_who_does_not_walk_the_grid_checks_in_nowhere(name: str, desk: Desk, cast: Cast) -> None:
    told: list[dict[str, Any]] = [{"point": add_point(desk, cast)}, {"at": cast.code1}]
    for where in told:
        with pytest.raises(GridappError):
            do(desk, cast.actor(name), Deed.CHECK_IN, **where)


@pytest.mark.parametrize("name", ["li", "gu", "zhao", "leader", "admin"])
def test_points_are_made_by_those_who_lead(name: str, desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor(name), Deed.ADD_POINT, at=cast.code1, name="配电房")


def test_a_head_makes_none_in_another_community(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotThereError):
        do(desk, cast.actor("chen"), Deed.ADD_POINT, at=cast.code3, name="配电房")


def test_another_grids_points_are_not_seen(desk: Desk, cast: Cast) -> None:
    add_point(desk, cast)
    assert [len(points(desk, cast, name)) for name in ("li", "qian", "chen", "wang")] == [
        1,
        0,
        1,
        1,
    ]


def test_of_two_changes_on_one_version_the_second_is_told(desk: Desk, cast: Cast) -> None:
    point = add_point(desk, cast)
    do(desk, cast.actor("chen"), Deed.CHANGE_POINT, point, version=1, every_days=1)
    with pytest.raises(ConflictError) as refusal:
        do(desk, cast.actor("wang"), Deed.CHANGE_POINT, point, version=1, name="水泵房")
    assert refusal.value.facts["current"] == {"name": "配电房", "every_days": 1, "version": 2}


def test_a_retired_point_is_neither_listed_nor_visited(desk: Desk, cast: Cast) -> None:
    point = add_point(desk, cast)
    do(desk, cast.actor("chen"), Deed.RETIRE_POINT, point, version=1)
    assert points(desk, cast) == ()
    with pytest.raises(NotThereError):
        do(desk, cast.actor("li"), Deed.CHECK_IN, point=point)


def test_the_same_point_sent_twice_is_one(desk: Desk, cast: Cast) -> None:
    uid = uuid4()
    for _ in range(2):
        do(desk, cast.actor("chen"), Deed.ADD_POINT, uid=uid, at=cast.code1, name="配电房")
    assert len(points(desk, cast)) == 1


@pytest.mark.parametrize(
    ("made_at", "day"),
    [
        (NOON - timedelta(days=3), date(2026, 6, 7)),
        (NOON + timedelta(hours=20), TODAY),
        (datetime(2001, 1, 1, tzinfo=UTC), TODAY),
        (datetime(2099, 1, 1, tzinfo=UTC), TODAY),
    ],
)
def test_a_check_in_counts_for_the_day_of_the_phone_where_that_is_credible(
    made_at: datetime, day: date, desk: Desk, cast: Cast
) -> None:
    order = Order(Deed.CHECK_IN, facts={"at": cast.code1}, done_at=made_at)
    with desk.acting(cast.actor("li")) as act:
        do_deed(act, order)
    with desk.looking(cast.actor("li")) as act:
        assert act.session.exec(select(CheckIn)).one().seen_on == day
