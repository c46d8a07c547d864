"""Signing in: who may, what is counted, and what stays written although it was refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, select, update

from gridapp.domain.errors import GridappError, LockedError, SignInRefusedError
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.devices import Device, after_sign_in
from gridapp.services.people.locks import forget_old_failures, locked_until
from gridapp.services.people.sessions import identify, token_hash
from gridapp.services.people.sign_in import sign_in
from gridapp.tables import LoginSession, Person
from tests.cast import PASSWORD, QUICK, Cast
from tests.clock import Clock
from tests.services.people.signing import WRONG, Meanwhile, audited, signed_in

pytestmark = pytest.mark.both_databases


def _change(desk: Desk, person_id: int, **values: object) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.exec(update(Person).where(col(Person.id) == person_id).values(**values))


def _fail(desk: Desk, login: str, times: int, device: Device | None = None) -> list[str]:
    codes = []
    for _ in range(times):
        with pytest.raises(GridappError) as refusal:
            sign_in(desk, login, WRONG, hasher=QUICK, device=device)
        codes.append(refusal.value.code)
    return codes


@pytest.mark.parametrize("login", ["li", " LI ", "\uff4c\uff49", "13800138001"])
def test_a_login_or_a_phone_signs_in(desk: Desk, cast: Cast, login: str) -> None:
    assert signed_in(desk, login).actor == cast.actor("li")
    assert audited(desk) == [("session.sign_in", cast.li, f"person:{cast.li}")]


def test_the_table_keeps_no_token(desk: Desk, cast: Cast) -> None:
    token = signed_in(desk, "li").token
    with desk.looking(RESIDENT) as act:
        row = act.session.exec(select(LoginSession)).one()
    assert len(token) == 43
    assert row.token_hash == token_hash(token) != token
    assert (row.person_id, row.agent) == (cast.li, "a test's browser")


@pytest.mark.parametrize("login", ["li", "nobody", "", "13800138099", "\x00", "\ud800", "l" * 5000])
def test_a_refusal_does_not_tell_who_exists(desk: Desk, login: str) -> None:
    with pytest.raises(SignInRefusedError) as refusal:
        signed_in(desk, login, WRONG)
    assert refusal.value.facts == {}
    assert [deed for deed, _, _ in audited(desk)] == ["session.failed"]


@pytest.mark.parametrize("password", ["", "\x00", "\ud800", "长" * 5000])
def test_no_password_breaks_the_sign_in(desk: Desk, password: str) -> None:
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "li", password)


def test_a_disabled_person_is_refused(desk: Desk, cast: Cast, clock: Clock) -> None:
    _change(desk, cast.li, disabled_at=clock())
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "li")


def test_a_person_without_a_password_is_refused(desk: Desk, cast: Cast) -> None:
    _change(desk, cast.li, password_hash="")
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "li", "")


def test_a_shared_phone_signs_nobody_in(desk: Desk, cast: Cast) -> None:
    _change(desk, cast.qian, phone="13800138001")
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "13800138001")


def test_strangers_wait_from_the_fifth_failure_on_and_longer_each_time(
    desk: Desk, clock: Clock
) -> None:
    assert _fail(desk, "li", 5) == ["session.refused"] * 4 + ["session.locked"]
    for minutes in (1, 2, 4, 8, 16, 30, 30):
        clock.forward(minutes=minutes, seconds=-1)
        with pytest.raises(LockedError, match="请 1 分钟后再试"):
            signed_in(desk, "li")
        clock.forward(seconds=1)
        assert _fail(desk, "li", 1) == ["session.locked"]
    clock.forward(minutes=30)
    assert signed_in(desk, "li").token


def test_a_known_device_is_locked_by_itself_for_thirty_minutes(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    own = after_sign_in(desk.settings.secret_key, None, cast.li)
    assert _fail(desk, "li", 5, own) == ["session.refused"] * 4 + ["session.locked"]
    assert signed_in(desk, "li").token
    clock.forward(minutes=29, seconds=59)
    with pytest.raises(LockedError):
        sign_in(desk, "li", PASSWORD, hasher=QUICK, device=own)
    clock.forward(seconds=1)
    assert sign_in(desk, "li", PASSWORD, hasher=QUICK, device=own).token


def test_a_device_known_to_another_person_is_a_strangers(desk: Desk, cast: Cast) -> None:
    qians = after_sign_in(desk.settings.secret_key, None, cast.qian)
    _fail(desk, "li", 5)
    with pytest.raises(LockedError):
        sign_in(desk, "li", PASSWORD, hasher=QUICK, device=qians)


def test_trying_on_does_not_lengthen_the_lock(desk: Desk, clock: Clock) -> None:
    _fail(desk, "li", 5)
    clock.forward(seconds=40)
    assert set(_fail(desk, "li", 7)) == {"session.locked"}
    clock.forward(seconds=20)
    assert signed_in(desk, "li").token


def test_failures_of_yesterday_count_no_more(desk: Desk, clock: Clock) -> None:
    _fail(desk, "li", 4)
    clock.forward(hours=24)
    assert _fail(desk, "li", 1) == ["session.refused"]


def test_logins_that_nobody_has_do_not_fill_the_audit_log(desk: Desk, clock: Clock) -> None:
    for number in range(30):
        _fail(desk, f"nobody-{number}", 1)
    assert [deed for deed, _, _ in audited(desk)] == ["session.failed"]
    clock.forward(hours=24, minutes=1)
    with desk.acting(RESIDENT) as act:
        assert forget_old_failures(act) == 30


def test_tries_for_ever_leave_few_rows_in_the_audit_log(desk: Desk, clock: Clock) -> None:
    for _ in range(200):
        _fail(desk, "li", 1)
        clock.forward(minutes=1)
    assert len(audited(desk)) < 16


def test_the_lock_is_of_one_person(desk: Desk) -> None:
    _fail(desk, "li", 5)
    assert signed_in(desk, "qian").token


def test_a_success_forgets_the_failures(desk: Desk) -> None:
    _fail(desk, "li", 4)
    signed_in(desk, "li")
    assert set(_fail(desk, "li", 4)) == {"session.refused"}


def test_every_turn_is_written_down(desk: Desk, cast: Cast) -> None:
    _fail(desk, "li", 5)
    deeds = ["session.failed"] * 4 + ["session.locked"]
    assert audited(desk) == [(deed, None, f"person:{cast.li}") for deed in deeds]


def test_a_first_password_opens_nothing_but_its_change(desk: Desk, cast: Cast) -> None:
    _change(desk, cast.li, must_change_password=True)
    actor = signed_in(desk, "li").actor
    assert actor.must_change_password
    assert actor.roles == frozenset()


def test_a_password_reset_while_it_is_weighed_is_wrong(desk: Desk, cast: Cast) -> None:
    reset = Meanwhile(lambda: _change(desk, cast.li, password_hash=QUICK.hash("Lanxi-Road-7")))
    with pytest.raises(SignInRefusedError):
        sign_in(desk, "li", PASSWORD, hasher=reset)


def test_guesses_at_once_are_all_counted(own_desk: Desk, cast: Cast) -> None:
    start = Barrier(8)

    def guess(_number: int) -> str:
        start.wait()
        return _fail(own_desk, "li", 1)[0]

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(guess, range(8)))
    assert codes == ["session.locked"] * 4 + ["session.refused"] * 4
    with own_desk.looking(RESIDENT) as act:
        assert locked_until(act, cast.li) == own_desk.clock() + timedelta(minutes=1)


def test_a_second_sign_in_of_a_browser_ends_its_former_session(desk: Desk) -> None:
    former, elsewhere = signed_in(desk, "wang"), signed_in(desk, "li")
    now = sign_in(desk, "li", PASSWORD, "", QUICK, former.token)
    assert identify(desk, former.token) is None
    assert identify(desk, now.token)
    assert identify(desk, elsewhere.token)
