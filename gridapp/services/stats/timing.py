"""How long cases took from the report to the closing: mean, median and p90, in clock hours."""

import math
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from gridapp.domain.vocabulary import Status
from gridapp.services.desk import Act
from gridapp.services.stats.periods import Period
from gridapp.services.stats.scope import Scope
from gridapp.services.stats.sqlwords import beijing_day, hours_between
from gridapp.tables import Case


@dataclass(frozen=True)
class CloseTimes:
    """Clock hours from report to closing; None where nothing was closed."""

    mean_hours: float | None = None
    median_hours: float | None = None
    p90_hours: float | None = None


def close_times(act: Act, scope: Scope, period: Period, closed_count: int) -> CloseTimes:
    """Compute the times of the cases closed in the period.

    Args:
        act: Who asks.
        scope: Where.
        period: When they were closed.
        closed_count: How many there are, counted before.
    """
    if not closed_count:
        return CloseTimes()
    hours = hours_between(col(Case.reported_at), col(Case.closed_at)).label("hours")
    place = func.row_number().over(order_by=hours).label("place")
    mean = func.avg(hours).over().label("mean")
    ranked = select(hours, place, mean).where(scope.cases(), _closed_in(period)).subquery()
    # The middle one, or the two in the middle; and the nearest rank of 90 %.
    low, high = (closed_count + 1) // 2, closed_count // 2 + 1
    p90 = math.ceil(closed_count * 0.9)
    rows = act.session.execute(
        select(ranked.c.place, ranked.c.hours, ranked.c.mean).where(
            ranked.c.place.in_({low, high, p90})
        )
    ).all()
    at = {row.place: row.hours for row in rows}
    return CloseTimes(rows[0].mean, (at[low] + at[high]) / 2, at[p90])


def _closed_in(period: Period) -> ColumnElement[bool]:
    """Tell in SQL which cases were closed in the period.

    By what they are not: of an equal status and a range of moments, SQLite would take the status
    for its index, and nearly every case is closed.
    """
    return and_(
        col(Case.closed_at) >= period.from_at,
        col(Case.closed_at) < period.until_at,
        col(Case.status).not_in([Status.DECLINED, Status.MERGED]),
    )


def day_counts(act: Act, scope: Scope, period: Period, *, closed: bool) -> dict[str, int]:
    """Count by Beijing day what was reported, or what was closed, in the period."""
    moment = col(Case.closed_at) if closed else col(Case.reported_at)
    day = beijing_day(moment).label("day")
    within = and_(moment >= period.from_at, moment < period.until_at)
    found = act.session.execute(
        select(day, func.count())
        .where(scope.cases(), _closed_in(period) if closed else within)
        .group_by(day)
    )
    return {row[0]: row[1] for row in found}
