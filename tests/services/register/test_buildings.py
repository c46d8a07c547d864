"""Buildings are added, changed and retired by who keeps the grids' frame; numbers follow."""

from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.places import see_place
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.register.see_building import see_building
from gridapp.tables import AuditRow, Building, Household
from tests.cast import Cast
from tests.makers import do
from tests.services.register.records import counts, household, shop

GRID1 = "310107022001001"


def add(desk: Desk, cast: Cast, by: str = "admin", **facts: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "grid": GRID1,
        "name": "9号楼",
        "address": "兰溪路109号",
        "floor_count": 11,
    }
    return do(desk, cast.actor(by), Deed.ADD_BUILDING, **(told | facts)).reply


def test_a_new_building_has_a_code_that_opens_it(desk: Desk, cast: Cast) -> None:
    made = add(desk, cast, household_count=22)
    with desk.looking(RESIDENT) as act:
        assert see_place(act, made["code"]).building == "9号楼"
    assert counts(desk, cast)[1:] == (46, 94)


@pytest.mark.parametrize(
    ("by", "grid", "refusal"),
    [
        ("li", GRID1, NotAllowedError),
        ("chen", "310107022002001", NotThereError),
        ("admin", "310107022001", FactsError),
        ("admin", "x", NotThereError),
        ("wang", GRID1, NotAllowedError),
    ],
)
def test_buildings_are_added_in_reach_and_in_the_lowest_grids(
    desk: Desk, cast: Cast, by: str, grid: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        add(desk, cast, by, grid=grid)


def test_the_same_building_twice_is_a_conflict(desk: Desk, cast: Cast) -> None:
    made = add(desk, cast, "chen")
    with pytest.raises(ConflictError) as refused:
        add(desk, cast)
    assert refused.value.facts["current"] == {"building": made["building"]}


def test_a_change_on_what_is_no_longer_so_is_a_conflict(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("admin")) as act:
        seen = see_building(act, cast.code1).version
    do(desk, cast.actor("chen"), Deed.CHANGE_BUILDING, cast.code1, version=seen, floor_count=7)
    with pytest.raises(ConflictError):
        do(desk, cast.actor("admin"), Deed.CHANGE_BUILDING, cast.code1, version=seen, name="东楼")
    with desk.looking(cast.actor("audit")) as act:
        [row] = act.session.exec(select(AuditRow)).all()
    assert row.facts == {"before": {"floor_count": 6}, "after": {"floor_count": 7}}


def test_there_are_never_fewer_households_than_records(desk: Desk, cast: Cast) -> None:
    household(desk, cast)
    with pytest.raises(FactsError):
        do(desk, cast.actor("admin"), Deed.CHANGE_BUILDING, cast.code1, household_count=0)
    do(desk, cast.actor("admin"), Deed.CHANGE_BUILDING, cast.code1, household_count=20)
    assert counts(desk, cast) == (20, 20, 68)


def test_a_building_with_somebody_on_record_is_not_retired(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast)
    with pytest.raises(ConflictError) as refused:
        do(desk, cast.actor("admin"), Deed.RETIRE_BUILDING, cast.code1, words="已拆除")
    assert refused.value.facts["current"] == {"households": 1, "premises": 0}
    do(desk, cast.actor("li"), Deed.STRIKE_HOUSEHOLD, made, words="已经搬走")
    do(desk, cast.actor("admin"), Deed.RETIRE_BUILDING, cast.code1, words="已拆除")
    assert counts(desk, cast) == (0, 320, 48)
    with desk.looking(cast.actor("admin")) as act:
        view = see_building(act, str(cast.building1))
    assert (view.is_retired, view.buttons, view.codes[0].why) == (True, (), "已拆除")


def test_a_building_shows_its_doors_and_shops_masked(desk: Desk, cast: Cast) -> None:
    home, store = household(desk, cast), shop(desk, cast)
    with desk.looking(cast.actor("li")) as act:
        view = see_building(act, cast.code1)
        assert view == see_building(act, str(cast.building1))
    assert [(door.id, door.unit, door.floor, door.who) for door in view.doors] == [
        (home, "2", 3, "张**")
    ]
    assert [line.id for line in view.premises] == [store]
    assert (view.on_record_count, view.household_count) == (1, 24)


@pytest.mark.parametrize("subject", ["", "x", "0", "-1", "9" * 30, "１", "1 OR 1=1", "23456789"])
def test_a_made_up_building_is_not_there(desk: Desk, cast: Cast, subject: str) -> None:
    with desk.looking(cast.actor("admin")) as act, pytest.raises(NotThereError):
        see_building(act, subject)
    with desk.looking(RESIDENT) as act:
        assert len(act.session.exec(select(Building)).all()) == 3


def test_numbers_are_read_with_their_measure(desk: Desk, cast: Cast) -> None:
    told = {"unit_count": "2个单元", "floor_count": "１２ 层", "household_count": "48户"}
    made = add(desk, cast, **told)
    subject, admin = str(made["building"]), cast.actor("admin")
    do(desk, admin, Deed.CHANGE_BUILDING, subject, household_count="")
    with desk.looking(admin) as act:
        row = act.session.get_one(Building, int(subject))
    assert (row.unit_count, row.floor_count, row.household_count) == (2, 12, 0)


@pytest.mark.parametrize("typed", ["12户", "十二", "12.5层", "层", "", "12层半", "9" * 30])
def test_another_measure_is_no_number_of_floors(desk: Desk, cast: Cast, typed: str) -> None:
    with pytest.raises(FactsError) as refusal:
        add(desk, cast, floor_count=typed)
    assert list(refusal.value.facts["fields"]) == ["floor_count"]


def test_heads_are_taken_away_and_read_with_their_measure(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast, head_count="3口人", floor="3楼")
    with desk.looking(RESIDENT) as act:
        row = act.session.exec(select(Household)).one()
        assert (row.head_count, row.floor) == (3, 3)
    do(desk, cast.actor("li"), Deed.AMEND_HOUSEHOLD, made, head_count="")
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(Household)).one().head_count == 0
