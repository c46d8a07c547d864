"""A lost link: the number and the phone's end find it; nothing else does, and nothing is told."""

import pytest

from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.lost_link import find_track
from gridapp.services.cases.read import see_case, track_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from tests.cast import Cast
from tests.makers import a_case, do, report


def found(desk: Desk, no: str, tail: str) -> str:
    with desk.looking(RESIDENT) as act:
        return find_track(act, no, tail)


@pytest.mark.parametrize("tail", ["8000", " 8000 ", "８０００"])
def test_number_and_tail_find_it(desk: Desk, cast: Cast, tail: str) -> None:
    case = report(desk, cast, phone="138 0013 8000")
    assert found(desk, case.no, tail) == case.track
    assert found(desk, f"{case.no[:6]} {case.no[6:]}", tail) == case.track


@pytest.mark.parametrize("tail", ["", "none", "0000", "800", "13800138000", "----", "八千"])
def test_a_wrong_tail_finds_nothing(desk: Desk, cast: Cast, tail: str) -> None:
    case = report(desk, cast, phone="13800138000")
    with pytest.raises(NotThereError):
        found(desk, case.no, tail)


@pytest.mark.parametrize("tail", ["", "none", "0000"])
def test_without_a_phone_nothing_finds_it(desk: Desk, cast: Cast, tail: str) -> None:
    case = report(desk, cast)
    with pytest.raises(NotThereError):
        found(desk, case.no, tail)


@pytest.mark.parametrize("no", ["", "x", "99999", "26061099999", "250610{id}"])
def test_a_wrong_number_finds_nothing(desk: Desk, cast: Cast, no: str) -> None:
    case = report(desk, cast, phone="13800138000")
    with pytest.raises(NotThereError):
        found(desk, no.format(id=case.no[6:]), "8000")


def test_a_phone_left_later_finds_it_too(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    do(desk, Actor(track=case.track), Deed.LEAVE_PHONE, phone="+86 138-0013-8000")
    assert found(desk, case.no, "8000") == case.track
    with desk.looking(Actor(track=case.track)) as act:
        assert track_case(act).phone_masked == "138****8000"


def test_a_phone_that_is_none_is_refused_by_its_field(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    with pytest.raises(FactsError) as refusal:
        do(desk, Actor(track=case.track), Deed.LEAVE_PHONE, phone="12345")
    assert "phone" in refusal.value.facts["fields"]


def test_thanks_are_said_once_and_staff_reads_them(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    for _ in range(2):
        do(desk, Actor(track=case.track), Deed.THANK)
    with desk.looking(cast.actor("wang")) as act:
        view = see_case(act, case.no)
    assert [step.deed for step in view.steps].count(Deed.THANK) == 1
    assert "居民致谢" in view.card.flags
