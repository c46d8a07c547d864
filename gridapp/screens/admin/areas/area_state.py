"""One grid: what stands on its page, and the pages of its children, buildings and history."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.areas.shown import (
    AboveRow,
    AreaFace,
    BuildingLine,
    ChangeRow,
    FocusRow,
    LineRow,
    PairRow,
    TreeRow,
    change_row,
    face_of,
    focus_row,
    line_row,
    tree_row,
)
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import AREA_KEEPERS
from gridapp.services.areas.chronicle import ChangeView, see_history
from gridapp.services.areas.read import AreaView, BuildingRow, list_buildings, see_area
from gridapp.services.areas.tree import AreaFilter, list_areas
from gridapp.services.desk import Act
from gridapp.services.permit import open_grid

_CODE_MAX: Final = 32
_HISTORY_PAGE: Final = 20


class AreaState(SessionState):
    """The grid that the address names."""

    shown: bool = False
    missing: bool = False
    area: AreaFace = AreaFace()
    above: list[AboveRow] = []
    deeds: list[str] = []
    people: list[BuildingLine] = []
    lines: list[LineRow] = []
    pairs: list[PairRow] = []
    focus: list[FocusRow] = []
    children: list[TreeRow] = []
    buildings: list[BuildingLine] = []
    history: list[ChangeRow] = []
    has_more: list[bool] = [False, False, False]
    said: str = ""
    map_at: str = ""
    _view: AreaView | None = None

    @rx.event
    @allow(*AREA_KEEPERS)
    async def load(self) -> None:
        """Open the grid that the address names."""
        await greet(self)
        code = self.router.url.query_parameters.get("code", "")[:_CODE_MAX]
        self.said = self.map_at = ""
        if code != self.area.code:
            self.shown = self.missing = False
        await read_area(self, code)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def more_children(self) -> None:
        """Add the next page of grids below."""
        after = self.children[-1].code if self.children else ""
        page = await look(self, list_areas, AreaFilter(under=self.area.code, after=after))
        if page is not None:
            self.children = [*self.children, *(tree_row(row) for row in page.items)]
            self.has_more = [bool(page.next), *self.has_more[1:]]

    @rx.event
    @allow(*AREA_KEEPERS)
    async def more_buildings(self) -> None:
        """Add the next page of buildings."""
        after = int(self.buildings[-1].key) if self.buildings else 0
        page = await look(self, list_buildings, self.area.code, after)
        if page is not None:
            self.buildings = [*self.buildings, *(_building(row) for row in page.items)]
            self.has_more = [self.has_more[0], bool(page.next), self.has_more[2]]

    @rx.event
    @allow(*AREA_KEEPERS)
    async def more_history(self) -> None:
        """Add the next page of changes."""
        before = int(self.history[-1].key) if self.history else 0
        found = await look(self, _history, self.area.code, before) or ()
        self.history = [*self.history, *(change_row(view) for view in found)]
        self.has_more = [*self.has_more[:2], len(found) == _HISTORY_PAGE]


def view_of(page: AreaState) -> AreaView | None:
    """Give the grid that is open, as the services told of it."""
    return page._view  # noqa: SLF001 - its own, kept from the browser


def _history(act: Act, code: str, before: int = 0) -> tuple[ChangeView, ...]:
    return see_history(act, open_grid(act, code).id or 0, before)


def _building(row: BuildingRow) -> BuildingLine:
    parts = [row.address, f"{row.household_count}户" if row.household_count else "", row.code]
    return BuildingLine(str(row.id), row.name, " · ".join(part for part in parts if part))


async def read_area(page: AreaState, code: str) -> None:
    """Read everything of a grid anew, the first page of each list."""
    view = await look(page, see_area, code)
    if view is None:
        session = await page.get_state(SessionState)
        if session.notice_code == "not_there":
            session.notice = session.notice_code = ""
            page.missing, page.shown = True, False
        return
    page._view = view  # noqa: SLF001 - its own, kept from the browser
    page.area, page.missing = face_of(view), False
    page.above = [AboveRow(one.code, one.name) for one in view.above]
    page.deeds = [deed.value for deed in Deed if deed in view.deeds]
    page.people = [
        BuildingLine(str(n), one.name, " · ".join(dict.fromkeys((one.title, one.words))))
        for n, one in enumerate(view.holders)
    ]
    page.lines = [line_row(one) for one in view.lines]
    page.pairs = [
        PairRow(one.code, one.name, " · ".join(w for w in (one.since, one.words) if w))
        for one in view.pairs
    ]
    page.focus = [focus_row(one) for one in view.focus]
    await _read_lists(page, view.code)
    page.shown = True


async def _read_lists(page: AreaState, code: str) -> None:
    children = await look(page, list_areas, AreaFilter(under=code))
    buildings = await look(page, list_buildings, code)
    history = await look(page, _history, code) or ()
    page.children = [tree_row(row) for row in children.items] if children else []
    page.buildings = [_building(row) for row in buildings.items] if buildings else []
    page.history = [change_row(view) for view in history]
    page.has_more = [
        bool(children and children.next),
        bool(buildings and buildings.next),
        len(history) == _HISTORY_PAGE,
    ]
