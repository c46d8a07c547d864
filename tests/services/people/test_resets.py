"""Nobody becomes somebody with power by resetting a password: it takes two, who hold half each."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    ConfirmationNeededError,
    ConflictError,
    FactsError,
    NotAllowedError,
    SignInRefusedError,
)
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Actor, Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.pending import list_own_resets, list_resets
from gridapp.services.people.posts import NewPost, put_post
from gridapp.services.people.resets import OneTime, ask_or_reset, confirm_reset, reset_password
from gridapp.tables import AuditRow, OutboxMessage
from tests.cast import QUICK, Cast
from tests.clock import Clock
from tests.makers import do
from tests.services.people.signing import signed_in

WHY = "本人来电，忘记密码"
POWERFUL = ["wang", "zhao", "chen", "leader", "admin", "audit"]
pytestmark = pytest.mark.parametrize("town", ["sqlite"], indirect=True)


@pytest.fixture
def second(desk: Desk, cast: Cast) -> Actor:
    """A second administrator, without whom nobody could confirm the first one's reset."""
    with desk.acting(SYSTEM) as act:
        put_post(act, NewPost(cast.gu, cast.street, Role.ADMINISTRATOR, date(2026, 6, 1)))
        actor = actor_of(act.session, cast.gu, act.now)
    assert actor is not None
    return actor


def ask(desk: Desk, actor: Actor, person_id: int, why: str = WHY) -> OneTime:
    with desk.acting(actor) as act:
        return ask_or_reset(act, person_id, why, QUICK)


def confirm(desk: Desk, actor: Actor) -> OneTime:
    with desk.acting(actor) as act:
        waiting = [view for view in list_resets(act) if not view.outcome]
        return confirm_reset(act, waiting[0].id, waiting[0].version, QUICK)


def ask_post(desk: Desk, cast: Cast, who: str) -> str:
    facts: dict[str, Any] = {"grid": "310107022", "role": "auditor", "from_on": "2026-06-10"}
    done = do(desk, cast.actor(who), Deed.GIVE_POST, str(cast.zhao), **facts)
    return str(done.reply["request"])


@pytest.mark.parametrize("login", POWERFUL)
def test_one_person_resets_nobody_with_power(
    desk: Desk, cast: Cast, second: Actor, login: str
) -> None:
    person_id = getattr(cast, login)
    with desk.acting(cast.actor("sec")) as act, pytest.raises(ConfirmationNeededError):
        reset_password(act, person_id, WHY, QUICK)
    half = ask(desk, cast.actor("sec"), person_id)
    assert (half.half, Role.ADMINISTRATOR in second.roles) == (1, True)
    assert signed_in(desk, login).token, "the old password is good until somebody confirms"
    with pytest.raises(SignInRefusedError):
        signed_in(desk, login, half.password)


@pytest.mark.parametrize("login", ["li", "qian", "dept"])
def test_a_plain_worker_is_let_in_again_by_one(desk: Desk, cast: Cast, login: str) -> None:
    given = ask(desk, cast.actor("sec"), getattr(cast, login))
    assert given.half == 0
    assert signed_in(desk, login, given.password).actor.must_change_password


def test_a_worker_of_a_whole_community_is_no_plain_one(desk: Desk, cast: Cast) -> None:
    wide = NewPost(cast.li, cast.street, Role.GRID_WORKER, date(2026, 6, 1))
    with desk.acting(SYSTEM) as act:
        put_post(act, wide)
    assert ask(desk, cast.actor("sec"), cast.li).half == 1


def test_both_halves_together_let_the_holder_in(desk: Desk, cast: Cast) -> None:
    first = ask(desk, cast.actor("sec"), cast.wang)
    old = signed_in(desk, "wang")
    rest = confirm(desk, cast.actor("admin"))
    for part in (first.password, rest.password):
        with pytest.raises(SignInRefusedError):
            signed_in(desk, "wang", part)
    new = signed_in(desk, "wang", f"{first.password}-{rest.password}")
    assert new.actor.must_change_password
    assert old.token != new.token


