"""Choosing the grid to which the register is narrowed; the address keeps it (只看一个网格)."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import reflex as rx
from reflex_base.event import EventSpec

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.where import PlaceRow, place_search
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.areas.find import FoundArea, find_areas, list_areas_below
from gridapp.ui.sheet import sheet

_TITLE: Final = "选网格"
_LABEL: Final = "查找街道、社区或网格"
_HINT: Final = "名称或编码，例如第一网格"
_CODE_MAX: Final = 32
_BASES: Final = ("/admin/register", "/worker/register")


def grid_query(grid: str) -> str:
    """Give what the query of the list's address says of a grid, behind the part of the list."""
    return f"&{urlencode({'grid': grid})}" if grid else ""


def asked_grid(parameters: Mapping[str, str]) -> str:
    """Give the grid's code that an address names."""
    return parameters.get("grid", "")[:_CODE_MAX]


class GridPickState(SessionState):
    """The sheet in which a grid is looked for."""

    is_open: bool = False
    q: str = ""
    places: list[PlaceRow] = []
    _tab: str = ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def open_picker(self, tab: str) -> None:
        """Open the sheet with what lies below the grid that is open, or the top of the reach."""
        self.q, self._tab, self.is_open = "", tab[:_CODE_MAX], True
        grid = asked_grid(self.router.url.query_parameters)
        self.places = _rows(await look(self, list_areas_below, grid, Deed.SEE_REGISTER) or ())

    @rx.event
    @allow(*REGISTER_READERS)
    async def close_picker(self) -> None:
        """Put the sheet away."""
        self.is_open = False

    @rx.event
    @allow(*REGISTER_READERS)
    async def search(self, form: dict[str, str]) -> None:
        """Look for a grid by its name or code."""
        self.q = str(form.get("q", "")).strip()[:60]
        self.places = _rows(await look(self, find_areas, self.q, Deed.SEE_REGISTER) or ())

    @rx.event
    @allow(*REGISTER_READERS)
    async def pick(self, number: int) -> EventSpec | None:
        """Go to the list of a grid that was found."""
        if not self.is_open or not 0 <= number < len(self.places):
            return None
        self.is_open = False
        path = self.router.url.path
        base = next((one for one in _BASES if path.startswith(one)), _BASES[0])
        tab = urlencode({"tab": self._tab})
        return rx.redirect(f"{base}?{tab}{grid_query(self.places[number].grid)}")


def _rows(found: tuple[FoundArea, ...]) -> list[PlaceRow]:
    return [PlaceRow(one.name, one.where, one.code) for one in found]


def picker_sheet() -> rx.Component:
    """Show the sheet, when it is open."""
    return rx.cond(
        GridPickState.is_open,
        sheet(
            _TITLE,
            place_search(GridPickState, _LABEL, _HINT),
            on_close=GridPickState.close_picker,
            name="grid",
        ),
    )
