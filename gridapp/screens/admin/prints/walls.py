"""What hangs where: printed when, still true or not and why, seen on its wall or not."""

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args
from urllib.parse import urlencode
from uuid import uuid4

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.prints.state import place_rows
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.where import EVERYWHERE, PlaceRow
from gridapp.screens.who import PRINTERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act, the_desk
from gridapp.services.orders import Order, uid_of
from gridapp.services.prints.choose import Wish
from gridapp.services.prints.places import find_places
from gridapp.services.prints.views import Sheet
from gridapp.services.prints.walls import WALLS_A_PAGE, WallsView, WallView, list_walls

Hung = Literal["poster", "stairwell", "board"]
Kept = Literal["all", "true", "changed", "never"]
_NAMED: Final = {"sheet": get_args(Hung), "kept": get_args(Kept)}
_TRUE: Final = "与现在一致"
_NEVER: Final = "还没有印过"


@dataclass(frozen=True)
class Asked:
    """Which walls are listed; ``place`` is what a person reads for ``grid``."""

    sheet: str = Sheet.POSTER.value
    grid: str = ""
    place: str = ""
    kept: str = "all"
    page: int = 0


@dataclass(frozen=True)
class WallRow:
    """A wall as a cell shows it."""

    at: str
    name: str
    where: str
    state: str
    is_stale: bool
    hung: str
    may_hang: bool


@dataclass(frozen=True)
class Tally:
    """How many walls there are of each kind, as the chips show them, and the pages of the list."""

    counts: dict[str, str] = field(default_factory=dict)
    total: str = ""
    has_next: bool = False
    print_at: str = "/admin/print"
    stale_words: str = ""


class WallsState(SessionState):
    """The list of walls, and the deed's id that the next tap uses."""

    is_ready: bool = False
    asked: Asked = Asked()
    place: str = EVERYWHERE
    q: str = ""
    places: list[PlaceRow] = []
    rows: list[WallRow] = []
    tally: Tally = Tally()
    said: str = ""
    _uid: str = ""

    @rx.event
    @allow(*PRINTERS)
    async def load(self) -> None:
        """Open the list, of the sheet and state that its address names."""
        await greet(self)
        self.q, self.places, self.said = "", [], ""
        query = self.router.url.query_parameters
        named: dict[str, Any] = {
            key: query[key] for key, words in _NAMED.items() if query.get(key) in words
        }
        await self._list(replace(self.asked, **named))

    @rx.event
    @allow(*PRINTERS)
    async def choose_sheet(self, sheet: Hung) -> None:
        """List the walls of another sheet."""
        await self._list(replace(self.asked, sheet=sheet, page=0))

    @rx.event
    @allow(*PRINTERS)
    async def choose_kept(self, kept: Kept) -> None:
        """List all walls, or those in one state."""
        await self._list(replace(self.asked, kept=kept, page=0))

    @rx.event
    @allow(*PRINTERS)
    async def search(self, form: dict[str, str]) -> None:
        """Look for an area."""
        self.q = str(form.get("q", "")).strip()[:60]
        found = await look(self, find_places, self.q, with_buildings=False)
        self.places = place_rows(found or ())

    @rx.event
    @allow(*PRINTERS)
    async def pick(self, number: int) -> None:
        """List the walls of an area that was found; -1 is for everywhere in reach."""
        if number >= len(self.places):
            return
        row = self.places[number] if number >= 0 else PlaceRow("", "", "")
        self.places, self.q = [], ""
        await self._list(replace(self.asked, grid=row.grid, place=row.name, page=0))

    @rx.event
    @allow(*PRINTERS)
    async def turn(self, by: int) -> None:
        """List the walls before or after."""
        page = self.asked.page + (1 if by > 0 else -1)
        if page >= 0 and (by < 0 or self.tally.has_next):
            await self._list(replace(self.asked, page=page))

    @rx.event
    @allow(*PRINTERS)
    async def hang(self, at: str) -> None:
        """Write down that one was seen hanging; a second tap writes nothing more."""
        row = next((row for row in self.rows if row.at == at and row.may_hang), None)
        if row is None:
            return
        done = await do(self, _hang, self.asked.sheet, at, self._uid)
        await self._list(self.asked)
        if done is not None:
            self.said = f"已登记张贴：{row.name}"

    async def _list(self, asked: Asked) -> None:
        self.said, self._uid = "", str(uuid4())
        wish = Wish(Sheet(asked.sheet), asked.grid)
        found = await look(self, list_walls, the_desk().settings, wish, asked.kept, asked.page)
        if found is None:
            self.is_ready = self.is_ready or bool(asked.grid)
            return
        self.asked, self.place = asked, asked.place or asked.grid or EVERYWHERE
        self.rows = [_row(one) for one in found.items]
        self.tally = _tally(asked, found)
        self.is_ready = True


def _hang(act: Act, sheet: str, at: str, uid: str) -> Done:
    where = {"grid": at} if sheet == Sheet.BOARD.value else {"at": at}
    return do_deed(act, Order(Deed.HANG, facts={"sheet": sheet} | where, uid=uid_of(uid)))


def _row(view: WallView) -> WallRow:
    told = {"never": _NEVER, "true": f"{view.printed_words} 印，{_TRUE}"}
    stale = f"{view.printed_words} 印，已过时：{view.why}有变化"
    return WallRow(
        at=view.at,
        name=view.name,
        where=view.where,
        state=told.get(view.state, stale),
        is_stale=view.state == "changed",
        hung=f"{view.hung_words} 登记已张贴" if view.hung_words else "",
        may_hang=view.state == "true" and not view.hung_words,
    )


def _tally(asked: Asked, view: WallsView) -> Tally:
    counts = {
        "all": view.true_count + view.changed_count + view.never_count,
        "true": view.true_count, "changed": view.changed_count, "never": view.never_count,
    }  # fmt: skip
    todo = view.changed_count + view.never_count
    told = {"sheet": asked.sheet, "grid": asked.grid, "place": asked.place, "changed": "1"}
    return Tally(
        counts={key: f"{count:,}" for key, count in counts.items()},
        total=f"共{view.count:,}处",
        has_next=(asked.page + 1) * WALLS_A_PAGE < view.count,
        print_at=f"/admin/print?{urlencode(told)}",
        stale_words=f"打印这{todo:,}处" if todo else "",
    )
