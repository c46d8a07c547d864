"""Departments are added, changed, given grids and retired; nothing open is left behind."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.units.lists import UnitView, list_units, see_unit
from gridapp.tables import Case, CaseStep, Category, Post
from tests.cast import Cast
from tests.makers import a_case, do

CITY: dict[str, Any] = {
    "code": "cgd",
    "name": "城管中队",
    "phone": "021-5273 0009",
    "street": "310107022",
}


def unit(desk: Desk, cast: Cast, unit_id: int) -> UnitView:
    with desk.looking(cast.actor("admin")) as act:
        return see_unit(act, unit_id)


def add(desk: Desk, cast: Cast) -> int:
    done = do(desk, cast.actor("admin"), Deed.ADD_UNIT, **CITY)
    found: int = done.reply["unit"]
    return found


def test_a_department_is_added_and_renamed(desk: Desk, cast: Cast) -> None:
    added = str(add(desk, cast))
    told: dict[str, Any] = {"name": "综合行政执法队", "phone": ""}
    do(desk, cast.actor("admin"), Deed.CHANGE_UNIT, added, version=1, **told)
    with desk.looking(cast.actor("admin")) as act:
        rows = [(row.code, row.name, row.cases_count) for row in list_units(act, "执法")]
    assert rows == [("cgd", "综合行政执法队", 0)]
    with pytest.raises(ConflictError):
        do(desk, cast.actor("admin"), Deed.CHANGE_UNIT, added, version=1, **told)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "szs"}, "code"),
        ({"name": "市政所"}, "name"),
        ({"phone": "12"}, "phone"),
        ({"street": "9"}, "grid"),
        ({"street": ""}, "street"),
        ({"code": "城管"}, "code"),
    ],
)
def test_a_wrong_department_is_named(
    desk: Desk, cast: Cast, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(FactsError) as refusal:
        do(desk, cast.actor("admin"), Deed.ADD_UNIT, **CITY | told)
    assert list(refusal.value.facts["fields"]) == [field]


def test_a_department_looks_after_grids_of_its_street(desk: Desk, cast: Cast) -> None:
    admin, subject = cast.actor("admin"), str(cast.unit)
    do(desk, admin, Deed.ASSIGN_UNIT, subject, grids=["310107022001001", "310107022001002"])
    do(desk, admin, Deed.ASSIGN_UNIT, subject, grids=["310107022001002"])
    assert [grid.name for grid in unit(desk, cast, cast.unit).grids] == ["南大街第二网格"]
    with pytest.raises(FactsError):
        do(desk, admin, Deed.ASSIGN_UNIT, subject, grids=["310107005001001"])


def test_open_work_needs_a_successor(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.TAKEN)
    assert unit(desk, cast, cast.unit).work.cases_count == 1
    with pytest.raises(FactsError) as refusal:
        do(desk, cast.actor("admin"), Deed.RETIRE_UNIT, str(cast.unit), words="机构改革")
    assert list(refusal.value.facts["fields"]) == ["to"]


def test_what_is_open_goes_to_the_successor_and_says_so(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.TAKEN)
    with desk.acting(SYSTEM) as act:
        category = act.session.exec(select(Category).where(Category.code == "lamp")).one()
        category.unit_id = cast.unit
    do(desk, cast.actor("admin"), Deed.ASSIGN_UNIT, str(cast.unit), grids=["310107022001001"])
    to = add(desk, cast)
    told: dict[str, Any] = {"to": "cgd", "words": "机构改革"}
    with pytest.raises(FactsError, match="「城管中队」现在没有经办人在岗") as refusal:
        do(desk, cast.actor("admin"), Deed.RETIRE_UNIT, str(cast.unit), version=2, **told)
    assert list(refusal.value.facts["fields"]) == ["to"]
    with desk.acting(SYSTEM) as act:
        officer = act.session.exec(select(Post).where(Post.person_id == cast.dept)).one()
        act.session.add(
            Post(
                person_id=cast.sun, grid_id=officer.grid_id, unit_id=to, role=officer.role,
                title="经办人", from_on=officer.from_on,
            )
        )  # fmt: skip
    do(desk, cast.actor("admin"), Deed.RETIRE_UNIT, str(cast.unit), version=2, **told)
    view = unit(desk, cast, to)
    assert (view.work.cases_count, len(view.categories), len(view.grids)) == (1, 1, 1)
    with desk.looking(SYSTEM) as act:
        case = act.session.exec(select(Case)).one()
        step = act.session.exec(select(CaseStep).order_by(col(CaseStep.id).desc())).first()
        officer = act.session.exec(select(Post).where(Post.person_id == cast.dept)).one()
    assert (case.unit_id, case.holder_id, str(officer.to_on)) == (to, None, "2026-06-10")
    assert step is not None
    assert step.words == "市政所撤销，转由城管中队办理"


def test_what_is_retired_stays_so(desk: Desk, cast: Cast) -> None:
    do(desk, cast.actor("admin"), Deed.RETIRE_UNIT, str(cast.unit), words="机构改革")
    changed: dict[str, Any] = {"name": "市政管理所"}
    again: dict[str, Any] = {"words": "机构改革"}
    for deed, told in ((Deed.RETIRE_UNIT, again), (Deed.CHANGE_UNIT, changed)):
        with pytest.raises(ConflictError):
            do(desk, cast.actor("admin"), deed, str(cast.unit), **told)


@pytest.mark.parametrize("name", ["sec", "audit", "wang", "dept", "leader"])
def test_nobody_else_touches_departments(desk: Desk, cast: Cast, name: str) -> None:
    for deed, told in ((Deed.ADD_UNIT, CITY), (Deed.RETIRE_UNIT, {"words": "机构改革"})):
        with pytest.raises(NotAllowedError):
            do(desk, cast.actor(name), deed, str(cast.unit), **told)
    with desk.looking(cast.actor("admin")) as act, pytest.raises(NotThereError):
        see_unit(act, 999)
