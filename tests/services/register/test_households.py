"""Households stand in the register once a door, and every number above them stays right."""

from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.register.read import see_record
from gridapp.tables import AuditRow
from tests.cast import Cast
from tests.makers import do
from tests.services.register.records import DOOR, NAME, PHONE, counts, household, rows

STRANGERS: dict[str, type[GridappError]] = {
    "qian": NotThereError,
    "wang": NotAllowedError,
    "sun": NotAllowedError,
    "gu": NotAllowedError,
    "audit": NotAllowedError,
    "sec": NotAllowedError,
}


def test_a_record_is_shown_masked_with_its_door(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast, head_count=3, tenure="rented", door="302室", unit="二单元")
    with desk.looking(cast.actor("li")) as act:
        view = see_record(act, made)
    assert (view.who, view.phone_masked, view.door_words) == ("张**", "138****8000", "2单元302室")
    assert (view.floor, view.head_count, view.tenure_label) == (3, 3, "出租")
    assert not [secret for secret in (NAME, PHONE) if secret in repr(view)]


@pytest.mark.parametrize("who", STRANGERS)
def test_out_of_reach_looks_like_not_there(desk: Desk, cast: Cast, who: str) -> None:
    made = household(desk, cast)
    with desk.looking(cast.actor(who)) as act, pytest.raises(STRANGERS[who]):
        see_record(act, made)
    with pytest.raises((NotThereError, NotAllowedError)):
        do(desk, cast.actor(who), Deed.AMEND_HOUSEHOLD, made, name="王五")
    with pytest.raises((NotThereError, NotAllowedError)):
        household(desk, cast, who, door="401")


def test_the_administrator_enters_and_sees_masked_and_changes_nobody(
    desk: Desk, cast: Cast
) -> None:
    made = household(desk, cast, "admin")
    with desk.looking(cast.actor("admin")) as act:
        view = see_record(act, made)
    assert (view.who, view.buttons, view.contact) == ("张**", (), "")
    told: tuple[tuple[Deed, dict[str, Any]], ...] = (
        (Deed.AMEND_HOUSEHOLD, {"name": "王五"}),
        (Deed.STRIKE_HOUSEHOLD, {"words": "搬走"}),
    )
    for deed, facts in told:
        with pytest.raises(NotAllowedError):
            do(desk, cast.actor("admin"), deed, made, **facts)


@pytest.mark.parametrize("again", [{}, {"door": "302室"}, {"unit": "二单元", "name": "别人"}])
def test_one_door_is_on_record_once(desk: Desk, cast: Cast, again: dict[str, Any]) -> None:
    made = household(desk, cast)
    with pytest.raises(ConflictError) as refused:
        household(desk, cast, **again)
    assert refused.value.facts["current"] == {"record": made}


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("unit", "door"),
    [
        ("", "302"),
        ("", "302室"),
        ("", "３０２ 室"),
        ("", "2单元302"),
        ("", "2-302"),
        ("2", "2-302"),
    ],
)
def test_a_door_on_record_is_not_entered_again_without_its_unit(
    desk: Desk, cast: Cast, unit: str, door: str
) -> None:
    made, before = household(desk, cast), counts(desk, cast)
    household(desk, cast, unit="1", door="101")
    with pytest.raises(ConflictError, match="2单元302室已经登记过") as refused:
        household(desk, cast, unit=unit, door=door)
    assert (refused.value.facts["current"], counts(desk, cast)) == ({"record": made}, before)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_door_without_unit_is_asked_about_before_one_with_it(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast, unit="")
    with pytest.raises(ConflictError, match="302室已经登记过。那一条没有写单元"):
        household(desk, cast, unit="2")
    do(desk, cast.actor("li"), Deed.AMEND_HOUSEHOLD, made, unit="1单元")
    household(desk, cast, unit="2")
    assert [(row.unit, row.door) for row in rows(desk)] == [("1", "302"), ("2", "302")]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_the_only_unit_is_taken_where_none_is_told(desk: Desk, cast: Cast) -> None:
    household(desk, cast, unit="1", door="101")
    household(desk, cast, unit="", door="102")
    household(desk, cast, unit="", door="2单元102")
    household(desk, cast, unit="", door="门卫室")
    assert [row.unit for row in rows(desk)] == ["1", "1", "2", ""]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_no_amendment_leads_to_a_door_on_record(desk: Desk, cast: Cast) -> None:
    household(desk, cast)
    other = household(desk, cast, unit="1", door="101")
    for told in ({"door": "2-302"}, {"unit": "", "door": "302"}, {"unit": "2", "door": "302室"}):
        facts: dict[str, Any] = {**told}
        with pytest.raises(ConflictError):
            do(desk, cast.actor("li"), Deed.AMEND_HOUSEHOLD, other, **facts)


