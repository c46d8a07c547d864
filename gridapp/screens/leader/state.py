"""The overview: which period and grid, and the figures computed for them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

import reflex as rx

from gridapp.domain.indicators import Indicator, percent_words
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import FIGURE_READERS
from gridapp.services.cases.lists import UNSORTED
from gridapp.services.desk import Act
from gridapp.services.stats.overview import GroupView, OverviewView, PartView, overview
from gridapp.services.stats.rates import OUTCOME_SOLVED
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
    reported_href: str = ""
    open_href: str = ""
    overdue_href: str = ""


@dataclass(frozen=True)
class PartRow:
    """What was settled on the spot, or all else: its rates and times beside the whole."""

    name: str
    closed: int
    in_time: str
    in_time_of: str
    solved: str
    median: str
    p90: str


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
    reopened: str = ""
    open: int = 0
    overdue: int = 0
    reported_href: str = ""
    closed_href: str = ""
    open_href: str = ""
    overdue_href: str = ""
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
    parts: list[PartRow] = []
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
        lists = CaseLists(self.grid, view.from_on.isoformat(), view.to_on.isoformat())
        self.head, self.tiles = _heading(view, lists), _tiles(view)
        self.parts = [_part(part) for part in view.parts]
        self.roots = [_row(root, replace(lists, root=root.code or UNSORTED)) for root in view.roots]
        self.grids = [
            _row(grid, replace(lists, grid=grid.code)) for grid in view.grids[:_MOST_ROWS]
        ]
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


@dataclass(frozen=True)
class CaseLists:
    """The lists that the figures of a period and area count, as addresses of the inbox."""

    grid: str
    from_on: str
    to_on: str
    root: str = ""

    def reported(self) -> str:
        """Give the list of what was reported in the period."""
        return self._to(tab="all", **{"from": self.from_on, "to": self.to_on})

    def closed(self) -> str:
        """Give the list of what was closed in the period, reopened later or not."""
        return self._to(tab="all", by="closed", **{"from": self.from_on, "to": self.to_on})

    def open(self) -> str:
        """Give the list of what is open now."""
        return self._to(tab="open")

    def overdue(self) -> str:
        """Give the list of what is late now."""
        return self._to(tab="all", due="late")

    def _to(self, **asked: str) -> str:
        told = {**asked, "due": asked.get("due", ""), "grid": self.grid, "root": self.root}
        return f"/desk?{urlencode(told)}"


def _heading(view: OverviewView, lists: CaseLists) -> Heading:
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
        reopened=f"本期办结的，含后来重开{view.closed_reopened_count}件",
        reported_href=lists.reported(),
        closed_href=lists.closed(),
        open_href=lists.open(),
        overdue_href=lists.overdue(),
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


def _part(part: PartView) -> PartRow:
    rates = {rate.key: rate for rate in part.rates}
    in_time, solved = rates[Indicator.HANDLED_IN_TIME], rates[OUTCOME_SOLVED]
    return PartRow(
        part.label, part.closed_count, in_time.words, in_time.counts_words, solved.words,
        part.median_words, part.p90_words,
    )  # fmt: skip


def _row(group: GroupView, lists: CaseLists) -> CompareRow:
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
        reported_href=lists.reported(),
        open_href=lists.open(),
        overdue_href=lists.overdue(),
    )
