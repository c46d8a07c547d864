"""Late in SQL is late in Python, and every count of the late is the same count."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from gridapp.domain.lateness import is_late
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.areas.map import see_map
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.lateness import late_case
from gridapp.services.people.open_work import see_open_work
from gridapp.services.stats.overview import overview
from gridapp.services.units.retire import see_unit_work
from gridapp.tables import Case
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import TOLD, a_case, do

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.both_databases


def test_the_sql_says_of_every_status_and_moment_what_the_rule_says(desk: Desk, cast: Cast) -> None:
    case_id = int(a_case(desk, cast).no[6:])
    for status in Status:
        for due in (-HOUR, timedelta(), HOUR):
            for paused in (None, -2 * HOUR, -HOUR / 2):
                check(desk, case_id, status, due, paused)


def check(
    desk: Desk, case_id: int, status: Status, due: timedelta, paused: timedelta | None
) -> None:
    paused_at = NOON + paused if paused is not None else None
    with desk.acting(RESIDENT) as act:
        values = {"status": status, "due_at": NOON + due, "paused_at": paused_at}
        act.session.execute(update(Case).where(col(Case.id) == case_id).values(**values))
        found = act.session.execute(select(col(Case.id)).where(late_case(NOON))).all()
    rule = is_late(status, NOON + due, paused_at=paused_at, now=NOON)
    assert bool(found) is rule, (status, due, paused)


@pytest.fixture
def late_town(desk: Desk, cast: Cast, clock: Clock) -> None:
    """Late: one taken, one paused after its moment. Not late: handled, and paused before it."""
    cases = [a_case(desk, cast, Status.TAKEN, category="water") for _ in range(4)]
    do(desk, cast.actor("wang"), Deed.PAUSE, cases[0].no, **TOLD[Deed.PAUSE])
    clock.forward(hours=25)
    do(desk, cast.actor("wang"), Deed.PAUSE, cases[1].no, **TOLD[Deed.PAUSE])
    do(desk, cast.actor("dept"), Deed.HANDLE, cases[2].no, **TOLD[Deed.HANDLE])
    clock.forward(hours=1)


@pytest.mark.usefixtures("late_town")
def test_lists_map_figures_and_handovers_count_the_same_late_ones(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("leader")) as act:
        listed = list_cases(act, CaseFilter(due="late")).total
        figure = overview(act, date(2026, 6, 1), date(2026, 6, 30)).overdue_count
        mapped = see_map(act, "310107022")
    with desk.looking(cast.actor("admin")) as act:
        unit = see_unit_work(act, cast.unit).late_count
        leaving = sum(work.late_count for work in see_open_work(act, cast.dept))
    points = sum(f["properties"].get("late", False) for f in mapped.features)
    counted = sum(count.late_count for count in mapped.grids)
    assert (listed, figure, points, counted, unit, leaving) == (2,) * 6
