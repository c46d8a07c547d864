"""The overview of a period: what came in, what was done in time, how it compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gridapp.domain.indicators import Indicator
from gridapp.domain.labels import ROOT
from gridapp.domain.vocabulary import Root
from gridapp.services.desk import Act
from gridapp.services.stats.counting import CountedGroup, Counts, count_groups, sum_counts
from gridapp.services.stats.periods import Period
from gridapp.services.stats.rates import (
    NO_DATA,
    OUTCOME_SOLVED,
    PART_RATES,
    RateView,
    rate_view,
    rate_views,
)
from gridapp.services.stats.scope import Scope, open_scope
from gridapp.services.stats.timing import CloseTimes, close_times, closed_by_day, reported_by_day

_HOURS_A_DAY = 24
_TWO_DAYS_HOURS = 48


@dataclass(frozen=True)
class GroupView:
    """One row of a comparison: a grid, a community or a root of the category table."""

    code: str
    name: str
    reported_count: int
    closed_count: int
    open_count: int
    overdue_count: int
    in_time: RateView
    solved: RateView


@dataclass(frozen=True)
class BucketView:
    """One place on the time axis: a day, or a month of a long period.

    ``label`` tells it apart from every other of the period: over a year's end it bears the year.
    """

    label: str
    from_on: date
    reported_count: int
    closed_count: int


@dataclass(frozen=True)
class PartView:
    """What was settled on the spot (``settled``), or all else (``dispatched``), beside the whole.

    Args:
        rates: In time, closed, reworked, extended, solved: of what this part is divided by.
    """

    key: str
    label: str
    closed_count: int
    rates: tuple[RateView, ...]
    mean_hours: float | None
    mean_words: str
    median_hours: float | None
    median_words: str
    p90_hours: float | None
    p90_words: str


@dataclass(frozen=True)
class OverviewView:
    """Every figure of a period. ``open_count`` and ``overdue_count`` are of this very moment.

    Args:
        closed_count: Closings in the period; one that was reopened later stays in its days.
        closed_reopened_count: How many of them were reopened later.
        parts: The same rates and times of what was settled on the spot, and of all else.
    """

    from_on: date
    to_on: date
    grid: str
    grid_name: str
    above: str
    above_name: str
    reported_count: int
    settled_count: int
    closed_count: int
    closed_reopened_count: int
    open_count: int
    overdue_count: int
    rates: tuple[RateView, ...]
    mean_hours: float | None
    mean_words: str
    median_hours: float | None
    median_words: str
    p90_hours: float | None
    p90_words: str
    parts: tuple[PartView, ...]
    roots: tuple[GroupView, ...]
    grids: tuple[GroupView, ...]
    buckets: tuple[BucketView, ...]


def overview(act: Act, from_on: date, to_on: date, grid: str = "") -> OverviewView:
    """Compute the overview of a period, of everything in reach or of one grid.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may see figures.
        NotThereError: No such grid, or out of reach.
        FactsError: The period ends before it begins.
    """
    period = Period(from_on, to_on)
    scope = open_scope(act, grid)
    groups = count_groups(act, scope, period)
    total = sum_counts(group.counts for group in groups)
    settled = sum_counts(group.counts for group in groups if group.settled)
    others = sum_counts(group.counts for group in groups if not group.settled)
    by_part = close_times(act, scope, period, settled.closed, others.closed)
    times = by_part.whole
    return OverviewView(
        from_on=from_on,
        to_on=to_on,
        grid=scope.code,
        grid_name=scope.name,
        above=scope.above.code if scope.above else "",
        above_name=scope.above.name if scope.above else "",
        reported_count=total.reported,
        settled_count=total.settled,
        closed_count=total.closed,
        closed_reopened_count=total.closed_reopened,
        open_count=total.open,
        overdue_count=total.overdue,
        rates=rate_views(total),
        mean_hours=times.mean_hours,
        mean_words=hours_words(times.mean_hours),
        median_hours=times.median_hours,
        median_words=hours_words(times.median_hours),
        p90_hours=times.p90_hours,
        p90_words=hours_words(times.p90_hours),
        parts=(
            _part("settled", "随手清", settled, by_part.settled),
            _part("dispatched", "其他事件", others, by_part.others),
        ),
        roots=_by_root(groups),
        grids=_by_grid(groups, scope),
        buckets=_buckets(act, scope, period),
    )


def _part(key: str, label: str, counts: Counts, times: CloseTimes) -> PartView:
    return PartView(
        key, label, counts.closed, tuple(rate_view(rate, counts) for rate in PART_RATES),
        times.mean_hours, hours_words(times.mean_hours),
        times.median_hours, hours_words(times.median_hours),
        times.p90_hours, hours_words(times.p90_hours),
    )  # fmt: skip


def hours_words(hours: float | None) -> str:
    """Say a length of time: minutes, hours up to two days, then days."""
    if hours is None:
        return NO_DATA
    minutes = round(hours * 60)
    if not minutes:
        return "当场"
    if hours < 1:
        return f"{minutes}分钟"
    if hours < _TWO_DAYS_HOURS:
        return f"{hours:.1f}小时"
    return f"{hours / _HOURS_A_DAY:.1f}天"


def _group(code: str, name: str, counts: Counts) -> GroupView:
    return GroupView(
        code, name, counts.reported, counts.closed, counts.open, counts.overdue,
        rate_view(Indicator.HANDLED_IN_TIME, counts), rate_view(OUTCOME_SOLVED, counts),
    )  # fmt: skip


def _by_root(groups: Iterable[CountedGroup]) -> tuple[GroupView, ...]:
    """List the four roots in their own order, and what is not yet sorted when there is any."""
    parts: dict[Root | None, list[Counts]] = {root: [] for root in Root}
    for group in groups:
        parts.setdefault(group.root, []).append(group.counts)
    return tuple(
        _group(root.value if root else "", ROOT[root] if root else "未分类", sum_counts(counts))
        for root, counts in parts.items()
    )


def _by_grid(groups: Iterable[CountedGroup], scope: Scope) -> tuple[GroupView, ...]:
    parts: dict[int, list[Counts]] = {row.id: [] for row in scope.rows}
    for group in groups:
        row_id = scope.row_of.get(group.grid_id)
        if row_id is not None:
            parts[row_id].append(group.counts)
    return tuple(_group(row.code, row.name, sum_counts(parts[row.id])) for row in scope.rows)


def _buckets(act: Act, scope: Scope, period: Period) -> tuple[BucketView, ...]:
    reported = reported_by_day(act, scope, period)
    closed = closed_by_day(act, scope, period)
    return tuple(
        BucketView(
            label,
            days[0],
            sum(reported.get(day.isoformat(), 0) for day in days),
            sum(closed.get(day.isoformat(), 0) for day in days),
        )
        for label, days in period.buckets()
    )
