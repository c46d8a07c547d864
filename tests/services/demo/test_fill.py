"""A filled demo: everyone who signs in finds something to do, and the town goes on from there."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.vocabulary import GridKind, GridLevel, Status
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.demo.areas import lay_areas, spread
from gridapp.services.demo.ensure import ensure_demo
from gridapp.services.demo.fill import TownNotEmptyError, fill_demo
from gridapp.services.demo.people import KNOWN
from gridapp.services.demo.sizes import EXTENTS, Size
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.sign_in import sign_in
from gridapp.services.town import is_demo
from gridapp.tables import BuildingCode, Case, Grid, Person, Post
from random import Random
from tests.clock import NOON

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


def count(desk: Desk, table: type, *where: object) -> int:
    with desk.looking(SYSTEM) as act:
        found: int = act.session.execute(
            select(func.count()).select_from(table).where(*where)
        ).scalar_one()
        return found
