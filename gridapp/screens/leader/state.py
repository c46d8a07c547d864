"""The overview: which period and grid, and the figures computed for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import reflex as rx

from gridapp.domain.indicators import percent_words
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import FIGURE_READERS
from gridapp.services.desk import Act
from gridapp.services.stats.overview import GroupView, OverviewView, overview
from gridapp.ui.figures import Bar, Tile, bars_of

_MOST_ROWS: Final = 50


@dataclass(frozen=True)
class CompareRow:
    """A row of a comparison by outcome."""

    code: str
    name: str
    reported: int
    open: int
    overdue: int
    in_time: str
    in_time_of: str
    in_time_percent: str
    solved: str


@dataclass(frozen=True)
class Heading:
    """What the figures are about, and the counts that need no formula."""

    grid_name: str = ""
    above: str = ""
    above_name: str = ""
    days: str = ""
    reported: int = 0
    settled: str = ""
    closed: int = 0
    open: int = 0
    overdue: int = 0
    median: str = ""
    p90: str = ""
    mean: str = ""


class OverviewState(SessionState):
    """The figures of a period."""

    is_ready: bool = False
    period: str = "week"
    grid: str = ""
    head: Heading = Heading()
    tiles: list[Tile] = []
    roots: list[CompareRow] = []
    grids: list[CompareRow] = []
    bars: list[Bar] = []
    bars_label: str = ""
    bars_most: int = 0
    bars_box: str = "0 0 1 100"

    @rx.event
    @allow(*FIGURE_READERS)
    async def load(self) -> None:
        """Open the overview, of the grid that the address names or of everything in reach."""
        await greet(self)
        self.grid = self.router.url.query_parameters.get("grid", "")[:32]
        await self._compute()

    @rx.event
    @allow(*FIGURE_READERS)
    async def choose_period(self, period: str) -> None:
        """Compute another period."""
        self.period = period if period in PERIODS else self.period
        await self._compute()

    async def _compute(self) -> None:
        view = await look(self, _overview_of, self.period, self.grid)
        if view is None:
            return
        self.head, self.tiles = _heading(view), _tiles(view)
        self.roots = [_row(root) for root in view.roots]
        self.grids = [_row(grid) for grid in view.grids[:_MOST_ROWS]]
        points = [(b.label, b.reported_count, b.closed_count) for b in view.buckets]
        self.bars = bars_of(points) if len(points) > 1 else []
        self.bars_most = max(max(came, closed) for _, came, closed in points)
        self.bars_box = f"0 0 {len(points)} 100"
        self.bars_label = f"{self.head.days}上报{view.reported_count}件，结案{view.closed_count}件"
        self.is_ready = True


PERIODS: Final = {"day": "今天", "week": "近7天", "month": "近30天", "year": "今年"}
_PAST_DAYS: Final = {"day": 0, "week": 6, "month": 29}


def _first_day(period: str, today: date) -> date:
    if period == "year":
        return today.replace(month=1, day=1)
    return today - timedelta(days=_PAST_DAYS[period])


def _overview_of(act: Act, period: str, grid: str) -> OverviewView:
    today = beijing_date(act.now)
    return overview(act, _first_day(period, today), today, grid)


def _heading(view: OverviewView) -> Heading:
    first, last = view.from_on, view.to_on
    days = f"{first.month}月{first.day}日"
    if first != last:
        days += f"至{last.month}月{last.day}日"
    return Heading(
        grid_name=view.grid_name,
        above=view.above,
        above_name=view.above_name,
        days=days,
        reported=view.reported_count,
        settled=f"其中随手清{view.settled_count}件",
        closed=view.closed_count,
        open=view.open_count,
        overdue=view.overdue_count,
        median=view.median_words,
        p90=view.p90_words,
        mean=view.mean_words,
    )


def _tiles(view: OverviewView) -> list[Tile]:
    return [
        Tile(
            rate.label,
            rate.words,
            rate.counts_words,
            rate.formula,
            rate.counted,
            rate.ratio is None,
        )
        for rate in view.rates
    ]


def _row(group: GroupView) -> CompareRow:
    rate = group.in_time
    return CompareRow(
        code=group.code,
        name=group.name,
        reported=group.reported_count,
        open=group.open_count,
        overdue=group.overdue_count,
        in_time=rate.words,
        in_time_of=rate.counts_words,
        in_time_percent=percent_words(rate.ratio or 0.0).removesuffix("%"),
        solved=group.solved.words,
    )
