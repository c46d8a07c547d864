"""What the page of patrols shows: coverage of a period and grid, points, and the nights ahead."""

from datetime import timedelta
from typing import Final

import reflex as rx

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.patrols.shown import (
    DayHead,
    EditRow,
    GridRow,
    NightRow,
    PointRow,
    RetiredRow,
    SaidRow,
    edits_of,
    findings_href,
    grids_of,
    heads_of,
    nights_of,
    retired_of,
    rows_of,
    said_of,
    tile_of,
)
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import PATROL_LEADERS
from gridapp.services.desk import Act
from gridapp.services.patrols.coverage import CoverageView, see_coverage
from gridapp.services.patrols.retired import list_retired
from gridapp.services.patrols.said import list_said
from gridapp.services.patrols.see_nights import see_nights
from gridapp.services.patrols.see_points import see_points
from gridapp.ui.figures import Tile

PERIODS: Final = {"14": "近14天", "31": "近31天", "92": "近92天"}
_MOST_ROWS: Final = 60
_NEWEST: Final = 5


class PatrolState(SessionState):
    """Coverage, points and nights of what is in reach, or of one grid."""

    is_ready: bool = False
    may_lead: bool = False
    period: str = "14"
    grid: str = ""
    grid_name: str = ""
    tile: list[Tile] = []
    finding_count: int = 0
    findings_href: str = ""
    heads: list[DayHead] = []
    rows: list[PointRow] = []
    grids: list[GridRow] = []
    points: list[EditRow] = []
    retired: list[RetiredRow] = []
    written: list[SaidRow] = []
    written_before: list[SaidRow] = []
    nights: list[NightRow] = []
    said: str = ""

    @rx.event
    @allow(*PATROL_LEADERS)
    async def load(self) -> None:
        """Open the page, of the grid that the address names or of everything in reach."""
        actor = await greet(self)
        self.may_lead = may_at_all(Deed.ADD_POINT, actor.roles)
        self.grid = self.router.url.query_parameters.get("grid", "")[:32]
        self.said = ""
        await read_patrols(self)

    @rx.event
    @allow(*PATROL_LEADERS)
    async def choose_period(self, period: str) -> None:
        """Show another stretch of days."""
        self.period = period if period in PERIODS else self.period
        await read_patrols(self)


async def read_patrols(page: PatrolState) -> None:
    """Read everything anew."""
    view = await look(page, _coverage, int(page.period), page.grid)
    if view is None:
        return
    page.grid_name = view.name
    page.tile, page.finding_count = [tile_of(view)], view.finding_count
    page.findings_href = findings_href(view, page.grid)
    page.heads, page.rows = heads_of(view), rows_of(view)
    page.grids = grids_of(view)[:_MOST_ROWS]
    points = await look(page, see_points, page.grid, Deed.SEE_COVERAGE) or ()
    page.points = edits_of(points[:_MOST_ROWS])
    written = said_of(await look(page, list_said, page.grid) or ())
    page.written, page.written_before = written[:_NEWEST], written[_NEWEST:]
    page.retired = retired_of(await look(page, list_retired, page.grid) or ())
    page.nights = nights_of(await look(page, see_nights) or ())[:_MOST_ROWS]
    page.is_ready = True


def _coverage(act: Act, day_count: int, grid: str) -> CoverageView:
    today = beijing_date(act.now)
    return see_coverage(act, today - timedelta(days=day_count - 1), today, grid)
