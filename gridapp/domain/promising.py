"""The promise of a case, computed from its history: one function for whatever moves a due moment.

A history begins with the report, and anew with each reopening. An amendment counts from that
beginning by the limit put right; a pause shifts; an extension sets another due moment. Each deed
carries the standing of its case one event further, and the whole history gives the same.

A miss stays a miss: a due moment that had passed when it was moved is kept in ``missed_at``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gridapp.domain.deadlines import Limit, LimitUnit, after_pause, promise
from gridapp.domain.workcalendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Begun:
    """A case was reported or reopened, and promised by a limit."""

    at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class Amended:
    """Category or urgency were put right, and with them the limit."""

    at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stood still; told when it goes on."""

    at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """More time was granted."""

    at: datetime
    to: datetime


CaseEvent = Begun | Amended | Paused | Extended


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands.

    Args:
        start_at: From when it is counted.
        limit: By what.
        due_at: Until when the handler has time now.
        provisional: Whether it reaches into a year whose holidays are unknown.
        missed_at: The due moment that had passed when it was moved; the first such of this life.
        moves: The pauses and extensions so far, which an amendment applies again.
    """

    start_at: datetime
    limit: Limit
    due_at: datetime
    provisional: bool = False
    missed_at: datetime | None = None
    moves: tuple[Paused | Extended, ...] = ()

    @property
    def judged_at(self) -> datetime:
        """The due moment by which the promise is judged."""
        return self.missed_at or self.due_at


def promise_of(history: Sequence[CaseEvent], calendar: WorkCalendar) -> Standing:
    """Compute how a promise stands from the whole history of a case, the earliest event first."""
    first, *rest = history
    assert isinstance(first, Begun), "a history begins with a report"
    standing = begin_promise(first.at, first.limit, calendar)
    for event in rest:
        standing = promise_after(standing, event, calendar)
    return standing


def begin_promise(at: datetime, limit: Limit, calendar: WorkCalendar) -> Standing:
    """Promise what was reported or reopened at a moment."""
    due = promise(at, limit, calendar)
    return Standing(at, limit, due.due_at, due.provisional)


def promise_after(standing: Standing, event: CaseEvent, calendar: WorkCalendar) -> Standing:
    """Carry a promise one event further."""
    if isinstance(event, Begun):
        return begin_promise(event.at, event.limit, calendar)
    if isinstance(event, Amended):
        return _amended(standing, event, calendar)
    moved = _moved(standing, event, calendar)
    return replace(moved, moves=(*standing.moves, event))


def _amended(standing: Standing, event: Amended, calendar: WorkCalendar) -> Standing:
    """Count again from the beginning by another limit; what had lapsed before stays missed."""
    events = (Begun(standing.start_at, event.limit), *standing.moves)
    again = promise_of(events, calendar)
    had_lapsed = standing.due_at < event.at and again.due_at > standing.due_at
    missed_at = standing.missed_at or (standing.due_at if had_lapsed else None)
    return replace(again, missed_at=missed_at)


def _moved(standing: Standing, event: Paused | Extended, calendar: WorkCalendar) -> Standing:
    if isinstance(event, Extended):
        lapsed = standing.due_at if standing.due_at < event.at else None
        missed_at = standing.missed_at or lapsed
        due_at = max(event.to, standing.due_at)
        return replace(standing, due_at=due_at, provisional=False, missed_at=missed_at)
    due_at = after_pause(
        standing.due_at, standing.limit,
        paused_at=event.at, resumed_at=event.until_at, calendar=calendar,
    )  # fmt: skip
    if due_at == standing.due_at:
        return standing
    by_calendar = standing.limit.unit is not LimitUnit.CLOCK_HOURS
    is_known = not by_calendar or calendar.knows_all(standing.start_at, due_at)
    return replace(standing, due_at=due_at, provisional=not is_known)