def test_told_numbers_stand_until_there_are_more_records(desk: Desk, cast: Cast) -> None:
    before = counts(desk, cast)
    household(desk, cast)
    assert counts(desk, cast) == before == (24, 24, 72)
    do(desk, cast.actor("admin"), Deed.CHANGE_BUILDING, str(cast.building1), household_count=1)
    assert counts(desk, cast) == (1, 1, 49)
    household(desk, cast, door="401")
    assert counts(desk, cast) == (2, 2, 50)


def test_a_household_that_goes_takes_one_off_and_frees_its_door(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast)
    do(desk, cast.actor("li"), Deed.STRIKE_HOUSEHOLD, made, words="已经搬走")
    assert counts(desk, cast) == (23, 23, 71)
    assert household(desk, cast) != made
    with pytest.raises(NotThereError):
        do(desk, cast.actor("li"), Deed.STRIKE_HOUSEHOLD, made, words="再来一次")


def test_an_amendment_changes_what_is_told_and_leaves_the_rest(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast, head_count=3)
    do(
        desk,
        cast.actor("li"),
        Deed.AMEND_HOUSEHOLD,
        made,
        version=1,
        door="1203",
        phone="",
        tenure="own",
    )
    [row] = rows(desk)
    assert (row.unit, row.door, row.floor, row.name, row.phone) == ("2", "1203", 12, NAME, "")
    assert (row.head_count, row.tenure, row.version) == (3, "own", 2)


def test_an_amendment_on_an_old_version_is_a_conflict(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast)
    do(desk, cast.actor("li"), Deed.AMEND_HOUSEHOLD, made, version=1, head_count=2)
    with pytest.raises(ConflictError) as refused:
        do(desk, cast.actor("chen"), Deed.AMEND_HOUSEHOLD, made, version=1, head_count=5)
    assert refused.value.facts["current"] == {"version": 2}
    assert rows(desk)[0].head_count == 2


def test_the_audit_names_fields_and_no_person(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast)
    do(desk, cast.actor("li"), Deed.AMEND_HOUSEHOLD, made, name="王五", phone="13900009000")
    with desk.looking(cast.actor("audit")) as act:
        [row] = act.session.exec(
            select(AuditRow).where(AuditRow.deed == Deed.AMEND_HOUSEHOLD)
        ).all()
    assert (row.deed, row.facts) == ("register.household_amend", {"fields": ["name", "phone"]})


@pytest.mark.parametrize(
    "facts",
    [
        {"door": ""},
        {"door": "x" * 21},
        {"phone": "12"},
        {"head_count": -1},
        {"head_count": 100},
        {"tenure": "squat"},
        {"floor": 999},
        {"name": "x" * 65},
        {"owner": "x"},
    ],
)
def test_what_is_wrong_is_refused(desk: Desk, cast: Cast, facts: dict[str, Any]) -> None:
    with pytest.raises(FactsError):
        household(desk, cast, **facts)
    assert rows(desk) == []


def test_what_is_hostile_is_kept_as_it_is_said(desk: Desk, cast: Cast) -> None:
    household(desk, cast, name="<b>'; DROP TABLE household;--", remarks="=1+1\x00\ud800")
    assert (rows(desk)[0].name, rows(desk)[0].remarks) == ("<b>'; DROP TABLE household;--", "=1+1?")


def test_of_two_who_enter_one_door_at_once_one_is_first(own_desk: Desk, cast: Cast) -> None:
    start, outcomes = Barrier(2), []

    def enter() -> None:
        start.wait()
        try:
            household(own_desk, cast, door=DOOR)
            outcomes.append("entered")
        except ConflictError:
            outcomes.append("refused")

    threads = [Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["entered", "refused"]
    assert len(rows(own_desk)) == 1
