"""Grids that nobody walks, that nobody answers for, and that soon nobody will walk."""

from datetime import date
from typing import Any

import pytest

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.gaps import Gap, GapView, list_gaps
from gridapp.services.people.posts import NewPost, give_post
from tests.cast import Cast
from tests.makers import do
from tests.services.people.test_leaves import post_of


def gaps(desk: Desk, cast: Cast, gap: Gap) -> list[GapView]:
    with desk.looking(cast.actor("admin")) as act:
        view = list_gaps(act, gap)
    assert view.counts[gap] == len(view.items)
    return list(view.items)


def names(desk: Desk, cast: Cast, gap: Gap) -> list[str]:
    return [view.grid_name for view in gaps(desk, cast, gap)]


def test_a_grid_without_a_worker_is_listed(desk: Desk, cast: Cast) -> None:
    assert names(desk, cast, Gap.HOLDER) == ["北岭园第一网格", "真如集市", "北大街第一网格"]


def test_a_grid_whose_worker_is_disabled_is_listed_too(desk: Desk, cast: Cast) -> None:
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="调离")
    assert "南大街第一网格" in names(desk, cast, Gap.HOLDER)


def test_a_worker_who_does_not_answer_for_the_grid_leaves_that_gap(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        give_post(act, NewPost(cast.gu, cast.grid3, Role.GRID_WORKER, date(2026, 6, 1)))
    assert names(desk, cast, Gap.ACCOUNTABLE) == ["北大街第一网格"]
    assert "北大街第一网格" not in names(desk, cast, Gap.HOLDER)


def test_a_gap_ahead_is_listed_with_its_first_day(desk: Desk, cast: Cast) -> None:
    last: dict[str, Any] = {"last_on": "2026-06-20"}
    do(desk, cast.actor("admin"), Deed.END_POST, post_of(desk, cast.li), **last)
    (view,) = gaps(desk, cast, Gap.SOON)
    assert (view.grid_name, view.from_on, view.last_name) == (
        "南大街第一网格", date(2026, 6, 21), "李建国",
    )  # fmt: skip


@pytest.mark.parametrize(("first_on", "is_gap"), [(21, False), (22, True)])
def test_a_successor_fills_it_only_without_a_break(
    desk: Desk, cast: Cast, first_on: int, *, is_gap: bool
) -> None:
    last: dict[str, Any] = {"last_on": "2026-06-20"}
    do(desk, cast.actor("admin"), Deed.END_POST, post_of(desk, cast.li), **last)
    with desk.acting(SYSTEM) as act:
        give_post(act, NewPost(cast.gu, cast.grid1, Role.GRID_WORKER, date(2026, 6, first_on)))
    assert bool(gaps(desk, cast, Gap.SOON)) == is_gap


def test_a_deputy_fills_no_gap(desk: Desk, cast: Cast) -> None:
    told: dict[str, Any] = {"deputy": cast.gu, "from_on": "2026-06-10", "to_on": "2026-06-20"}
    do(desk, cast.actor("admin"), Deed.GIVE_LEAVE, post_of(desk, cast.li), **told)
    last: dict[str, Any] = {"last_on": "2026-06-15"}
    do(desk, cast.actor("admin"), Deed.END_POST, post_of(desk, cast.li), **last)
    assert [view.from_on for view in gaps(desk, cast, Gap.SOON)] == [date(2026, 6, 16)]


@pytest.mark.parametrize("name", ["sec", "audit", "wang", "li"])
def test_nobody_else_reads_the_gaps(desk: Desk, cast: Cast, name: str) -> None:
    with desk.looking(cast.actor(name)) as act, pytest.raises(NotAllowedError):
        list_gaps(act)
