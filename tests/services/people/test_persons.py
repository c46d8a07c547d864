"""People are added, disabled and let back by the administrator alone."""

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    FactsError,
    NotAllowedError,
    NotThereError,
    SignInNeededError,
    SignInRefusedError,
)
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.persons import (
    NewPerson,
    add_person,
    disable_person,
    enable_person,
)
from gridapp.services.people.resets import reset_password
from gridapp.services.people.sessions import identify
from gridapp.tables import Person
from tests.cast import PASSWORD, QUICK, Cast
from tests.services.people.signing import audited, signed_in

LIN = NewPerson("lin", "林秀英", "138 0013 8888", "021-5273 0188")


def _add(desk: Desk, new: NewPerson, actor: Actor = SYSTEM) -> int:
    with desk.acting(actor) as act:
        return add_person(act, new)


def test_a_new_person_signs_in_once_a_password_is_given(desk: Desk, cast: Cast) -> None:
    lin = _add(desk, LIN, cast.actor("admin"))
    with desk.acting(cast.actor("sec")) as act:
        password = reset_password(act, lin, hasher=QUICK)
    assert signed_in(desk, "13800138888", password).actor.name == "林秀英"
    assert audited(desk)[0] == ("person.add", cast.admin, f"person:{lin}")


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_a_new_person_cannot_sign_in_before(desk: Desk, password: str) -> None:
    _add(desk, LIN)
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "lin", password)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewPerson("l", "林秀英"), "login"),
        (NewPerson("林秀英", "林秀英"), "login"),
        (NewPerson("lin xiu", "林秀英"), "login"),
        (NewPerson("l" * 33, "林秀英"), "login"),
        (NewPerson("13800138002", "林秀英"), "login"),
        (NewPerson("LI", "林秀英"), "login"),
        (NewPerson("lin", "\x00 "), "name"),
        (NewPerson("lin", "林" * 65), "name"),
        (NewPerson("lin", "林秀英", "12345"), "phone"),
        (NewPerson("lin", "林秀英", "+86 138-0013-8001"), "phone"),
        (NewPerson("lin", "林秀英", "", "many"), "duty_phone"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_added(desk: Desk, new: NewPerson, field: str) -> None:
    with desk.acting(SYSTEM) as act:
        before = len(act.session.exec(select(Person)).all())
        with pytest.raises(FactsError) as refusal:
            add_person(act, new)
        after = len(act.session.exec(select(Person)).all())
    assert list(refusal.value.facts["fields"]) == [field]
    assert after == before


@pytest.mark.parametrize(
    "name", ["li", "chen", "wang", "zhao", "dept", "leader", "sun", "gu", "sec", "audit"]
)
def test_nobody_else_changes_people(desk: Desk, cast: Cast, name: str) -> None:
    with desk.acting(cast.actor(name)) as act:
        for deed in (disable_person, enable_person):
            with pytest.raises(NotAllowedError):
                deed(act, cast.qian)
        with pytest.raises(NotAllowedError):
            add_person(act, LIN)


def test_nobody_signed_in_changes_nobody(desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act, pytest.raises(SignInNeededError):
        disable_person(act, cast.li)


def test_a_disabled_person_loses_sessions_and_posts(desk: Desk, cast: Cast) -> None:
    token = signed_in(desk, "li").token
    with desk.acting(cast.actor("admin")) as act:
        disable_person(act, cast.li, "调离")
        disable_person(act, cast.li, "调离")
    assert identify(desk, token) is None
    assert [row[0] for row in audited(desk)] == ["session.sign_in", "person.disable"]


def test_who_is_let_back_starts_anew(desk: Desk, cast: Cast) -> None:
    before = signed_in(desk, "li").token
    with desk.acting(SYSTEM) as act:
        disable_person(act, cast.li)
        enable_person(act, cast.li)
        password = reset_password(act, cast.li, hasher=QUICK)
    with pytest.raises(SignInRefusedError):
        signed_in(desk, "li", PASSWORD)
    assert signed_in(desk, "li", password).token
    assert identify(desk, before) is None


def test_who_is_let_back_has_no_post(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        disable_person(act, cast.li)
        enable_person(act, cast.li)
        act.session.get_one(Person, cast.li).must_change_password = False
        li = actor_of(act.session, cast.li, act.now.replace(day=11))
    assert li is not None
    assert li.posts == ()


def test_a_phone_is_free_again_once_its_owner_is_disabled(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        disable_person(act, cast.li)
        add_person(act, NewPerson("lin", "林秀英", "13800138001"))
        with pytest.raises(FactsError):
            enable_person(act, cast.li)


def test_the_administrator_cannot_disable_the_administrator(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act, pytest.raises(NotAllowedError, match="自己"):
        disable_person(act, cast.admin)


def test_a_stranger_cannot_be_disabled(desk: Desk) -> None:
    with desk.acting(SYSTEM) as act, pytest.raises(NotThereError):
        disable_person(act, 999_999)
