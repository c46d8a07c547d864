"""A filled demo: everyone who signs in finds something to do, and the town goes on from there."""

from collections import Counter
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.demo.areas import lay_areas, spread
from gridapp.demo.ensure import ensure_demo
from gridapp.demo.fill import TownNotEmptyError, fill_demo
from gridapp.demo.people import KNOWN
from gridapp.demo.sizes import EXTENTS, Size
from gridapp.domain.codes import is_building_code
from gridapp.domain.vocabulary import GridKind, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.patrols.coverage import see_coverage
from gridapp.services.patrols.see_nights import see_nights
from gridapp.services.patrols.see_points import see_points
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.sign_in import sign_in
from gridapp.services.town import is_demo
from gridapp.tables import BuildingCode, Case, Person
from tests.clock import NOON

CHANCE = Random(1)  # noqa: S311 - the same draw every time
PASSWORD = "grid-demo-2026"


@pytest.fixture
def demo_desk(bare_desk: Desk) -> Desk:
    assert ensure_demo(bare_desk, size=Size.HAMLET, say=lambda _words: None)
    return bare_desk


def known(desk: Desk, login: str) -> Actor:
    with desk.looking(SYSTEM) as act:
        found = select(col(Person.id)).where(col(Person.login) == login)
        actor = actor_of(act.session, act.session.execute(found).scalar_one(), act.now)
    assert actor is not None
    return actor


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_every_demo_person_signs_in_with_the_demo_password(demo_desk: Desk) -> None:
    signed_in = {login: sign_in(demo_desk, login, PASSWORD).actor for login in KNOWN}

    assert {login: actor.name for login, actor in signed_in.items() if actor.posts} == {
        login: told.name for login, told in KNOWN.items()
    }


TO_DO = (
    ("li", CaseFilter(statuses=("dispatched",), mine=True)),
    ("li", CaseFilter(statuses=("taken",), mine=True)),
    ("li", CaseFilter(statuses=("reported",))),
    ("qian", CaseFilter(statuses=("dispatched",), mine=True)),
    ("chen", CaseFilter(statuses=("taken",))),
    ("dept", CaseFilter(statuses=("dispatched",), mine=True)),
    ("dept", CaseFilter(statuses=("taken",), mine=True)),
    ("wang", CaseFilter(statuses=("reported",))),
    ("wang", CaseFilter(statuses=("accepted",))),
    ("wang", CaseFilter(statuses=("verified",))),
    ("wang", CaseFilter(statuses=("paused",))),
    ("wang", CaseFilter(due="late")),
    ("zhao", CaseFilter(statuses=("handled",))),
    ("sun", CaseFilter(statuses=("closed",))),
)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_everyone_finds_something_to_do(demo_desk: Desk) -> None:
    idle = []
    for login, asked in TO_DO:
        with demo_desk.looking(known(demo_desk, login)) as act:
            if not list_cases(act, asked).items:
                idle.append((login, asked))

    assert not idle


def test_the_town_goes_on_from_the_demo(demo_desk: Desk) -> None:
    with demo_desk.looking(RESIDENT) as act:
        assert is_demo(act)
        code = act.session.execute(select(col(BuildingCode.code))).scalars().first()
        before = act.session.execute(select(func.max(col(Case.id)))).scalar_one()

    with demo_desk.acting(RESIDENT) as act:
        report_case(act, uuid4(), ReportFacts(at=code, text="路灯不亮", category="street_lamp"))

    with demo_desk.looking(RESIDENT) as act:
        assert act.session.execute(select(func.max(col(Case.id)))).scalar_one() == before + 1


def test_a_demo_is_found_by_words_in_chinese(demo_desk: Desk) -> None:
    with demo_desk.looking(known(demo_desk, "wang")) as act:
        found = list_cases(act, CaseFilter(q="路灯"))

    assert found.items
    assert all("路灯" in card.headline for card in found.items)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_town_with_people_in_it_is_left_alone(own_desk: Desk) -> None:
    assert not ensure_demo(own_desk, size=Size.HAMLET, say=lambda _words: None)

    with own_desk.acting(SYSTEM) as act, pytest.raises(TownNotEmptyError):
        fill_demo(act, Size.HAMLET, seed=1, password=PASSWORD)


def test_the_street_has_the_areas_of_a_real_one() -> None:
    areas = lay_areas(EXTENTS[Size.STREET], CHANCE, NOON)

    told = Counter((row["level"], row["kind"]) for row in areas.grids)
    homes, micro, grid = GridKind.RESIDENTIAL, GridLevel.MICRO, GridLevel.GRID
    assert told[GridLevel.COMMUNITY, homes] == 12
    assert (told[grid, homes], told[grid, GridKind.DEDICATED], told[micro, homes]) == (97, 34, 676)
    assert {"南大街社区", "真北新村第一社区"} <= {row["name"] for row in areas.grids}


def test_codes_and_names_stand_for_one_area_and_one_building() -> None:
    areas = lay_areas(EXTENTS[Size.DISTRICT], CHANCE, NOON)

    for rows, name in ((areas.grids, "code"), (areas.grids, "path"), (areas.codes, "code")):
        assert len({row[name] for row in rows}) == len(rows)
    at_home = [place.name for place in areas.places]
    assert len(set(at_home)) == len(at_home)
    assert all(is_building_code(row["code"]) for row in areas.codes)


def test_a_number_is_shared_out_evenly() -> None:
    assert spread(34, 12) == [3] * 10 + [2] * 2


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_there_is_something_to_patrol_today_and_tonight(demo_desk: Desk) -> None:
    with demo_desk.looking(known(demo_desk, "li")) as act:
        points, nights = see_points(act), see_nights(act)
    assert len(points) >= 4
    assert any(point.due_on <= beijing_date(NOON) for point in points)
    assert nights[0].is_mine
    with demo_desk.looking(known(demo_desk, "chen")) as act:
        view = see_coverage(act, date(2026, 6, 1), date(2026, 6, 10))
    assert 0 < view.kept_count < view.due_count
