"""People are added, changed, disabled and let back by deeds, once each, on the version seen."""

from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.sessions import identify
from gridapp.tables import PatrolDuty, Person
from tests.cast import Cast
from tests.makers import do
from tests.services.people.signing import audited, signed_in

LIN: dict[str, Any] = {"login": "lin", "name": "林秀英", "phone": "+86 138-0013-8888"}


def person(desk: Desk, person_id: int) -> Person:
    with desk.looking(SYSTEM) as act:
        return act.session.get_one(Person, person_id)


def test_a_double_tap_adds_one_person(desk: Desk, cast: Cast) -> None:
    uid = uuid4()
    first = do(desk, cast.actor("admin"), Deed.ADD_PERSON, uid=uid, **LIN)
    again = do(desk, cast.actor("admin"), Deed.ADD_PERSON, uid=uid, **LIN)
    assert (first.reply, first.is_new, again.is_new) == (again.reply, True, False)
    assert person(desk, first.reply["person"]).phone == "13800138888"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 138 0013 8888 ", "13800138888"),
        ("+8613800138888", "13800138888"),
        ("13800138888.0", "13800138888"),
        ("１３８００１３８８８８", "13800138888"),
        ("", ""),
    ],
)
def test_a_phone_is_kept_as_digits_however_it_is_typed(
    desk: Desk, cast: Cast, typed: str, kept: str
) -> None:
    told: dict[str, Any] = {"name": "李建国", "phone": typed}
    do(desk, cast.actor("admin"), Deed.CHANGE_PERSON, str(cast.li), version=1, **told)
    assert person(desk, cast.li).phone == kept


def test_a_change_writes_down_which_fields_and_no_phone(desk: Desk, cast: Cast) -> None:
    told: dict[str, Any] = {"name": "李建国", "phone": "13800138888", "duty_phone": "021-52730101"}
    do(desk, cast.actor("admin"), Deed.CHANGE_PERSON, str(cast.li), **told)
    assert audited(desk) == [("person.change", cast.admin, f"person:{cast.li}")]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": "李建国", "phone": "13800138002"}, "phone"),
        ({"name": "李建国", "phone": "1.38e10"}, "phone"),
        ({"name": " "}, "name"),
        ({"name": "李建国", "duty_phone": "999"}, "duty_phone"),
    ],
)
def test_a_wrong_change_is_named(desk: Desk, cast: Cast, told: dict[str, Any], field: str) -> None:
    with pytest.raises(FactsError) as refusal:
        do(desk, cast.actor("admin"), Deed.CHANGE_PERSON, str(cast.li), **told)
    assert list(refusal.value.facts["fields"]) == [field]


def test_of_two_changes_the_later_one_is_told(desk: Desk, cast: Cast) -> None:
    admin = cast.actor("admin")
    do(desk, admin, Deed.CHANGE_PERSON, str(cast.li), version=1, name="李建国")
    with pytest.raises(ConflictError) as refusal:
        do(desk, admin, Deed.CHANGE_PERSON, str(cast.li), version=1, name="李国建")
    assert refusal.value.facts["current"]["version"] == 2


def test_who_is_disabled_is_out_at_the_next_event(desk: Desk, cast: Cast) -> None:
    token = signed_in(desk, "li").token
    assert identify(desk, token) is not None
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="调离")
    assert identify(desk, token) is None
    with pytest.raises(ConflictError):
        do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="调离")


def test_the_turns_at_night_of_who_is_disabled_look_for_cover(desk: Desk, cast: Cast) -> None:
    told: dict[str, Any] = {
        "grid": "310107022001001",
        "nights": ["2026-06-12"],
        "people": [cast.li],
    }
    do(desk, cast.actor("wang"), Deed.MAKE_ROSTER, **told)
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="调离")
    with desk.looking(SYSTEM) as act:
        duty = act.session.exec(select(PatrolDuty)).one()
        assert duty.cover_wanted_at == act.now


def test_the_only_security_administrator_stays(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError, match="唯一"):
        do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.sec), words="调离")


def test_who_is_let_back_may_be_changed_on(desk: Desk, cast: Cast) -> None:
    admin = cast.actor("admin")
    do(desk, admin, Deed.DISABLE_PERSON, str(cast.li), words="调离")
    do(desk, admin, Deed.ENABLE_PERSON, str(cast.li), version=2)
    assert person(desk, cast.li).disabled_at is None
    with pytest.raises(ConflictError):
        do(desk, admin, Deed.ENABLE_PERSON, str(cast.li))


@pytest.mark.parametrize("name", ["li", "chen", "wang", "leader", "sec", "audit"])
def test_nobody_else_does_any_of_it(desk: Desk, cast: Cast, name: str) -> None:
    told: dict[str, Any] = {"words": "调离"}
    for deed, facts in ((Deed.ADD_PERSON, LIN), (Deed.DISABLE_PERSON, told)):
        with pytest.raises(NotAllowedError):
            do(desk, cast.actor(name), deed, str(cast.qian), **facts)
