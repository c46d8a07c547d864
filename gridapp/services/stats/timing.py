"""How long cases took until they were closed: mean, median and p90, in clock hours.

From the report, or from the reopening for what was reopened: each life has a time of its own.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Subquery,
    and_,
    false,
    func,
    or_,
    select,
    union_all,
)
from sqlmodel import col

from gridapp.domain.vocabulary import Status
from gridapp.services.desk import Act
from gridapp.services.stats.counting import Life
from gridapp.services.stats.periods import Period
from gridapp.services.stats.scope import Scope
from gridapp.services.stats.sqlwords import beijing_day, hours_between
from gridapp.tables import Case, CaseLife

_P90: Final = 0.9


@dataclass(frozen=True)
class CloseTimes:
    """Clock hours from report to closing; None where nothing was closed."""

    mean_hours: float | None = None
    median_hours: float | None = None
    p90_hours: float | None = None


@dataclass(frozen=True)
class TimesByPart:
    """Times of all that was closed, of what was settled on the spot, and of all else."""

    whole: CloseTimes
    settled: CloseTimes
    others: CloseTimes


def close_times(act: Act, scope: Scope, period: Period, settled: int, others: int) -> TimesByPart:
    """Compute the times of what was closed in the period.

    Args:
        act: Who asks.
        scope: Where.
        period: When it was closed.
        settled: How many of them were settled on the spot, counted before.
        others: How many were not.
    """
    ranked = _ranked(scope, period)
    parts = (
        _Part(settled + others),
        _Part(settled, is_settled=True),
        _Part(others, is_settled=False),
    )
    chosen = [part.places(ranked) for part in parts if part.closings]
    found = select(ranked).where(or_(false(), *chosen))
    rows = act.session.execute(found).mappings().all() if chosen else []
    return TimesByPart(*(part.times(rows) for part in parts))


class _Part(NamedTuple):
    """So many closings: all of them, or those that were settled on the spot, or the others."""

    closings: int
    is_settled: bool | None = None

    def _wanted(self) -> tuple[int, int, int]:
        """Give the middle one, or the two in the middle; and the nearest rank of 90 %."""
        return (self.closings + 1) // 2, self.closings // 2 + 1, math.ceil(self.closings * _P90)

    def places(self, ranked: Subquery) -> ColumnElement[bool]:
        """Tell in SQL which places among the ranked closings are asked for."""
        if self.is_settled is None:
            return ranked.c.place.in_(self._wanted())
        of_part = ranked.c.settled.is_(self.is_settled)
        return and_(of_part, ranked.c.place_within.in_(self._wanted()))

    def times(self, rows: Iterable[RowMapping]) -> CloseTimes:
        """Read the times from the rows at those places."""
        if not self.closings:
            return CloseTimes()
        suffix = "" if self.is_settled is None else "_within"
        mine = [row for row in rows if self.is_settled in {None, row["settled"]}]
        at = {row["place" + suffix]: row["hours"] for row in mine}
        low, high, p90 = self._wanted()
        return CloseTimes(mine[0]["mean" + suffix], (at[low] + at[high]) / 2, at[p90])


def _ranked(scope: Scope, period: Period) -> Subquery:
    """Rank every closing by its hours, among all and within its part."""
    lives = union_all(*_hours(scope, period)).subquery()
    hours, settled = lives.c.hours, lives.c.settled
    return select(
        hours,
        settled,
        func.row_number().over(order_by=hours).label("place"),
        func.row_number().over(partition_by=settled, order_by=hours).label("place_within"),
        func.avg(hours).over().label("mean"),
        func.avg(hours).over(partition_by=settled).label("mean_within"),
    ).subquery()


def _hours(scope: Scope, period: Period) -> Iterator[Select[Any, Any]]:
    begun_at = func.coalesce(col(Case.reopened_at), col(Case.reported_at))
    hours = hours_between(begun_at, col(Case.closed_at)).label("hours")
    yield select(hours, col(Case.settled)).where(scope.cases(), closed_in(Case, period))
    hours = hours_between(col(CaseLife.started_at), col(CaseLife.closed_at)).label("hours")
    yield (
        select(hours, col(CaseLife.settled))
        .join(Case, col(Case.id) == col(CaseLife.case_id))
        .where(scope.cases(), closed_in(CaseLife, period))
    )


def closed_in(life: Life, period: Period) -> ColumnElement[bool]:
    """Tell in SQL which lives were closed in the period.

    By what they are not: of an equal status and a range of moments, SQLite would take the status
    for its index, and nearly every case is closed.
    """
    return and_(
        col(life.closed_at) >= period.from_at,
        col(life.closed_at) < period.until_at,
        col(life.status).not_in([Status.DECLINED, Status.MERGED]),
    )


def reported_by_day(act: Act, scope: Scope, period: Period) -> dict[str, int]:
    """Count by Beijing day what was reported in the period."""
    moment = col(Case.reported_at)
    within = and_(moment >= period.from_at, moment < period.until_at)
    day = beijing_day(moment).label("day")
    found = select(day, func.count()).where(scope.cases(), within).group_by(day)
    return {row[0]: row[1] for row in act.session.execute(found)}


def closed_by_day(act: Act, scope: Scope, period: Period) -> dict[str, int]:
    """Count by Beijing day what was closed in the period, reopened later or not."""
    days: Counter[str] = Counter()
    for life in (Case, CaseLife):
        day = beijing_day(col(life.closed_at)).label("day")
        found = select(day, func.count()).select_from(Case)
        if life is CaseLife:
            found = found.join(CaseLife, col(CaseLife.case_id) == col(Case.id))
        found = found.where(scope.cases(), closed_in(life, period)).group_by(day)
        days.update({row[0]: row[1] for row in act.session.execute(found)})
    return days
