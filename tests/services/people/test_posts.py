"""Posts are given and ended; the three administrators stay three people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import permutations
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import (
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
    SeparateDutiesError,
)
from gridapp.domain.separation import SEPARATE
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.persons import disable_person
from gridapp.services.people.posts import NewPost, end_post, give_post
from gridapp.tables import Post
from tests.cast import Cast
from tests.services.people.signing import audited

TODAY = date(2026, 6, 10)


def _post(cast: Cast, **changes: Any) -> NewPost:
    usual: dict[str, Any] = {
        "person_id": cast.gu,
        "grid_id": cast.grid3,
        "role": Role.GRID_WORKER,
        "from_on": TODAY,
    }
    return NewPost(**usual | changes)


def _only_post(desk: Desk, person_id: int) -> int:
    with desk.looking(SYSTEM) as act:
        found = act.session.exec(select(Post.id).where(col(Post.person_id) == person_id)).one()
    assert found is not None
    return found


def test_a_post_gives_its_role_from_its_day(desk: Desk, cast: Cast, noon: datetime) -> None:
    with desk.acting(cast.actor("admin")) as act:
        give_post(act, _post(cast))
        gu = actor_of(act.session, cast.gu, noon)
    assert gu is not None
    assert gu.roles == {Role.VOLUNTEER, Role.GRID_WORKER}
    assert audited(desk) == [("post.give", cast.admin, f"person:{cast.gu}")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": Role.RESIDENT}, "role"),
        ({"to_on": date(2026, 6, 9)}, "to_on"),
        ({"role": Role.UNIT_OFFICER}, "unit_id"),
        ({"unit_id": 1}, "unit_id"),
    ],
)
def test_what_does_not_fit_is_named(
    desk: Desk, cast: Cast, changes: dict[str, Any], field: str
) -> None:
    with desk.acting(SYSTEM) as act, pytest.raises(FactsError) as refusal:
        give_post(act, _post(cast, **changes))
    assert list(refusal.value.facts["fields"]) == [field]


@pytest.mark.parametrize("missing", ["person_id", "grid_id"])
def test_a_post_of_nobody_or_nowhere_is_refused(desk: Desk, cast: Cast, missing: str) -> None:
    with desk.acting(SYSTEM) as act, pytest.raises(NotThereError):
        give_post(act, _post(cast, **{missing: 999_999}))


def test_a_disabled_person_gets_no_post(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        disable_person(act, cast.gu)
        with pytest.raises(NotThereError):
            give_post(act, _post(cast))


def test_a_grid_has_one_accountable_worker(desk: Desk, cast: Cast) -> None:
    rival = _post(cast, grid_id=cast.grid1, accountable=True)
    with desk.acting(SYSTEM) as act:
        with pytest.raises(FactsError, match="内容有误") as refusal:
            give_post(act, rival)
        end_post(act, _only_post(desk, cast.li), TODAY)
        with pytest.raises(FactsError):
            give_post(act, rival)
        end_post(act, _only_post(desk, cast.li), date(2026, 6, 9))
        assert give_post(act, rival)
    assert list(refusal.value.facts["fields"]) == ["accountable"]


@pytest.mark.parametrize(("held", "wished"), list(permutations(sorted(SEPARATE), 2)))
def test_the_three_duties_stay_apart(desk: Desk, cast: Cast, held: Role, wished: Role) -> None:
    with desk.acting(SYSTEM) as act:
        give_post(act, _post(cast, role=held, grid_id=cast.street))
        with pytest.raises(SeparateDutiesError):
            give_post(act, _post(cast, role=wished, grid_id=cast.street))


@pytest.mark.parametrize(
    ("from_on", "to_on", "is_apart"),
    [
        (date(2026, 6, 21), None, True),
        (date(2026, 6, 20), None, False),
        (date(2026, 6, 1), date(2026, 6, 9), True),
        (date(2026, 6, 1), date(2026, 6, 10), False),
    ],
)
def test_one_duty_may_follow_the_other(
    desk: Desk, cast: Cast, from_on: date, to_on: date | None, is_apart: bool
) -> None:
    with desk.acting(SYSTEM) as act:
        give_post(act, _post(cast, role=Role.AUDITOR, to_on=date(2026, 6, 20)))
        other = _post(cast, role=Role.ADMINISTRATOR, from_on=from_on, to_on=to_on)
        if is_apart:
            assert give_post(act, other)
        else:
            with pytest.raises(SeparateDutiesError):
                give_post(act, other)


def test_two_duties_given_at_once_stay_apart(own_desk: Desk, cast: Cast) -> None:
    start = Barrier(2)

    def give(role: Role) -> str:
        start.wait()
        try:
            with own_desk.acting(SYSTEM) as act:
                give_post(act, _post(cast, role=role))
        except GridappError as refusal:
            return refusal.code
        return "given"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(give, [Role.AUDITOR, Role.ADMINISTRATOR]))
    assert answers == ["given", "post.separate_duties"]


def test_the_administrator_gives_and_ends_no_own_post(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act:
        with pytest.raises(NotAllowedError, match="自己"):
            give_post(act, _post(cast, person_id=cast.admin, role=Role.DISPATCHER))
        with pytest.raises(NotAllowedError, match="自己"):
            end_post(act, _only_post(desk, cast.admin), TODAY)


@pytest.mark.parametrize("name", ["li", "chen", "wang", "leader", "sec", "audit"])
def test_nobody_else_gives_or_ends_posts(desk: Desk, cast: Cast, name: str) -> None:
    with desk.acting(cast.actor(name)) as act:
        with pytest.raises(NotAllowedError):
            give_post(act, _post(cast))
        with pytest.raises(NotAllowedError):
            end_post(act, _only_post(desk, cast.gu), TODAY)


def test_an_ended_post_holds_through_its_last_day(desk: Desk, cast: Cast, noon: datetime) -> None:
    with desk.acting(cast.actor("admin")) as act:
        end_post(act, _only_post(desk, cast.li), TODAY)
        today = actor_of(act.session, cast.li, noon)
        tomorrow = actor_of(act.session, cast.li, noon.replace(day=11))
    assert today is not None
    assert tomorrow is not None
    assert (len(today.posts), len(tomorrow.posts)) == (1, 0)


def test_an_ended_post_is_not_lengthened(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        end_post(act, _only_post(desk, cast.li), TODAY)
        with pytest.raises(FactsError):
            end_post(act, _only_post(desk, cast.li), date(2026, 7, 1))
        with pytest.raises(NotThereError):
            end_post(act, 999_999, TODAY)


@pytest.mark.parametrize(
    ("from_on", "to_on", "fits"),
    [
        (date(2026, 7, 1), None, True),
        (date(2026, 6, 30), None, False),
        (date(2026, 5, 1), date(2026, 5, 31), True),
        (date(2026, 5, 1), date(2026, 6, 10), False),
    ],
)
def test_the_same_post_is_held_once_on_any_day(
    desk: Desk, cast: Cast, from_on: date, to_on: date | None, fits: bool
) -> None:
    with desk.acting(SYSTEM) as act:
        give_post(act, _post(cast, to_on=date(2026, 6, 30)))
        again = _post(cast, from_on=from_on, to_on=to_on)
        if fits:
            assert give_post(act, again)
        else:
            with pytest.raises(FactsError):
                give_post(act, again)


def test_a_post_ahead_keeps_its_grid_from_a_second_accountable_one(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        ahead = _post(cast, accountable=True, from_on=date(2026, 9, 1), to_on=date(2026, 9, 30))
        give_post(act, ahead)
        with pytest.raises(FactsError) as refusal:
            give_post(act, _post(cast, person_id=cast.qian, accountable=True))
    assert "顾玉珍" in refusal.value.facts["fields"]["accountable"]


def test_two_accountable_people_named_at_once_are_one(own_desk: Desk, cast: Cast) -> None:
    start = Barrier(2)

    def give(person_id: int) -> str:
        start.wait()
        try:
            with own_desk.acting(cast.actor("admin")) as act:
                give_post(act, _post(cast, person_id=person_id, accountable=True))
        except GridappError as refusal:
            return refusal.code
        return "given"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(give, [cast.gu, cast.qian]))
    assert answers == ["facts.wrong", "given"]
