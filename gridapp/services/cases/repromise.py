"""Computes provisional promises again once their year's holidays are known (重算期限)."""

from dataclasses import dataclass, replace

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.promising import Standing, promise_of
from gridapp.domain.vocabulary import Status
from gridapp.domain.workcalendar import WorkCalendar
from gridapp.domain.workflow import OPEN
from gridapp.services.bad_rows import do_each
from gridapp.services.calendar.promises import promised_values
from gridapp.services.calendar.town import town_calendar
from gridapp.services.cases.events import events_of
from gridapp.services.desk import Act
from gridapp.tables import Case


@dataclass(frozen=True)
class PromisesAgain:
    """How many promises would become firm, and how many of them earlier; none ever later."""

    provisional_count: int
    firm_count: int
    earlier_count: int


def promise_cases_again(act: Act) -> int:
    """Make provisional promises firm, never later than promised; gives how many.

    Each is computed again from the case's whole history; what a person has granted stays.
    """
    rows = _provisional(act)
    return do_each(act, "cases to promise again", rows, lambda row: _promise(act, row))


def foresee_promises(act: Act, calendar: WorkCalendar) -> PromisesAgain:
    """Tell what another calendar would make of the provisional promises, and change nothing."""
    rows = _provisional(act)
    firm = earlier = 0
    for row in rows:
        again = _again(act, row, calendar)
        firm += not again.provisional
        earlier += not again.provisional and again.due_at < row.due_at
    return PromisesAgain(len(rows), firm, earlier)


def _provisional(act: Act) -> list[Case]:
    found = select(Case).where(
        col(Case.due_provisional), col(Case.status).in_(OPEN - {Status.PAUSED})
    )
    return list(act.session.execute(found).scalars())


def _again(act: Act, row: Case, calendar: WorkCalendar) -> Standing:
    """Compute a promise again; what was told to the reporter is kept where it was earlier."""
    again = promise_of(events_of(act, row), calendar)
    return replace(again, due_at=min(again.due_at, row.due_at), missed_at=row.missed_at)


def _promise(act: Act, row: Case) -> bool:
    again = _again(act, row, town_calendar(act))
    if again.provisional:
        return False
    step_due_at = min(row.step_due_at, again.due_at) if row.step_due_at else None
    done = act.session.execute(
        update(Case)
        .where(col(Case.id) == row.id, col(Case.version) == row.version)
        .values(step_due_at=step_due_at, **promised_values(again))
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1
