"""Warns about running cases of which 75 % of the limit has passed (预警)."""

from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.deadlines import warn_moment
from gridapp.domain.lateness import RUNNING
from gridapp.domain.message_words import due_soon_words
from gridapp.services.bad_rows import do_each, readable
from gridapp.services.calendar.promises import limit_of_row
from gridapp.services.calendar.town import town_calendar
from gridapp.services.case_access import case_no_of, is_let_in
from gridapp.services.desk import Act
from gridapp.services.outbox import promise_sms
from gridapp.tables import Case, Person

# No limit's last quarter is longer, holidays included; what is due later is not looked at.
_HORIZON: Final = timedelta(days=60)


def warn_cases(act: Act) -> int:
    """Warn once about each, and tell whoever holds it; gives how many.

    The version stays: a deed done offline is not refused because of a warning.
    """
    calendar = town_calendar(act)
    near = select(Case).where(
        is_let_in(),
        col(Case.status).in_(RUNNING),
        col(Case.warned_at).is_(None),
        col(Case.due_at) <= act.now + _HORIZON,
    )
    rows: list[Case] = list(act.session.execute(near).scalars())

    def is_due(row: Case) -> tuple[Case, bool]:
        return row, act.now >= warn_moment(row.due_at, limit_of_row(row), calendar)

    due = [row for row, is_due in readable("cases to warn of", rows, is_due) if is_due]
    return do_each(act, "cases to warn of", due, lambda row: _warn(act, row))


def _warn(act: Act, row: Case) -> bool:
    done = act.session.execute(
        update(Case)
        .where(col(Case.id) == row.id, col(Case.warned_at).is_(None))
        .values(warned_at=act.now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        return False
    holder = act.session.get(Person, row.holder_id) if row.holder_id else None
    if holder is not None:
        words = due_soon_words(case_no_of(row))
        promise_sms(act, holder.duty_phone or holder.phone, words, case_id=row.id)
    return True
