"""Promises for cases: the whole limit for the reporter, and the step's for the one at work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gridapp.domain.deadlines import (
    URGENCY_LIMITS,
    Limit,
    Limits,
    parse_limit,
    promise,
    step_due,
)
from gridapp.domain.vocabulary import Urgency
from gridapp.services.calendar.town import town_calendar
from gridapp.services.desk import Act
from gridapp.tables import Case


@dataclass(frozen=True)
class CasePromise:
    """The due moment of a whole case, its limit as written, and the first step's due moment."""

    due_at: datetime
    limit: Limit
    provisional: bool
    step_due_at: datetime


class HasLimit(Protocol):
    """A category's row, or whatever stands in for it."""

    @property
    def urgency(self) -> Urgency:
        """How soon such a case must be answered."""

    @property
    def whole_limit(self) -> str:
        """Its own limit, written ``4wh``, or empty."""


def limits_of(category: HasLimit | None, urgency: Urgency) -> Limits:
    """Give the limits of a case: the urgency's, with the category's own whole limit if any.

    The category's own limit holds while the case has the category's urgency: a case raised to a
    higher urgency takes that urgency's limits.
    """
    limits = URGENCY_LIMITS[urgency]
    own = parse_limit(category.whole_limit) if category and category.urgency is urgency else None
    return Limits(limits.accept, limits.take, limits.handle, own) if own else limits


def promise_case(
    act: Act, category: HasLimit | None, urgency: Urgency, start_at: datetime
) -> CasePromise:
    """Promise a new case, counted from the moment it was reported."""
    calendar = town_calendar(act)
    limits = limits_of(category, urgency)
    whole = promise(start_at, limits.whole, calendar)
    first = step_due(start_at, limits.accept, whole.due_at, calendar)
    return CasePromise(whole.due_at, limits.whole, whole.provisional, first)


def limit_of_row(row: Case) -> Limit:
    """Give the limit a case was promised by."""
    return parse_limit(row.due_limit) or URGENCY_LIMITS[row.urgency].whole


def step_due_for(act: Act, row: Case, limit: Limit) -> datetime:
    """Give the due moment of a step that begins now."""
    return step_due(act.now, limit, row.due_at, town_calendar(act))
