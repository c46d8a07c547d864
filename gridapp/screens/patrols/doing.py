"""The form that is open on the page of patrols, and what came of it."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.errors import FactsError
from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.patrols.shown import EditRow
from gridapp.screens.patrols.state import PatrolState, read_patrols
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.who import PATROL_LEADERS
from gridapp.services.areas.buildings import own_buildings
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.services.patrols.crew import list_crew, list_grids
from gridapp.ui.fields import Choice

_FORMS: Final = {
    Deed.ADD_POINT, Deed.CHANGE_POINT, Deed.RETIRE_POINT, Deed.RESTORE_POINT,
    Deed.MAKE_ROSTER, Deed.STAFF_ROSTER, Deed.CANCEL_ROSTER,
}  # fmt: skip
_LONGEST_DAYS: Final = 62
_MOST_CHOICES: Final = 500
_BETWEEN_NAMES: Final = re.compile(r"[、，,;；\s]+")

_PERSON: Final = re.compile(r"p\d{1,9}", re.ASCII)

FormFacts = dict[str, str | bool]


class PatrolFormState(SessionState):
    """The form of a deed. The id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    busy: bool = False
    uid: str = ""
    subject: str = ""
    version: int = 0
    grid: str = ""
    name: str = ""
    every_days: str = "7"
    places: list[Choice] = []
    grids: list[Choice] = []
    crew: list[Choice] = []

    @rx.event
    @allow(*PATROL_LEADERS)
    async def open_form(self, deed: str, subject: str) -> None:
        """Open the form of a deed; for a new roster a grid is chosen first."""
        page = await self.get_state(PatrolState)
        if deed not in _FORMS or not page.may_lead:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = page.said = ""
        self.deed, self.subject, self.uid = deed, subject, str(uuid4())
        self.label, self.crew, self.grid, self.version = DEED[Deed(deed)], [], "", 0
        self._remember(page)
        await self._offer()

    def _remember(self, page: PatrolState) -> None:
        point = next((row for row in page.points if row.point == self.subject), None)
        out = next((row for row in page.retired if row.point == self.subject), None)
        night = next((row for row in page.nights if row.night == self.subject), None)
        if isinstance(point, EditRow):
            self.version, self.name = point.version, point.name
            self.every_days = str(point.every_days)
        elif out is not None:
            self.version = out.version
        elif night is not None:
            self.version, self.grid = night.version, night.grid_code

    async def _offer(self) -> None:
        """Read what the form lets choose from."""
        if self.deed == Deed.ADD_POINT:
            found = await look(self, own_buildings, Deed.ADD_POINT) or ()
            self.places = [
                Choice(b.code, f"{b.name}（{b.address}）") for b in found[:_MOST_CHOICES]
            ]
        if self.deed in {Deed.ADD_POINT, Deed.MAKE_ROSTER}:
            grids = await look(self, list_grids) or ()
            self.grids = [Choice(grid.code, grid.name) for grid in grids]
        if self.deed == Deed.MAKE_ROSTER:
            self.grid = self.grids[0].code if self.grids else ""
        if self.deed in {Deed.MAKE_ROSTER, Deed.STAFF_ROSTER} and self.grid:
            await self._offer_crew()

    async def _offer_crew(self) -> None:
        crew = await look(self, list_crew, self.grid) or ()
        self.crew = [Choice(str(c.person_id), f"{c.name}（{c.role_label}）") for c in crew]

    @rx.event
    @allow(*PATROL_LEADERS)
    async def choose_grid(self, grid: str) -> None:
        """Offer the people of another grid."""
        self.grid = grid[:32]
        await self._offer_crew()

    @rx.event
    @allow(*PATROL_LEADERS)
    async def close_form(self) -> None:
        """Put the form away."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.deed = ""

    @rx.event
    @allow(*PATROL_LEADERS)
    async def submit(self, form: FormFacts) -> AsyncIterator[None]:
        """Do the deed whose form is open; a second tap finds the form closed."""
        if self.deed not in _FORMS:
            return
        self.busy = True
        yield
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        told = self.deed, self.subject, self.version, self.uid
        done = await do(self, _do_once, *told, form)
        if done is not None:
            page = await self.get_state(PatrolState)
            await read_patrols(page)
            page.said, self.deed = f"已{self.label}。", ""
        self.busy = False


def _do_once(  # noqa: PLR0913, PLR0917 - what an order is made of
    act: Act, deed: str, subject: str, version: int, uid: str, form: FormFacts
) -> Done:
    facts = facts_of(deed, form)
    return do_deed(act, Order(deed, subject, facts, version or None, uid=uid_of(uid)))


def facts_of(deed: str, form: FormFacts) -> dict[str, Any]:
    """Turn what a form sent into a deed's facts: what was left empty was not said.

    Raises:
        FactsError: The days are none, or too many.
    """
    said = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    facts: dict[str, Any] = {
        name: said[name]
        for name in ("at", "grid", "name", "spot", "theme", "starts", "ends", "words")
        if said.get(name)
    }
    if said.get("every_days"):
        facts["every_days"] = said["every_days"]
    if deed in {Deed.MAKE_ROSTER, Deed.STAFF_ROSTER}:
        facts["people"] = [
            int(name[1:])
            for name, chosen in form.items()
            if chosen and re.match(r"p\d{1,9}$", name)
        ]
        facts["names"] = [name for name in _BETWEEN_NAMES.split(said.get("names", "")) if name]
    if deed == Deed.MAKE_ROSTER:
        facts["nights"] = _nights(said.get("first", ""), said.get("last", ""), form)
    return facts


def _nights(first: str, last: str, form: FormFacts) -> list[str]:
    try:
        begun, ended = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise FactsError("请选择日期。") from error
    if not begun <= ended <= begun + timedelta(days=_LONGEST_DAYS - 1):
        raise FactsError(f"结束日期应在开始日期之后，最多排{_LONGEST_DAYS}天。")
    wanted = {day for day in range(7) if form.get(f"w{day}")} or set(range(7))
    days = [begun + timedelta(days=ahead) for ahead in range((ended - begun).days + 1)]
    nights = [day.isoformat() for day in days if day.weekday() in wanted]
    if not nights:
        raise FactsError("这段日期里没有选中的星期几，请重新选择。")
    return nights
