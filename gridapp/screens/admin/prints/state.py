"""The print page: what is chosen, what would come of it, and the work that was ordered."""

from dataclasses import dataclass, replace
from typing import Final, Literal
from uuid import uuid4

import reflex as rx

from gridapp.domain.vocabulary import Deed, Role, WorkKind
from gridapp.guard.allow import allow
from gridapp.screens.admin.prints.plan import Chosen, Plan, plan_print
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.where import EVERYWHERE, PlaceRow
from gridapp.screens.who import PRINTERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.services.prints.places import PrintPlace, find_places
from gridapp.services.prints.views import Layout, Paper, Sheet
from gridapp.services.works.views import WorkView, list_works

_OF_BUILDINGS: Final = frozenset({Sheet.POSTER.value, Sheet.STAIRWELL.value, Sheet.CARDS.value})
_CARDS_MOST: Final = 3
Field = Literal["sheet", "layout", "paper", "changed_only", "is_trial"]
_WORDS: Final[dict[str, frozenset[str]]] = {
    "sheet": frozenset(Sheet),
    "layout": frozenset(Layout),
    "paper": frozenset(Paper),
}


@dataclass(frozen=True)
class WorkRow:
    """An earlier print, as a cell shows it; ``file`` is where it is fetched."""

    uid: str
    label: str
    context: str
    state: str
    file: str


class PrintState(SessionState):
    """What is chosen, what would be printed, and what was; an order's id is made beforehand."""

    is_ready: bool = False
    home: str = "/me"
    chosen: Chosen = Chosen()
    place: str = EVERYWHERE
    q: str = ""
    places: list[PlaceRow] = []
    plan: Plan = Plan()
    page: int = 1
    picture: str = ""
    cards: list[str] = []
    rows: list[WorkRow] = []
    _uid: str = ""

    @rx.event
    @allow(*PRINTERS)
    async def load(self) -> None:
        """Open the page, with what its address says."""
        actor = await greet(self)
        self.home = "/admin" if Role.ADMINISTRATOR in actor.roles else "/me"
        asked = self.router.url.query_parameters
        if "sheet" in asked:
            # An address that says what is printed says for where too: nothing is everywhere.
            self.chosen = Chosen()
        sheet = asked.get("sheet", self.chosen.sheet)
        self.q, self.places = "", []
        await self._choose(
            sheet=sheet if sheet in set(Sheet) else Sheet.POSTER.value,
            grid=asked.get("grid", self.chosen.grid)[:32],
            at=asked.get("at", self.chosen.at)[:64],
            place=asked.get("place", self.chosen.place)[:80],
            changed_only=bool(asked.get("changed", self.chosen.changed_only)),
        )
        await read_works(self)
        self.is_ready = True

    @rx.event
    @allow(*PRINTERS)
    async def choose(self, field: Field, value: str) -> None:
        """Choose another sheet, layout or paper, or turn one of the two switches."""
        if field in _WORDS and value not in _WORDS[field]:
            return
        held = not getattr(self.chosen, field) if field not in _WORDS else value
        more = {"at": "", "place": ""} if self._loses_building(field, value) else {}
        await self._choose(**{field: held}, **more)

    def _loses_building(self, field: str, value: str) -> bool:
        return field == "sheet" and value not in _OF_BUILDINGS and self.chosen.at != ""

    @rx.event
    @allow(*PRINTERS)
    async def search(self, form: dict[str, str]) -> None:
        """Look for where to print."""
        self.q = str(form.get("q", "")).strip()[:60]
        with_buildings = self.chosen.sheet in _OF_BUILDINGS
        found = await look(self, find_places, self.q, with_buildings=with_buildings)
        self.places = place_rows(found or ())

    @rx.event
    @allow(*PRINTERS)
    async def pick(self, number: int) -> None:
        """Print for a place that was found; -1 is for everywhere in reach."""
        if number >= len(self.places):
            return
        row = self.places[number] if number >= 0 else PlaceRow("", "", "")
        self.places, self.q = [], ""
        await self._choose(grid=row.grid, at=row.at, place=row.name)

    @rx.event
    @allow(*PRINTERS)
    async def turn(self, by: int) -> None:
        """Look at another page."""
        self._show(self.page + by)

    @rx.event
    @allow(*PRINTERS)
    async def look_at(self, form: dict[str, str]) -> None:
        """Look at a page by its number."""
        typed = str(form.get("page", ""))
        if typed.isdecimal() and len(typed) <= 7:  # noqa: PLR2004 - no street has more digits
            self._show(int(typed))

    @rx.event
    @allow(*PRINTERS)
    async def order(self) -> None:
        """Order what is chosen; a second tap orders nothing more."""
        done = await do(self, _order, self.chosen, self._uid)
        if done is not None:
            self._uid = str(uuid4())
        await read_works(self)

    @rx.event
    @allow(*PRINTERS)
    async def refresh(self) -> None:
        """Read again, after some work has ended."""
        await self._choose()
        await read_works(self)

    async def _choose(self, **values: object) -> None:
        chosen = replace(self.chosen, **values)  # type: ignore[arg-type]  # the fields of Chosen
        plan = await look(self, plan_print, chosen)
        if plan is None and chosen.grid + chosen.at:
            # Out of reach, or no longer there: the whole reach always is.
            chosen = replace(chosen, grid="", at="", place="")
            plan = await look(self, plan_print, chosen)
        self.chosen, self.plan = chosen, plan or Plan()
        self.place = chosen.place or chosen.grid or chosen.at or EVERYWHERE
        self._uid = str(uuid4())
        self._show(1)

    def _show(self, page: int) -> None:
        self.page = max(1, min(page, self.plan.page_count))
        has_page = self.plan.page_count > 0 and self.plan.is_printable
        self.picture = self.chosen.picture(self.page, self.plan.mark) if has_page else ""


def place_rows(found: tuple[PrintPlace, ...]) -> list[PlaceRow]:
    """Show places that were found."""
    return [PlaceRow(one.name, one.where, one.grid, one.at) for one in found]


def _order(act: Act, chosen: Chosen, uid: str) -> Done:
    return do_deed(act, Order(Deed.ORDER_PRINT, facts=dict(chosen.facts()), uid=uid_of(uid)))


async def read_works(page: PrintState) -> None:
    """Read what was ordered: the own and newest as cards, the rest as a list."""
    found = await look(page, list_works, WorkKind.PRINT, Deed.ORDER_PRINT)
    if found is None:
        return
    own = [one for one in found if one.is_own]
    cards = [one.uid for one in own if one.is_open or one is own[0]][:_CARDS_MOST]
    page.cards = cards
    page.rows = [_row(one) for one in found if one.uid not in cards]


def _row(view: WorkView) -> WorkRow:
    count = view.result.get("page_count")
    told = [view.person, view.asked_words, f"{count} 页" if count else ""]
    file = f"/api/v1/works/{view.uid}/file" if view.has_file else ""
    return WorkRow(view.uid, view.label, " · ".join(filter(None, told)), view.state_label, file)
