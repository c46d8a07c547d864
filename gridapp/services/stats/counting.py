"""Counts cases for the figures: one pass over the cases in scope, grouped by grid and root."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.vocabulary import Outcome, Root, Satisfaction, Status
from gridapp.domain.workflow import OPEN
from gridapp.services.desk import Act
from gridapp.services.stats.periods import Period
from gridapp.services.stats.scope import Scope
from gridapp.tables import Case, Category

# Whose clock runs or has run out honestly: a declined or merged case was never to be handled,
# and a paused one waits with its clock stopped.
_NOT_DUE = (Status.DECLINED, Status.MERGED, Status.PAUSED)
_RUNNING = OPEN - {Status.PAUSED, Status.HANDLED, Status.VERIFIED}


class Counts(NamedTuple):
    """How many cases are what; the names are those of ``_conditions``."""

    reported: int = 0
    settled: int = 0
    closed: int = 0
    closed_solved: int = 0
    due: int = 0
    due_in_time: int = 0
    due_closed: int = 0
    due_reworked: int = 0
    due_extended: int = 0
    dispatched: int = 0
    dispatched_once: int = 0
    rated: int = 0
    rated_satisfied: int = 0
    rated_basically: int = 0
    asked_contacted: int = 0
    contacted: int = 0
    asked_solved: int = 0
    solved: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class CountedGroup:
    """The counts of one grid and one root of the category table (None: not yet sorted)."""

    grid_id: int
    root: Root | None
    counts: Counts


def _within(moment: Mapped[Any], period: Period) -> ColumnElement[bool]:
    return and_(moment >= period.from_at, moment < period.until_at)


def _conditions(period: Period, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Say in SQL what each count counts; what falls due later today is not due yet."""
    status = col(Case.status)
    reported = _within(col(Case.reported_at), period)
    closed = and_(status == Status.CLOSED, _within(col(Case.closed_at), period))
    due = and_(_within(col(Case.due_at), period), col(Case.due_at) <= now, status.not_in(_NOT_DUE))
    dispatched = and_(reported, col(Case.dispatch_count) > 0)
    rated = _within(col(Case.rated_at), period)
    is_open = status.in_(OPEN)
    return {
        "reported": reported,
        "settled": and_(reported, col(Case.settled)),
        "closed": closed,
        "closed_solved": and_(closed, col(Case.outcome) == Outcome.SOLVED),
        "due": due,
        "due_in_time": and_(due, col(Case.handled_at) <= col(Case.due_at)),
        "due_closed": and_(due, status == Status.CLOSED),
        "due_reworked": and_(due, col(Case.redo_count) > 0),
        "due_extended": and_(due, col(Case.extension_count) > 0),
        "dispatched": dispatched,
        "dispatched_once": and_(
            dispatched, col(Case.dispatch_count) == 1, col(Case.return_count) == 0
        ),
        "rated": rated,
        "rated_satisfied": and_(rated, col(Case.satisfaction) == Satisfaction.SATISFIED),
        "rated_basically": and_(rated, col(Case.satisfaction) == Satisfaction.BASICALLY),
        "asked_contacted": and_(rated, col(Case.contacted).is_not(None)),
        "contacted": and_(rated, col(Case.contacted).is_(True)),
        "asked_solved": and_(rated, col(Case.solved).is_not(None)),
        "solved": and_(rated, col(Case.solved).is_(True)),
        "open": is_open,
        "overdue": and_(status.in_(_RUNNING), col(Case.due_at) < now),
    }


def count_groups(act: Act, scope: Scope, period: Period) -> list[CountedGroup]:
    """Count the cases in scope by grid and root."""
    conditions = _conditions(period, act.now)
    found = act.session.execute(
        select(
            col(Case.grid_id),
            col(Category.root),
            *(func.count().filter(conditions[name]) for name in Counts._fields),
        )
        .join(Category, col(Category.id) == col(Case.category_id), isouter=True)
        .where(scope.cases())
        .group_by(col(Case.grid_id), col(Category.root))
    )
    return [CountedGroup(grid_id, root, Counts(*counts)) for grid_id, root, *counts in found]


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Add counts up, column by column: a street has thousands of groups."""
    columns = zip(*counts, strict=True)
    return Counts(*map(sum, columns))
