"""Tells in SQL which cases are late, by the definition of ``domain.lateness``."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from gridapp.domain.lateness import CLOCK_OF, CaseClock
from gridapp.domain.vocabulary import Status
from gridapp.tables import Case

_BY_PAUSE: Final = frozenset(s for s, clock in CLOCK_OF.items() if clock is CaseClock.PAUSED_AT)


def late_case(now: datetime, among: Iterable[Status] = CLOCK_OF) -> ColumnElement[bool]:
    """Select the cases that are late.

    A pause lies before now, so ``due_at < now`` is true of every late case: it is said first, and
    of the statuses with a clock only, so that the index of both finds the few rows.

    Args:
        now: The present moment.
        among: Only cases in these statuses; those that are never late are left out.
    """
    statuses = sorted(frozenset(among) & CLOCK_OF.keys())
    status, due_at = col(Case.status), col(Case.due_at)
    return and_(
        status.in_(statuses),
        due_at < now,
        or_(status.not_in(sorted(_BY_PAUSE)), due_at < col(Case.paused_at)),
    )
