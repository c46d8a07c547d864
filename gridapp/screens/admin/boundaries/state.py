"""What the page of boundaries shows: one grid, those right below it, and what came last."""

from typing import Final
from uuid import uuid4

import reflex as rx
from reflex_base.event import EventSpec

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.boundaries.shown import (
    AreaRow,
    BatchRow,
    FaultRow,
    Step,
    area_of,
    batch_of,
    fault_of,
    step_of,
)
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import BOUNDARY_KEEPERS
from gridapp.services.boundaries.check import Checked, check_boundaries
from gridapp.services.boundaries.ledger import read_edition
from gridapp.services.boundaries.lists import (
    PAGE_COUNT,
    AreasView,
    AreaView,
    BatchView,
    StepView,
    first_area,
    list_areas,
    list_batches,
    see_area,
    way_to,
)
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of

_FAULTS_MAX_COUNT: Final = 30
PAGE: Final = "/admin/boundaries"


class BoundariesState(SessionState):
    """One grid with its map; the deeds' ids are made when the page is read."""

    is_ready: bool = False
    grid: str = ""
    edition: int = 0
    here: AreaRow = AreaRow("", "", "", "", 0, has_below=False)
    way: list[Step] = []
    rows: list[AreaRow] = []
    summary: str = ""
    words: str = ""
    page: int = 0
    has_more: bool = False
    batches: list[BatchRow] = []
    faults: list[FaultRow] = []
    checked: str = ""
    asking: str = ""
    said: str = ""
    _uid: str = ""

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def load(self) -> None:
        """Open the grid that the address names, or the highest one."""
        await greet(self)
        asked = self.router.url.query_parameters.get("grid", "")[:32]
        self.grid = asked or await look(self, first_area) or ""
        self.words, self.page, self.said, self.checked, self.asking = "", 0, "", "", ""
        self.faults = []
        await read_boundaries(self)

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def pick(self, code: str) -> EventSpec | None:
        """Go to the grid that was tapped on the map."""
        known = {row.code for row in self.rows} | {self.grid}
        if code == self.grid:
            return None
        found = code if code in known else await look(self, _known, code[:32])
        return rx.redirect(f"{PAGE}?grid={found}") if found else None

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def search(self, form: dict[str, str]) -> None:
        """Look for grids by name or code below this one."""
        self.words, self.page = str(form.get("words", ""))[:40], 0
        await read_boundaries(self)

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def turn(self, ahead: int) -> None:
        """Turn the list's page."""
        self.page = min(max(0, self.page + (1 if ahead > 0 else -1)), 10_000)
        await read_boundaries(self)

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def check(self) -> None:
        """Look for gaps and overlaps."""
        found = await look(self, check_boundaries, self.grid)
        if found is not None:
            self.faults = [fault_of(one) for one in found.faults[:_FAULTS_MAX_COUNT]]
            self.checked = _checked_words(found)

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def ask(self, what: str) -> None:
        """Ask whether a deed is meant: a sketch, a removal, or the undoing of a batch."""
        self.asking, self._uid, self.said = what[:32], str(uuid4()), ""

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def close(self) -> None:
        """Put the question away."""
        self.asking = ""

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def confirm(self) -> None:
        """Do what was asked; a second tap finds the question gone."""
        what, self.asking = self.asking, ""
        order = _order_of(what, self.grid, self.here.version, self._uid)
        if order is None:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        if await do(self, _do_once, order) is not None:
            self.said = f"已{DEED[Deed(order.deed)]}。"
            self.checked, self.faults = "", []
        await read_boundaries(self)


def _do_once(act: Act, order: Order) -> Done:
    return do_deed(act, order)


def _order_of(what: str, grid: str, version: int, uid: str) -> Order | None:
    """Make the order of what was asked; anything else is none."""
    if not uid:
        return None
    if what == "sketch":
        return Order(Deed.SKETCH_BOUNDARIES, grid, uid=uid_of(uid))
    if what == "remove":
        return Order(Deed.REMOVE_BOUNDARY, grid, version=version or None, uid=uid_of(uid))
    if what.startswith("undo:"):
        return Order(Deed.UNDO_BOUNDARIES, what.removeprefix("undo:"), uid=uid_of(uid))
    return None


def _known(act: Act, code: str) -> str:
    return see_area(act, code).code


_Read = tuple[AreaView, tuple[StepView, ...], AreasView, tuple[BatchView, ...], int]


def _read(act: Act, code: str, words: str, page: int) -> _Read:
    return (
        see_area(act, code), way_to(act, code), list_areas(act, code, words, page),
        list_batches(act, code), read_edition(act),
    )  # fmt: skip


async def read_boundaries(page: BoundariesState) -> None:
    """Read everything anew."""
    found = await look(page, _read, page.grid, page.words, page.page)
    if found is None:
        return
    here, way, areas, batches, page.edition = found
    page.here, page.way = area_of(here), [step_of(view) for view in way]
    page.rows = [area_of(view) for view in areas.items]
    page.has_more = areas.total > (page.page + 1) * PAGE_COUNT
    page.batches = [batch_of(view) for view in batches]
    page.summary = _summary(areas, page.words)
    page.is_ready = True


def _summary(areas: AreasView, words: str) -> str:
    found = f"找到{areas.total}个网格" if words else f"共{areas.total}个网格"
    sketched = f"（其中{areas.schematic_count}个是示意图）" if areas.schematic_count else ""
    return f"{found}，{areas.with_count}个有边界{sketched}"


def _checked_words(found: Checked) -> str:
    lacking = f"还有{found.lacking_count}个网格没有边界。" if found.lacking_count else ""
    if not found.grid_count:
        return f"没有可检查的边界。{lacking}"
    frame = "" if found.has_frame else "上级没有边界，只检查了网格之间。"
    if not found.count:
        return f"检查了{found.grid_count}个网格，没有缝隙和重叠。{frame}{lacking}"
    return f"检查了{found.grid_count}个网格，发现{found.count}处问题，大的在前。{frame}{lacking}"
