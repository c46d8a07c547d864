"""Two people for the three administrators' posts, and for the giver's own (两人规则)."""

from datetime import date, datetime
from typing import Any

import pytest

from gridapp.domain.errors import (
    ConfirmationNeededError,
    ConflictError,
    FactsError,
    NotAllowedError,
    SeparateDutiesError,
)
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.deeds import Done
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.pending import list_requests
from gridapp.services.people.posts import NewPost, give_post
from tests.cast import Cast
from tests.makers import do
from tests.services.people.signing import audited

STREET = "310107022"


def ask(desk: Desk, cast: Cast, person_id: int, role: Role, **facts: Any) -> Done:
    told: dict[str, Any] = {"grid": STREET, "role": role.value, "from_on": "2026-06-10"} | facts
    return do(desk, cast.actor("admin"), Deed.GIVE_POST, str(person_id), **told)


def roles(desk: Desk, person_id: int, noon: datetime) -> set[Role]:
    with desk.looking(SYSTEM) as act:
        actor = actor_of(act.session, person_id, noon)
    assert actor is not None
    return set(actor.roles)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
def test_one_of_the_three_duties_begins_when_it_is_confirmed(
    desk: Desk, cast: Cast, noon: datetime, role: Role
) -> None:
    asked = ask(desk, cast, cast.gu, role).reply
    assert (asked["is_waiting"], role in roles(desk, cast.gu, noon)) == (True, False)
    do(desk, cast.actor("sec"), Deed.CONFIRM_POST, str(asked["request"]), version=1)
    assert role in roles(desk, cast.gu, noon)
    assert [row[:2] for row in audited(desk)] == [
        ("post.ask", cast.admin), ("post.give", cast.sec), ("post.confirm", cast.sec),
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.GRID_WORKER, Role.LEADER])
def test_the_administrator_gets_no_reading_role_alone(
    desk: Desk, cast: Cast, noon: datetime, role: Role
) -> None:
    asked = ask(desk, cast, cast.admin, role).reply
    assert asked["is_waiting"]
    assert roles(desk, cast.admin, noon) == {Role.ADMINISTRATOR}
    told: dict[str, Any] = {"words": "不符合三员分立"}
    do(desk, cast.actor("sec"), Deed.REFUSE_POST, str(asked["request"]), **told)
    assert roles(desk, cast.admin, noon) == {Role.ADMINISTRATOR}


def test_nor_do_the_other_two_without_a_second_word(desk: Desk, cast: Cast) -> None:
    assert ask(desk, cast, cast.audit, Role.DISPATCHER).reply["is_waiting"]
    assert ask(desk, cast, cast.sec, Role.DISPATCHER).reply["is_waiting"]


def test_the_guardian_confirms_no_post_of_their_own(desk: Desk, cast: Cast) -> None:
    asked = ask(desk, cast, cast.sec, Role.DISPATCHER).reply
    with pytest.raises(NotAllowedError, match="另一位"):
        do(desk, cast.actor("sec"), Deed.CONFIRM_POST, str(asked["request"]))


def test_an_ordinary_post_needs_one_person(desk: Desk, cast: Cast) -> None:
    given = ask(desk, cast, cast.gu, Role.DISPATCHER).reply
    assert (given["is_waiting"], given["post"] is not None) == (False, True)


def test_no_way_around_leads_past_the_second_word(desk: Desk, cast: Cast) -> None:
    new = NewPost(cast.gu, cast.street, Role.AUDITOR, date(2026, 6, 10))
    with desk.acting(cast.actor("admin")) as act, pytest.raises(ConfirmationNeededError):
        give_post(act, new)


@pytest.mark.parametrize("name", ["admin", "audit", "wang", "leader", "li"])
def test_only_the_security_administrator_confirms(desk: Desk, cast: Cast, name: str) -> None:
    asked = ask(desk, cast, cast.gu, Role.AUDITOR).reply
    for deed in (Deed.CONFIRM_POST, Deed.REFUSE_POST):
        with pytest.raises(NotAllowedError):
            do(desk, cast.actor(name), deed, str(asked["request"]), words="我来决定")


def test_what_is_decided_is_not_decided_again(desk: Desk, cast: Cast) -> None:
    asked = ask(desk, cast, cast.gu, Role.AUDITOR).reply
    do(desk, cast.actor("sec"), Deed.REFUSE_POST, str(asked["request"]), words="人选不合适")
    with pytest.raises(ConflictError):
        do(desk, cast.actor("sec"), Deed.CONFIRM_POST, str(asked["request"]))


def test_the_same_is_asked_for_once(desk: Desk, cast: Cast) -> None:
    ask(desk, cast, cast.gu, Role.AUDITOR)
    with pytest.raises(FactsError):
        ask(desk, cast, cast.gu, Role.AUDITOR)


def test_two_duties_asked_for_one_after_the_other_stay_apart(desk: Desk, cast: Cast) -> None:
    first = ask(desk, cast, cast.gu, Role.AUDITOR).reply["request"]
    second = ask(desk, cast, cast.gu, Role.ADMINISTRATOR).reply["request"]
    do(desk, cast.actor("sec"), Deed.CONFIRM_POST, str(first))
    with pytest.raises(SeparateDutiesError):
        do(desk, cast.actor("sec"), Deed.CONFIRM_POST, str(second))


def test_the_list_tells_who_asked_and_who_may_decide(desk: Desk, cast: Cast) -> None:
    ask(desk, cast, cast.gu, Role.AUDITOR)
    for name, may_decide in (("admin", False), ("sec", True)):
        with desk.looking(cast.actor(name)) as act:
            (view,) = list_requests(act)
        assert (view.person, view.may_decide) == ("顾玉珍", may_decide)
        assert view.asked.startswith("何静")
