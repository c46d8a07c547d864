"""What the migration builds of the steps is what deeds write, and it says what it changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, update
from sqlmodel import SQLModel, col

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.calendar.town import copy_published
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.store import migrate as migrations
from gridapp.services.store.migrate import downgrade, migrate
from gridapp.tables import AuditRow, Case, CaseLife
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import TOLD, a_case, do

SCRIPTS = ScriptDirectory(str(migrations.SCRIPTS))
BEFORE = str(SCRIPTS.get_revision("0030_case_lives").down_revision)
DAY = timedelta(days=1)


def rows(desk: Desk, table: type[SQLModel], *hidden: str) -> list[dict[str, Any]]:
    with desk.looking(RESIDENT) as act:
        columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
        found = act.session.execute(select(*columns).order_by(columns["id"])).mappings()
        return [{name: row[name] for name in row if name not in hidden} for row in found]


def again(desk: Desk) -> None:
    """Go back to where nothing was known of lives, and up again."""
    downgrade(desk.engine, BEFORE)
    migrate(desk.engine)


@pytest.fixture
def lived(own_desk: Desk, cast: Cast, clock: Clock) -> str:
    """Live through a late extension, a rework, an offline deed, a reopening; gives its number."""
    with own_desk.acting(RESIDENT) as act:
        copy_published(act, [2026])
    wang, dept = cast.actor("wang"), cast.actor("dept")
    late, redone, closed = (a_case(own_desk, cast, Status.TAKEN, category="water") for _ in "123")
    for case in (redone, closed):
        do(own_desk, dept, Deed.HANDLE, case.no, **TOLD[Deed.HANDLE])
    do(own_desk, cast.actor("zhao"), Deed.VERIFY, closed.no)
    do(own_desk, wang, Deed.CLOSE, closed.no)
    clock.forward(days=2)
    do(own_desk, wang, Deed.EXTEND, late.no, to=(clock.moment + DAY).isoformat())
    do(own_desk, cast.actor("zhao"), Deed.REDO, redone.no, words="还在漏")
    done_at = clock.moment - timedelta(hours=1)
    clock.forward(hours=1)
    do(own_desk, dept, Deed.HANDLE, late.no, done_at=done_at, **TOLD[Deed.HANDLE])
    reporter = Actor(track=closed.track)
    do(own_desk, reporter, Deed.RATE, satisfaction="dissatisfied")
    do(own_desk, reporter, Deed.REOPEN, closed.no, words="又漏了")
    return closed.no


def test_lives_and_moments_are_those_that_deeds_would_have_written(
    own_desk: Desk, lived: str
) -> None:
    deeds = rows(own_desk, Case), rows(own_desk, CaseLife, "id")
    again(own_desk)
    assert (rows(own_desk, Case), rows(own_desk, CaseLife, "id")) == deeds
    assert lived
    said = rows(own_desk, AuditRow)[-1]
    assert said["facts"] == {
        "lives_ended_by_a_reopening": 1, "missed_before_more_time_was_granted": 1,
    }  # fmt: skip


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_promise_counted_from_the_first_report_is_put_right_and_told(
    own_desk: Desk, cast: Cast, clock: Clock, lived: str
) -> None:
    do(own_desk, cast.actor("wang"), Deed.ACCEPT, lived, urgency="critical")
    wrong, right = NOON + timedelta(hours=2), clock.moment + timedelta(hours=2)
    put(own_desk, lived, due_at=wrong)
    again(own_desk)
    assert rows(own_desk, Case)[-1]["due_at"] == right
    said = [row for row in rows(own_desk, AuditRow) if row["subject"] == f"case:{lived}"][-1]
    assert said["facts"] == {"due_was": wrong.isoformat(), "due_now": right.isoformat()}


def put(desk: Desk, no: str, **values: datetime) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.execute(update(Case).where(col(Case.id) == int(no[6:])).values(**values))


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_what_was_done_offline_counts_when_it_was_done(
    own_desk: Desk, clock: Clock, lived: str
) -> None:
    first = rows(own_desk, Case)[0]
    put(own_desk, f"{lived[:6]}{first['id']:05d}", handled_at=clock.moment)
    again(own_desk)
    assert rows(own_desk, Case)[0] == first
    assert rows(own_desk, AuditRow)[-1]["facts"]["handled_at_moved_to_when_it_was_done"] == 1