@pytest.mark.parametrize("name", ["sec", "wang", "li", "audit", "chen"])
def test_neither_the_asker_nor_the_holder_nor_others_confirm(
    desk: Desk, cast: Cast, name: str
) -> None:
    ask(desk, cast.actor("sec"), cast.wang)
    with desk.acting(cast.actor("admin")) as act:
        (view,) = list_resets(act)
    with desk.acting(cast.actor(name)) as act, pytest.raises(NotAllowedError):
        confirm_reset(act, view.id, view.version, QUICK)


def test_without_a_second_person_the_shell_is_named(desk: Desk, cast: Cast) -> None:
    with pytest.raises(ConfirmationNeededError, match="gridapp person reset"):
        ask(desk, cast.actor("sec"), cast.admin)


def test_who_helped_to_reset_the_asker_does_not_confirm_the_askers_post(
    desk: Desk, cast: Cast, second: Actor, clock: Clock
) -> None:
    ask(desk, cast.actor("sec"), cast.admin)
    confirm(desk, second)
    clock.forward(days=1)
    request = ask_post(desk, cast, "admin")
    with pytest.raises(NotAllowedError, match="另一位"):
        do(desk, cast.actor("sec"), Deed.CONFIRM_POST, request)
    clock.forward(days=30)
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor("sec"), Deed.CONFIRM_POST, request)


def test_a_post_asked_for_before_the_reset_is_confirmed(
    desk: Desk, cast: Cast, second: Actor, clock: Clock
) -> None:
    request = ask_post(desk, cast, "admin")
    clock.forward(hours=1)
    ask(desk, cast.actor("sec"), cast.admin)
    confirm(desk, second)
    assert do(desk, cast.actor("sec"), Deed.CONFIRM_POST, request).is_new


def test_a_reset_wants_a_reason_and_is_refused_with_one(desk: Desk, cast: Cast) -> None:
    for nothing in ("", " ", "\u200b\u200b\u200b"):
        with pytest.raises(FactsError, match="原因"):
            ask(desk, cast.actor("sec"), cast.li, nothing)
    ask(desk, cast.actor("sec"), cast.wang)
    with desk.looking(cast.actor("admin")) as act:
        (view,) = list_resets(act)
    do(desk, cast.actor("admin"), Deed.REFUSE_RESET, str(view.id), words="本人说没有忘记")
    with desk.acting(cast.actor("admin")) as act, pytest.raises(ConflictError):
        confirm_reset(act, view.id, None, QUICK)
    assert signed_in(desk, "wang").token


def test_a_request_of_a_week_ago_is_too_old_and_a_new_one_replaces_it(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    ask(desk, cast.actor("sec"), cast.wang)
    with desk.looking(cast.actor("admin")) as act:
        (old,) = list_resets(act)
    clock.forward(days=8)
    with desk.acting(cast.actor("admin")) as act, pytest.raises(ConflictError, match="重新申请"):
        confirm_reset(act, old.id, None, QUICK)
    first = ask(desk, cast.actor("sec"), cast.wang)
    second = confirm(desk, cast.actor("admin"))
    assert signed_in(desk, "wang", f"{first.password}-{second.password}").token


def test_the_holder_and_the_auditor_are_told_and_no_password_is_written_down(
    desk: Desk, cast: Cast
) -> None:
    first = ask(desk, cast.actor("sec"), cast.wang)
    rest = confirm(desk, cast.actor("admin"))
    signed = signed_in(desk, "wang", f"{first.password}-{rest.password}")
    with desk.looking(signed.actor) as act:
        (line,) = list_own_resets(act)
        rows = act.session.exec(select(AuditRow)).all()
        bodies = [message.body for message in act.session.exec(select(OutboxMessage)).all()]
    assert (WHY in line, "确认" in line) == (True, True)
    told = [(row.deed, row.actor_id, row.reason) for row in rows if "session" not in row.deed]
    assert told == [
        ("password.ask", cast.sec, WHY), ("person.confirm_reset", cast.admin, WHY),
    ]  # fmt: skip
    written = str([row.facts for row in rows]) + str(bodies)
    assert first.password not in written
    assert rest.password not in written
    assert len(bodies) == 2
