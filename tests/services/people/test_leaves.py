"""A deputy holds a post's role for some days and stops by itself; the board shows who is there."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.contacts import public_contacts
from gridapp.services.people.pending import list_leaves
from gridapp.tables import Post
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do

DAYS: dict[str, Any] = {"from_on": "2026-06-10", "to_on": "2026-06-12"}


def post_of(desk: Desk, person_id: int) -> str:
    with desk.looking(SYSTEM) as act:
        ids = act.session.exec(select(Post.id).where(Post.person_id == person_id)).all()
    return str(ids[0])


def leave(desk: Desk, cast: Cast, deputy: int, **facts: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"deputy": deputy} | DAYS | facts
    return do(desk, cast.actor("admin"), Deed.GIVE_LEAVE, post_of(desk, cast.li), **told).reply


def walks(desk: Desk, cast: Cast, day: int, noon: datetime) -> bool:
    with desk.looking(SYSTEM) as act:
        actor = actor_of(act.session, cast.gu, noon.replace(day=day))
    assert actor is not None
    return any(p.role is Role.GRID_WORKER and p.grid_id == cast.grid1 for p in actor.posts)


def board(desk: Desk, cast: Cast) -> list[tuple[str, str]]:
    with desk.looking(SYSTEM) as act:
        return [(one.title, one.duty_phone) for one in public_contacts(act, cast.grid1)]


def test_the_deputy_has_the_role_for_these_days_alone(
    desk: Desk, cast: Cast, noon: datetime
) -> None:
    leave(desk, cast, cast.gu)
    assert [walks(desk, cast, day, noon) for day in (9, 10, 12, 13)] == [False, True, True, False]


def test_the_board_shows_the_deputy_while_the_other_is_away(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    before = board(desk, cast)
    leave(desk, cast, cast.gu)
    assert board(desk, cast)[0] == ("专职网格员（代班）", "021-52730109")
    assert len(board(desk, cast)) == len(before)
    clock.forward(days=3)
    assert board(desk, cast) == before


def test_who_is_back_early_is_on_the_board_today(desk: Desk, cast: Cast, noon: datetime) -> None:
    before = board(desk, cast)
    given = leave(desk, cast, cast.gu)
    do(desk, cast.actor("admin"), Deed.END_LEAVE, str(given["post"]), version=1)
    assert board(desk, cast) == before
    assert not walks(desk, cast, 10, noon)


def test_a_disabled_deputy_leaves_the_board_to_the_holder(desk: Desk, cast: Cast) -> None:
    before = board(desk, cast)
    leave(desk, cast, cast.gu)
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.gu), words="离开")
    assert board(desk, cast) == before


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"to_on": "2026-06-09"}, "to_on"),
        ({"from_on": "2026-05-01", "to_on": "2026-05-02"}, "to_on"),
        ({"from_on": "2025-12-31"}, "from_on"),
        ({"to_on": "2027-07-01"}, "to_on"),
    ],
)
def test_days_that_do_not_fit_are_named(
    desk: Desk, cast: Cast, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(FactsError) as refusal:
        leave(desk, cast, cast.gu, **facts)
    assert list(refusal.value.facts["fields"]) == [field]


def test_one_stands_in_at_a_time(desk: Desk, cast: Cast) -> None:
    leave(desk, cast, cast.gu)
    with pytest.raises(FactsError):
        leave(desk, cast, cast.qian, from_on="2026-06-12", to_on="2026-06-13")
    assert leave(desk, cast, cast.qian, from_on="2026-06-13", to_on="2026-06-13")


@pytest.mark.parametrize("deputy", ["admin", "sec", "audit"])
def test_none_of_the_three_duties_stands_in(desk: Desk, cast: Cast, deputy: str) -> None:
    with pytest.raises(NotAllowedError):
        leave(desk, cast, getattr(cast, deputy))


def test_nobody_stands_in_for_one_of_them(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        do(
            desk, cast.actor("admin"), Deed.GIVE_LEAVE, post_of(desk, cast.sec),
            deputy=cast.gu, **DAYS,
        )  # fmt: skip


def test_a_stranger_stands_in_for_nobody(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotThereError):
        leave(desk, cast, 999_999)


def test_when_the_post_ends_so_does_the_deputy(desk: Desk, cast: Cast, noon: datetime) -> None:
    leave(desk, cast, cast.gu)
    last: dict[str, Any] = {"last_on": "2026-06-10"}
    do(desk, cast.actor("admin"), Deed.END_POST, post_of(desk, cast.li), **last)
    assert [walks(desk, cast, day, noon) for day in (10, 11)] == [True, False]


def test_the_list_tells_who_stands_in_for_whom(desk: Desk, cast: Cast) -> None:
    leave(desk, cast, cast.gu)
    with desk.looking(cast.actor("admin")) as act:
        (view,) = list_leaves(act)
    assert (view.holder, view.deputy, view.is_now) == ("李建国", "顾玉珍", True)
