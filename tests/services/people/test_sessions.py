"""Whose cookie it is: until it is idle, old, signed out, or its person disabled."""

import pytest
from sqlalchemy import event
from sqlmodel import col, select, update

from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.sessions import end_sessions, identify, sign_out
from gridapp.tables import LoginSession, Person
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.services.people.signing import audited, signed_in


def _seen_after_s(desk: Desk) -> float:
    with desk.looking(RESIDENT) as act:
        seen_at = act.session.exec(select(LoginSession.seen_at)).one()
    return (seen_at - NOON).total_seconds()


def test_a_token_tells_who_it_is(desk: Desk, cast: Cast) -> None:
    li, qian = signed_in(desk, "li"), signed_in(desk, "qian")
    assert identify(desk, li.token) == cast.actor("li")
    assert identify(desk, qian.token) == cast.actor("qian")


def test_knowing_who_it_is_takes_three_looks(desk: Desk) -> None:
    token = signed_in(desk, "li").token
    looks: list[str] = []
    event.listen(
        desk.engine, "before_cursor_execute", lambda _c, _r, statement, *_: looks.append(statement)
    )
    identify(desk, token)
    assert len([look for look in looks if look.startswith("SELECT")]) == 3
    assert not [look for look in looks if look.startswith("UPDATE")]


@pytest.mark.parametrize("cookie", [None, "", "x", "\x00", "\ud800", "令牌", "x" * 5000])
def test_any_other_cookie_is_nobody(desk: Desk, cookie: str | None) -> None:
    signed_in(desk, "li")
    assert identify(desk, cookie) is None


def test_the_row_of_a_stolen_table_is_no_token(desk: Desk) -> None:
    signed_in(desk, "li")
    with desk.looking(RESIDENT) as act:
        hashed = act.session.exec(select(LoginSession.token_hash)).one()
    assert identify(desk, hashed) is None


def test_an_idle_session_ends(desk: Desk, clock: Clock) -> None:
    token = signed_in(desk, "li").token
    clock.forward(minutes=desk.settings.session_idle_minutes, seconds=-1)
    assert identify(desk, token)
    clock.forward(minutes=desk.settings.session_idle_minutes, seconds=-1)
    assert identify(desk, token)
    clock.forward(minutes=desk.settings.session_idle_minutes)
    assert identify(desk, token) is None


def test_a_busy_session_ends_at_its_greatest_age(desk: Desk, clock: Clock) -> None:
    token = signed_in(desk, "li").token
    hours = range(0, desk.settings.session_max_hours, 4)
    assert all((identify(desk, token), clock.forward(hours=4))[0] for _ in hours)
    assert identify(desk, token) is None


@pytest.mark.parametrize(("after_s", "seen_s"), [(0, 0), (59, 0), (60, 60), (61, 61)])
def test_being_seen_is_written_once_a_minute(
    desk: Desk, clock: Clock, after_s: int, seen_s: int
) -> None:
    token = signed_in(desk, "li").token
    clock.forward(seconds=after_s)
    identify(desk, token)
    assert _seen_after_s(desk) == seen_s


def test_signing_out_ends_this_session_only(desk: Desk, cast: Cast) -> None:
    phone, desktop = signed_in(desk, "li").token, signed_in(desk, "li").token
    for _ in range(2):  # the second time changes nothing
        with desk.acting(cast.actor("li")) as act:
            sign_out(act, phone)
    assert identify(desk, phone) is None
    assert identify(desk, desktop) == cast.actor("li")
    assert audited(desk)[2:] == [("session.sign_out", cast.li, f"person:{cast.li}")]


def test_ending_all_sessions_can_keep_one(desk: Desk, cast: Cast) -> None:
    phone, desktop, other = (signed_in(desk, name).token for name in ("li", "li", "qian"))
    with desk.acting(RESIDENT) as act:
        assert end_sessions(act, cast.li, keep=desktop) == 1
    assert identify(desk, phone) is None
    assert identify(desk, desktop)
    assert identify(desk, other)


def test_a_disabled_person_is_nobody_at_once(desk: Desk, cast: Cast, clock: Clock) -> None:
    token = signed_in(desk, "li").token
    with desk.acting(RESIDENT) as act:
        change = update(Person).where(col(Person.id) == cast.li)
        act.session.exec(change.values(disabled_at=clock()))
    assert identify(desk, token) is None
