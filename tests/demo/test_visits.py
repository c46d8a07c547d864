"""The demo's workers have households to visit, and their past is one that visits would make."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from gridapp.demo.ensure import ensure_demo
from gridapp.demo.sizes import Size
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.visits.lists import HouseholdFilter, list_households
from gridapp.services.visits.read import list_diary
from gridapp.tables import ContactHousehold, Visit
from tests.demo.test_fill import known


@pytest.fixture
def demo_desk(bare_desk: Desk) -> Desk:
    """A desk at a hamlet."""
    ensure_demo(bare_desk, size=Size.HAMLET, say=lambda _words: None)
    return bare_desk


def test_workers_find_visits_to_pay_and_each_household_stands_where_its_last_one_left_it(
    demo_desk: Desk,
) -> None:
    for login in ("li", "qian"):
        with demo_desk.looking(known(demo_desk, login)) as act:
            assert list_households(act, HouseholdFilter(due=True)).items
            assert list_diary(act).items
    asked = (
        select(col(ContactHousehold.id), col(ContactHousehold.next_on), col(Visit.next_on))
        .join(Visit, col(Visit.household_id) == col(ContactHousehold.id))
        .order_by(col(Visit.visited_on))
    )
    with demo_desk.looking(RESIDENT) as act:
        rows = act.session.execute(asked).all()
    stands = {household: next_on for household, next_on, _ in rows}
    assert stands == {household: told for household, _, told in rows}
