"""A changed rule holds from its day on, in every worker; what was promised stays promised."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.orders import Order
from gridapp.services.people.actor import SYSTEM
from gridapp.services.rules.book import the_book
from gridapp.services.rules.put import put_in_force
from gridapp.tables import Case, Category
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import TOLD, a_case, do, doer, report

pytestmark = pytest.mark.both_databases

# Noon is on Wednesday 10 June 2026, 12:00 in Beijing.
TODAY, FRIDAY = date(2026, 6, 10), date(2026, 6, 12)


def change(desk: Desk, cast: Cast, on: date | None = None, code: str = "lamp", **told: Any) -> Any:
    facts = told | ({"from_on": on.isoformat()} if on else {})
    return do(desk, cast.actor("admin"), Deed.CHANGE_CATEGORY, code, **facts).reply


def promises(desk: Desk) -> list[tuple[Any, ...]]:
    """Give what was promised of every case, by the day they came."""
    with desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(Case).order_by(col(Case.id))).all()
        return [
            (r.due_at, r.first_due_at, r.due_limit, r.due_provisional, r.step_due_at) for r in rows
        ]


def limit_of_next(desk: Desk, cast: Cast, **facts: Any) -> str:
    report(desk, cast, **facts)
    return str(promises(desk)[-1][2])


def test_no_promise_made_before_is_touched(desk: Desk, cast: Cast, clock: Clock) -> None:
    for status in (Status.REPORTED, Status.TAKEN, Status.PAUSED, Status.CLOSED):
        a_case(desk, cast, status)
    before = promises(desk)
    change(desk, cast, whole_limit="1h", accept_limit="1h", take_limit="1h", handle_limit="1h")
    change(desk, cast, FRIDAY, urgency="critical")
    do(desk, cast.actor("admin"), Deed.CHANGE_URGENCY, "ordinary", whole_limit="1wd")
    clock.forward(days=3)
    with desk.acting(SYSTEM) as act:
        assert put_in_force(act) == 1
    assert promises(desk) == before


def test_a_change_holds_from_its_day_on_and_not_an_instant_before(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    change(desk, cast, FRIDAY, whole_limit="2wd")
    assert limit_of_next(desk, cast) == "7wd"
    clock.moment = datetime.fromisoformat("2026-06-11T23:59:59+08:00")
    assert limit_of_next(desk, cast) == "7wd"
    clock.forward(seconds=1)
    assert limit_of_next(desk, cast) == "2wd"  # no job has gone its round yet


def test_a_change_of_today_holds_at_once(desk: Desk, cast: Cast) -> None:
    change(desk, cast, whole_limit="3 个工作日", urgency="urgent")
    assert limit_of_next(desk, cast) == "3wd"
    assert limit_of_next(desk, cast, category="noise") == "7wd"


def test_two_changes_planned_apart_add_up(desk: Desk, cast: Cast, clock: Clock) -> None:
    change(desk, cast, FRIDAY + timedelta(days=7), name="路灯")
    change(desk, cast, FRIDAY, whole_limit="2wd")
    clock.forward(days=10)
    with desk.acting(SYSTEM) as act:
        assert (put_in_force(act), put_in_force(act)) == (2, 0)
        row = act.session.exec(select(Category).where(Category.code == "lamp")).one()
        assert (row.name, row.whole_limit) == ("路灯", "2wd")


def test_the_steps_of_a_case_go_on_by_the_rules_of_its_report(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    old = a_case(desk, cast, Status.ACCEPTED)
    clock.forward(minutes=1)
    change(desk, cast, take_limit="1h")
    clock.forward(minutes=1)
    new = a_case(desk, cast, Status.ACCEPTED)
    for case in (old, new):
        do(desk, cast.actor("wang"), Deed.DISPATCH, case.no, unit="szs")
    by_old, by_new = [row[4] for row in promises(desk)]
    assert by_new == clock() + timedelta(hours=1)
    assert by_old == datetime.fromisoformat("2026-06-11T09:00:00+08:00")  # 4 work hours


def test_what_is_reopened_is_promised_by_the_rules_of_that_day(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    change(desk, cast, whole_limit="24h", take_limit="2h")
    clock.forward(hours=1)
    do(desk, doer(cast, Deed.REOPEN, case.track), Deed.REOPEN, case.no, **TOLD[Deed.REOPEN])
    assert promises(desk)[0][:3:2] == (clock() + timedelta(hours=24), "24h")
    do(desk, cast.actor("wang"), Deed.ACCEPT, case.no)
    do(desk, cast.actor("wang"), Deed.DISPATCH, case.no, unit="szs")
    assert promises(desk)[0][4] == clock() + timedelta(hours=2)


def test_an_urgency_without_own_limits_gives_its_items_what_it_says(desk: Desk, cast: Cast) -> None:
    do(desk, cast.actor("admin"), Deed.CHANGE_URGENCY, "ordinary", whole_limit="5wd")
    assert limit_of_next(desk, cast) == "5wd"
    assert limit_of_next(desk, cast, category="water") == "24h"


def test_another_worker_sees_a_change_with_its_next_deed(
    own_desk: Desk, cast: Cast, clock: Clock
) -> None:
    other = Desk(own_desk.engine, own_desk.files, own_desk.settings, clock)
    assert limit_of_next(other, cast) == "7wd"
    change(own_desk, cast, whole_limit="4wd")
    assert limit_of_next(other, cast) == "4wd"
    change(other, cast, whole_limit="6wd")
    assert limit_of_next(own_desk, cast) == "6wd"


def test_a_change_that_was_rolled_back_is_remembered_by_nobody(own_desk: Desk, cast: Cast) -> None:
    order = Order(Deed.CHANGE_CATEGORY, "lamp", {"whole_limit": "1wd"}, uid=uuid4())
    with own_desk.acting(cast.actor("admin")) as act:
        do_deed(act, order)
        assert the_book(act).changes
        act.session.rollback()
    assert limit_of_next(own_desk, cast) == "7wd"
