"""An actor holds the posts of the day, with the paths that their reaches cover."""

from datetime import date, datetime

import pytest
from sqlmodel import col, select, update

from gridapp.domain.vocabulary import Role
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.tables import Grid, Person, Post
from tests.cast import Cast


def _path(desk: Desk, grid_id: int) -> str:
    with desk.looking(RESIDENT) as act:
        return act.session.exec(select(Grid.path).where(Grid.id == grid_id)).one()


def test_a_grids_worker_reaches_up_to_community_and_street(desk: Desk, cast: Cast) -> None:
    (post,) = cast.actor("li").posts
    assert post.role is Role.GRID_WORKER
    assert post.grid_path == _path(desk, cast.grid1)
    assert post.community_path == _path(desk, cast.community1)
    assert post.street_path == _path(desk, cast.street)


def test_a_post_above_the_community_keeps_its_own_path(desk: Desk, cast: Cast) -> None:
    (post,) = cast.actor("wang").posts
    assert post.grid_path == post.community_path == post.street_path == _path(desk, cast.street)


def test_a_post_above_the_street_keeps_its_own_path(desk: Desk, cast: Cast, noon: datetime) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.add(
            Post(
                person_id=cast.sun,
                grid_id=cast.district,
                role=Role.LEADER,
                from_on=date(2026, 6, 10),
            )
        )
        act.session.flush()
        sun = actor_of(act.session, cast.sun, noon)
    assert sun is not None
    assert sun.posts[-1].street_path == _path(desk, cast.district)


@pytest.mark.parametrize(
    ("from_on", "to_on", "held"),
    [
        (date(2026, 6, 10), None, True),
        (date(2026, 6, 11), None, False),
        (date(2026, 6, 1), date(2026, 6, 10), True),
        (date(2026, 6, 1), date(2026, 6, 9), False),
    ],
)
def test_a_post_counts_from_its_first_day_to_its_last(
    desk: Desk, cast: Cast, noon: datetime, from_on: date, to_on: date | None, held: bool
) -> None:
    with desk.acting(RESIDENT) as act:
        change = update(Post).where(col(Post.person_id) == cast.li)
        act.session.exec(change.values(from_on=from_on, to_on=to_on))
        li = actor_of(act.session, cast.li, noon)
    assert li is not None
    assert bool(li.posts) is held


def test_the_day_is_the_day_in_beijing(desk: Desk, cast: Cast, noon: datetime) -> None:
    late = noon.replace(hour=16, minute=1)  # already 11 June in Beijing
    with desk.acting(RESIDENT) as act:
        change = update(Post).where(col(Post.person_id) == cast.li)
        act.session.exec(change.values(to_on=date(2026, 6, 10)))
        li = actor_of(act.session, cast.li, late)
    assert li is not None
    assert not li.posts


def test_a_disabled_person_and_a_stranger_are_no_actors(
    desk: Desk, cast: Cast, noon: datetime
) -> None:
    with desk.acting(RESIDENT) as act:
        change = update(Person).where(col(Person.id) == cast.li)
        act.session.exec(change.values(disabled_at=noon))
        assert actor_of(act.session, cast.li, noon) is None
        assert actor_of(act.session, 999_999, noon) is None


def test_nobody_is_a_resident_and_the_system_is_not() -> None:
    assert RESIDENT.roles == {Role.RESIDENT}
    assert Role.RESIDENT not in SYSTEM.roles
    assert Role.ADMINISTRATOR in SYSTEM.roles


def test_one_test_sees_nothing_of_another(desk: Desk, cast: Cast, noon: datetime) -> None:
    with desk.looking(RESIDENT) as act:
        li = actor_of(act.session, cast.li, noon)
    assert li == cast.actor("li")
