"""Computes provisional promises again once their year's holidays are known (重算期限)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.deadlines import promise_again
from gridapp.domain.vocabulary import Deed, Status
from gridapp.domain.workcalendar import WorkCalendar
from gridapp.domain.workflow import OPEN
from gridapp.services.bad_rows import do_each
from gridapp.services.calendar.promises import limit_of_row
from gridapp.services.calendar.town import town_calendar
from gridapp.services.desk import Act
from gridapp.tables import Case, CaseStep


@dataclass(frozen=True)
class PromisesAgain:
    """How many promises would become firm, and how many of them earlier; none ever later."""

    provisional_count: int
    firm_count: int
    earlier_count: int


def promise_cases_again(act: Act) -> int:
    """Make provisional promises firm, never later than promised; gives how many.

    A due moment that a person has moved since (an extension, a pause) stays as it is.
    """
    rows = _provisional(act)
    return do_each(act, "cases to promise again", rows, lambda row: _promise(act, row))


def foresee_promises(act: Act, calendar: WorkCalendar) -> PromisesAgain:
    """Tell what another calendar would make of the provisional promises, and change nothing."""
    rows = _provisional(act)
    firm = earlier = 0
    for row in rows:
        start_at, was_moved = _start_of(act, row)
        again = promise_again(row.due_at, start_at, limit_of_row(row), calendar)
        firm += not again.provisional
        earlier += not again.provisional and not was_moved and again.due_at < row.due_at
    return PromisesAgain(len(rows), firm, earlier)


def _provisional(act: Act) -> list[Case]:
    found = select(Case).where(
        col(Case.due_provisional), col(Case.status).in_(OPEN - {Status.PAUSED})
    )
    return list(act.session.execute(found).scalars())


def _promise(act: Act, row: Case) -> bool:
    start_at, was_moved = _start_of(act, row)
    again = promise_again(row.due_at, start_at, limit_of_row(row), town_calendar(act))
    if again.provisional:
        return False
    values: dict[str, Any] = {"due_provisional": False}
    if not was_moved:
        step_due_at = min(row.step_due_at, again.due_at) if row.step_due_at else None
        values |= {"due_at": again.due_at, "step_due_at": step_due_at}
    done = act.session.execute(
        update(Case)
        .where(col(Case.id) == row.id, col(Case.version) == row.version)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def _start_of(act: Act, row: Case) -> tuple[datetime, bool]:
    """Tell since when the promise runs, and whether a person has moved it since."""
    told = (Deed.REOPEN, Deed.PAUSE, Deed.EXTEND)
    steps = act.session.execute(
        select(col(CaseStep.deed), col(CaseStep.at))
        .where(col(CaseStep.case_id) == row.id, col(CaseStep.deed).in_(told))
        .order_by(col(CaseStep.id))
    ).all()
    start_at, was_moved = row.reported_at, False
    for deed, at in steps:
        start_at, was_moved = (at, False) if deed is Deed.REOPEN else (start_at, True)
    return start_at, was_moved
