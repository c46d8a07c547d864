"""Resumes paused cases whose date has come, by itself (到期恢复)."""

from typing import Final
from uuid import uuid5

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.bad_rows import do_each
from gridapp.services.cases.hold import resume_row
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.tables import Case

_WORDS: Final = "到了约定的时间，自动恢复办理。"


def resume_due(act: Act) -> int:
    """Resume each as of the moment that was promised; gives how many."""
    due = select(Case).where(col(Case.status) == Status.PAUSED, col(Case.resume_at) <= act.now)
    rows: list[Case] = list(act.session.execute(due).scalars())
    return do_each(act, "cases to resume", rows, lambda row: _resume(act, row))


def _resume(act: Act, row: Case) -> bool:
    assert row.resume_at is not None
    order = Order(Deed.RESUME, uid=uuid5(row.uid, f"resume/{row.resume_at.isoformat()}"))
    try:
        with act.session.begin_nested():
            resume_row(act, row, order, _WORDS, row.resume_at)
    except ConflictError:
        return False  # a person is at it just now; the next round looks again
    return True
