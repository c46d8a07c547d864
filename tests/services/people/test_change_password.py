"""One's own password is changed with the old one; a lost one is reset by the right people."""

import pytest

from gridapp.domain.errors import (
    FactsError,
    GridappError,
    LockedError,
    NotAllowedError,
    NotThereError,
    PasswordChangeNeededError,
    SignInNeededError,
    SignInRefusedError,
    WeakPasswordError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.change_password import PasswordChange, change_password
from gridapp.services.people.resets import reset_password
from gridapp.services.people.sessions import identify
from gridapp.services.permit import demand
from tests.cast import PASSWORD, QUICK, Cast
from tests.services.people.signing import WRONG, Meanwhile, audited, signed_in

NEW = "Lanxi-Road-7"


def _change(desk: Desk, actor: Actor, old: str, new: str, kept_token: str = "") -> None:
    change_password(desk, actor, PasswordChange(old, new, kept_token), QUICK)


def _reset(desk: Desk, actor: Actor, person_id: int) -> str:
    with desk.acting(actor) as act:
        return reset_password(act, person_id, hasher=QUICK)


def test_a_changed_password_ends_the_other_sessions(desk: Desk) -> None:
    here, elsewhere = signed_in(desk, "li"), signed_in(desk, "li")
    _change(desk, here.actor, PASSWORD, NEW, here.token)
    assert identify(desk, here.token)
    assert identify(desk, elsewhere.token) is None
    assert signed_in(desk, "li", NEW).token
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "li", PASSWORD)


@pytest.mark.parametrize(
    ("new", "why"),
    [("Aa123456", "太常见"), (PASSWORD, "不能与当前密码相同"), ("13800138001Ab", "手机号")],
)
def test_a_bad_new_password_changes_nothing(desk: Desk, cast: Cast, new: str, why: str) -> None:
    with pytest.raises(WeakPasswordError, match=why):
        _change(desk, cast.actor("li"), PASSWORD, new)
    assert signed_in(desk, "li", PASSWORD).token


def test_guessing_the_old_password_locks(desk: Desk, cast: Cast) -> None:
    refusals: list[type[GridappError]] = []
    for _ in range(5):
        with pytest.raises(GridappError) as refusal:
            _change(desk, cast.actor("li"), WRONG, NEW)
        refusals.append(refusal.type)
    assert refusals == [FactsError] * 4 + [LockedError]
    with pytest.raises(LockedError):
        _change(desk, cast.actor("li"), PASSWORD, NEW)


def test_a_reset_while_the_old_one_is_weighed_stands(desk: Desk, cast: Cast) -> None:
    drawn: list[str] = []
    meanwhile = Meanwhile(lambda: drawn.extend([] if drawn else [_reset(desk, SYSTEM, cast.li)]))
    with pytest.raises(FactsError):
        change_password(desk, cast.actor("li"), PasswordChange(PASSWORD, NEW), meanwhile)
    assert signed_in(desk, "li", drawn[0]).actor.must_change_password


def test_nobody_has_no_password_to_change(desk: Desk) -> None:
    with pytest.raises(SignInNeededError):
        _change(desk, RESIDENT, PASSWORD, NEW)


def test_a_reset_gives_a_password_for_once(desk: Desk, cast: Cast) -> None:
    old = signed_in(desk, "li")
    password = _reset(desk, cast.actor("sec"), cast.li)
    assert identify(desk, old.token) is None
    first = signed_in(desk, "li", password)
    assert first.actor.must_change_password
    _change(desk, first.actor, password, NEW, first.token)
    assert identify(desk, first.token) == cast.actor("li")


def test_a_reset_lifts_the_lock(desk: Desk, cast: Cast) -> None:
    for _ in range(5):
        with pytest.raises(GridappError):
            signed_in(desk, "li", WRONG)
    assert signed_in(desk, "li", _reset(desk, SYSTEM, cast.li)).token


def test_the_audit_names_the_deeds_and_no_password(desk: Desk, cast: Cast) -> None:
    password = _reset(desk, cast.actor("sec"), cast.li)
    first = signed_in(desk, "li", password)
    _change(desk, first.actor, password, NEW)
    li = f"person:{cast.li}"
    assert audited(desk) == [
        ("person.reset_password", cast.sec, li),
        ("session.sign_in", cast.li, li),
        ("person.change_password", cast.li, li),
    ]


@pytest.mark.parametrize(
    "name", ["li", "qian", "chen", "wang", "zhao", "dept", "leader", "sun", "gu", "admin", "audit"]
)
def test_only_the_security_administrator_resets(desk: Desk, cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowedError):
        _reset(desk, cast.actor(name), cast.qian if name == "li" else cast.li)


def test_nobody_resets_their_own(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError, match="修改密码"):
        _reset(desk, cast.actor("sec"), cast.sec)
    with pytest.raises(SignInNeededError):
        _reset(desk, RESIDENT, cast.li)


def test_a_stranger_cannot_be_reset(desk: Desk) -> None:
    with pytest.raises(NotThereError):
        _reset(desk, SYSTEM, 999_999)


def test_a_first_password_is_asked_to_be_changed(desk: Desk, cast: Cast) -> None:
    first = signed_in(desk, "admin", _reset(desk, SYSTEM, cast.admin)).actor
    with desk.acting(first) as act, pytest.raises(PasswordChangeNeededError):
        demand(act, Deed.CHANGE_PERSON)
