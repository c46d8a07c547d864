"""The calendar of coverage: which points were seen on which day, computed, with empty days shown.

It counts places, never people: nobody's number of check-ins is known to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.patrolling import Kept, Spell, kept_of
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date, day_begins_at
from gridapp.services.desk import Act
from gridapp.services.patrols.retired import list_spells
from gridapp.services.patrols.see_points import seen_days
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Case, Grid, PatrolFinding, PatrolPoint

# More rows than this make no calendar that a person reads: then the grids are listed instead.
ROWS_MAX_COUNT: Final = 60
_LONGEST_DAYS: Final = 92
_POINTS_MAX_COUNT: Final = 5_000
_BATCH: Final = 400


@dataclass(frozen=True)
class DayView:
    """One day of one point: seen, not seen, or not to be expected (before it was made)."""

    on: date
    is_seen: bool
    is_open: bool


@dataclass(frozen=True)
class PointCoverageView:
    """One point's days, and how often it was to be seen and was."""

    point: UUID
    name: str
    every_days: int
    kept_count: int
    due_count: int
    finding_count: int
    days: tuple[DayView, ...]


@dataclass(frozen=True)
class DayTotalView:
    """How many of the points that there were on a day were seen on it."""

    on: date
    seen_count: int
    point_count: int


@dataclass(frozen=True)
class GridCoverageView:
    """One grid's sum: kept of due."""

    code: str
    name: str
    point_count: int
    kept_count: int
    due_count: int


@dataclass(frozen=True)
class CoverageView:
    """Coverage of a grid's tree in a stretch of Beijing days (both inclusive).

    ``points`` is empty where there are too many to show; ``grids`` are then the way on.
    """

    code: str
    name: str
    from_on: date
    to_on: date
    point_count: int
    kept_count: int
    due_count: int
    finding_count: int
    days: tuple[DayTotalView, ...]
    points: tuple[PointCoverageView, ...]
    grids: tuple[GridCoverageView, ...]


@dataclass(frozen=True)
class _Row:
    point: PatrolPoint
    grid: Grid
    seen: frozenset[date]
    spells: tuple[Spell, ...]
    kept: Kept

    def is_open(self, day: date) -> bool:
        """Tell whether the point was in use on a day."""
        return any(one.first <= day <= (one.last or day) for one in self.spells)


def see_coverage(act: Act, from_on: date, to_on: date, grid: str = "") -> CoverageView:
    """Compute coverage; at most 92 days, and none after today.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees it.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_COVERAGE)
    opened = open_grid(act, grid, Deed.SEE_COVERAGE) if grid else None
    last = min(to_on, beijing_date(act.now))
    first = max(min(from_on, last), last - timedelta(days=_LONGEST_DAYS - 1))
    rows = _rows(act, opened, first, last)
    findings = _findings(act, rows, first, last)
    days = tuple(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    shown = rows if len(rows) <= ROWS_MAX_COUNT else []
    return CoverageView(
        code=opened.code if opened else "",
        name=opened.name if opened else "",
        from_on=first,
        to_on=last,
        point_count=len(rows),
        kept_count=sum(row.kept.kept_count for row in rows),
        due_count=sum(row.kept.due_count for row in rows),
        finding_count=sum(findings.values()),
        days=tuple(_total(rows, day) for day in days),
        points=tuple(_point(row, days, findings.get(row.point.id or 0, 0)) for row in shown),
        grids=_grids(rows),
    )


def _rows(act: Act, opened: Grid | None, first: date, last: date) -> list[_Row]:
    asked = (
        select(PatrolPoint, Grid)
        .join(Grid, col(Grid.id) == col(PatrolPoint.grid_id))
        .where(grids_within(act.actor, Deed.SEE_COVERAGE))
        .order_by(col(Grid.code), col(PatrolPoint.name), col(PatrolPoint.id))
        .limit(_POINTS_MAX_COUNT)
    )
    if opened:
        asked = asked.where(col(Grid.path).startswith(opened.path, autoescape=True))
    found = act.session.execute(asked).all()
    spells = list_spells(act, [point for point, _ in found])
    there = [
        (point, grid, spells[point.id])
        for point, grid in found
        if any(begun <= ended for begun, ended in _stretches(spells[point.id], first, last))
    ]
    seen = _seen(act, [row[0] for row in there], first, last)
    return [
        _Row(point, grid, days, spells, _kept(days, point.every_days, spells, first, last))
        for point, grid, spells in there
        for days in [seen.get(point.id, frozenset())]
    ]


def _stretches(spells: Sequence[Spell], first: date, last: date) -> tuple[tuple[date, date], ...]:
    return tuple(one.within(first, last) for one in spells)


def _kept(
    days: frozenset[date], every_days: int, spells: Sequence[Spell], first: date, last: date
) -> Kept:
    counted = [kept_of(days, every_days, one, first, last) for one in spells]
    return Kept(sum(one.due_count for one in counted), sum(one.kept_count for one in counted))


def _seen(
    act: Act, points: Sequence[PatrolPoint], first: date, last: date
) -> dict[int | None, frozenset[date]]:
    by_point: dict[int | None, set[date]] = {}
    for begin in range(0, len(points), _BATCH):
        days = seen_days(points[begin : begin + _BATCH])
        within = select(days).where(days.c.seen_on.between(first, last)).distinct()
        for point_id, day in act.session.execute(within):
            by_point.setdefault(point_id, set()).add(day)
    return {point_id: frozenset(seen) for point_id, seen in by_point.items()}


def _findings(act: Act, rows: Sequence[_Row], first: date, last: date) -> dict[int, int]:
    """Count the cases found at each point, by the day of their report."""
    shown = {row.point.id for row in rows}
    begin, end = day_begins_at(first), day_begins_at(last + timedelta(days=1))
    found = act.session.execute(
        select(col(PatrolFinding.point_id), func.count())
        .join(Case, col(Case.id) == col(PatrolFinding.case_id))
        .join(Grid, col(Grid.id) == col(Case.grid_id))
        .where(
            grids_within(act.actor, Deed.SEE_COVERAGE),
            col(Case.reported_at) >= begin,
            col(Case.reported_at) < end,
        )
        .group_by(col(PatrolFinding.point_id))
    )
    return {point_id: count for point_id, count in found if point_id in shown}


def _total(rows: Sequence[_Row], day: date) -> DayTotalView:
    there = [row for row in rows if row.is_open(day)]
    return DayTotalView(day, sum(day in row.seen for row in there), len(there))


def _point(row: _Row, days: Sequence[date], finding_count: int) -> PointCoverageView:
    return PointCoverageView(
        point=row.point.uid,
        name=row.point.name,
        every_days=row.point.every_days,
        kept_count=row.kept.kept_count,
        due_count=row.kept.due_count,
        finding_count=finding_count,
        days=tuple(DayView(day, day in row.seen, row.is_open(day)) for day in days),
    )


def _grids(rows: Sequence[_Row]) -> tuple[GridCoverageView, ...]:
    by_grid: dict[str, list[_Row]] = {}
    for row in rows:
        by_grid.setdefault(row.grid.code, []).append(row)
    return tuple(
        GridCoverageView(
            code,
            theirs[0].grid.name,
            len(theirs),
            sum(row.kept.kept_count for row in theirs),
            sum(row.kept.due_count for row in theirs),
        )
        for code, theirs in by_grid.items()
    )
