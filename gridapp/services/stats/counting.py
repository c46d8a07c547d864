"""Counts cases for the figures: one pass over the cases in scope, and one over their past lives.

What happened counts in its own days, whatever came later: a case that was reopened has its former
closings, promises and ratings in ``CaseLife``, the present ones in its own row. Both have the same
columns, so one set of conditions counts both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.vocabulary import Outcome, Root, Satisfaction, Status
from gridapp.domain.workflow import OPEN
from gridapp.services.desk import Act
from gridapp.services.lateness import late_case
from gridapp.services.stats.periods import Period
from gridapp.services.stats.scope import Scope
from gridapp.tables import Case, CaseLife, Category

# A declined or merged case was never to be handled.
_NEVER_DUE = (Status.DECLINED, Status.MERGED)

Life = type[Case] | type[CaseLife]
Conditions = dict[str, ColumnElement[bool]]


class Counts(NamedTuple):
    """How many cases, and how many of their lives, are what; named as the conditions are."""

    reported: int = 0
    settled: int = 0
    closed: int = 0
    closed_reopened: int = 0
    closed_solved: int = 0
    due: int = 0
    due_in_time: int = 0
    due_closed: int = 0
    due_reworked: int = 0
    due_extended: int = 0
    due_extended_late: int = 0
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
    """The counts of one grid and one root of the category table (None: not yet sorted).

    ``settled`` tells whether it is about what was settled on the spot.
    """

    grid_id: int
    root: Root | None
    settled: bool
    counts: Counts


def _within(moment: Mapped[Any] | ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    return and_(moment >= period.from_at, moment < period.until_at)


def judged_at(life: Life) -> ColumnElement[datetime]:
    """Give the due moment by which a promise is judged: the one that was missed, if any was."""
    return func.coalesce(col(life.missed_at), col(life.due_at))


def _of_lives(life: Life, period: Period, now: datetime) -> Conditions:
    """Say in SQL what counts of each life; what falls due later today is not due yet."""
    status, due_at = col(life.status), judged_at(life)
    closed = and_(status == Status.CLOSED, _within(col(life.closed_at), period))
    due = and_(_within(due_at, period), due_at <= now, status.not_in(_NEVER_DUE))
    if life is Case:
        # A paused case waits with its clock stopped, unless it was late before.
        due = and_(due, or_(status != Status.PAUSED, due_at < col(Case.paused_at)))
    rated = _within(col(life.rated_at), period)
    late = col(life.extended_late_at).is_not(None)
    return {
        "closed": closed,
        "closed_solved": and_(closed, col(life.outcome) == Outcome.SOLVED),
        "due": due,
        "due_in_time": and_(due, col(life.handled_at) <= due_at),
        "due_closed": and_(due, status == Status.CLOSED),
        # What few have comes first: SQLite asks the rest of those only.
        "due_reworked": and_(col(life.redone_at).is_not(None), due),
        "due_extended": and_(or_(late, col(life.extended_at).is_not(None)), due),
        "due_extended_late": and_(late, due),
        "rated": rated,
        "rated_satisfied": and_(rated, col(life.satisfaction) == Satisfaction.SATISFIED),
        "rated_basically": and_(rated, col(life.satisfaction) == Satisfaction.BASICALLY),
        "asked_contacted": and_(rated, col(life.contacted).is_not(None)),
        "contacted": and_(rated, col(life.contacted).is_(True)),
        "asked_solved": and_(rated, col(life.solved).is_not(None)),
        "solved": and_(rated, col(life.solved).is_(True)),
    }


def _of_cases(period: Period, now: datetime) -> Conditions:
    """Say in SQL what counts once for each case, however often it was reopened."""
    reported = _within(col(Case.reported_at), period)
    dispatched = and_(reported, col(Case.dispatch_count) > 0)
    return {
        "reported": reported,
        "settled": and_(reported, _ever_settled()),
        "dispatched": dispatched,
        # Who dispatches again after a reopening has not sent it wrongly before; within one life
        # only a return leads to a second dispatch.
        "dispatched_once": and_(dispatched, col(Case.return_count) == 0),
        "open": col(Case.status).in_(OPEN),
        "overdue": late_case(now),
    }


def _ever_settled() -> ColumnElement[bool]:
    before = exists().where(col(CaseLife.case_id) == col(Case.id), col(CaseLife.settled))
    return or_(col(Case.settled), and_(col(Case.reopen_count) > 0, before))


def count_groups(act: Act, scope: Scope, period: Period) -> list[CountedGroup]:
    """Count the cases in scope by grid, root, and whether they were settled on the spot."""
    now = act.now
    present = _count(act, scope, Case, _of_lives(Case, period, now) | _of_cases(period, now))
    past = _of_lives(CaseLife, period, now)
    past["closed_reopened"] = past["closed"]
    parts: defaultdict[tuple[int, Root | None, bool], list[Counts]] = defaultdict(list)
    for group in (*present, *_count(act, scope, CaseLife, past)):
        parts[group.grid_id, group.root, group.settled].append(group.counts)
    return [CountedGroup(*key, sum_counts(counts)) for key, counts in parts.items()]


def _count(act: Act, scope: Scope, life: Life, conditions: Conditions) -> Iterator[CountedGroup]:
    place = (col(Case.grid_id), col(Category.root), col(life.settled))
    counted = (func.count().filter(condition) for condition in conditions.values())
    found = select(*place, *counted).select_from(Case)
    if life is CaseLife:
        found = found.join(CaseLife, col(CaseLife.case_id) == col(Case.id))
    rows = act.session.execute(
        found.join(Category, col(Category.id) == col(Case.category_id), isouter=True)
        .where(scope.cases())
        .group_by(*place)
    )
    for grid_id, root, settled, *counts in rows:
        told = dict(zip(conditions, counts, strict=True))
        yield CountedGroup(grid_id, root, settled, Counts(**told))


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Add counts up, column by column: a street has thousands of groups."""
    columns = zip(*counts, strict=True)
    return Counts(*map(sum, columns))
