"""The form that is open on a grid's page: filled in, looked at as a preview, agreed to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.admin.areas.area_state import AreaState, read_area, view_of
from gridapp.screens.admin.areas.targets import list_targets
from gridapp.screens.admin.areas.telling import FormFacts, told_by
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.who import AREA_KEEPERS
from gridapp.services.areas.change import PLANNERS, see_preview
from gridapp.services.areas.read import AreaView, list_buildings
from gridapp.services.areas.tree import AreaFilter, list_areas
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act, the_desk
from gridapp.services.orders import Order, uid_of
from gridapp.ui.fields import Choice

_THINGS_MOST: Final = 200
# Where the ground is another after these, or has to be drawn: the map is offered.
_ON_THE_MAP: Final = {Deed.SPLIT_AREA, Deed.MERGE_AREAS}
_MAP: Final = "/admin/boundaries/draw?grid={}"
_CHOOSING: Final = {Deed.MOVE_AREA, Deed.MERGE_AREAS, Deed.REASSIGN, Deed.PAIR_AREAS}
_SORTING: Final = {Deed.SPLIT_AREA, Deed.REASSIGN}


@dataclass(frozen=True)
class Was:
    """What stood there before, for the fields of a form."""

    name: str = ""
    code: str = ""
    kind: str = ""
    phone: str = ""
    organisation: str = ""
    title: str = ""
    words: str = ""
    year: str = ""
    state: str = "chosen"


@dataclass(frozen=True)
class CountRow:
    """A number of the preview."""

    label: str
    words: str


@dataclass
class Told:
    """What is about to be done."""

    subject: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    agreed: str = ""
    uid: str = ""
    version: int = 0
    line: str = ""
    other: str = ""


class AreaFormState(SessionState):
    """A form with its preview. The id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    busy: bool = False
    is_preview: bool = False
    was: Was = Was()
    things: list[Choice] = []
    targets: list[Choice] = []
    levels: list[Choice] = []
    kinds: list[Choice] = []
    counts: list[CountRow] = []
    says: list[str] = []
    warns: list[str] = []
    _told: Told = Told()

    @rx.event
    @allow(*AREA_KEEPERS)
    async def open_form(self, deed: str, key: str) -> None:
        """Open the form of a deed; ``key`` is the line, the question or the other grid it is of."""
        page = await self.get_state(AreaState)
        view = view_of(page)
        if view is None or deed not in {*page.deeds, Deed.PART_AREAS.value} or not page.deeds:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = page.said = page.map_at = ""
        self.deed, self.label, self.is_preview = deed, DEED[Deed(deed)], False
        self._told = Told(uid=str(uuid4()))
        self.things, self.targets, self.busy = [], [], False
        self._remember(page, view, key)
        self.levels = [Choice(level.value, name) for level, name in view.new_levels]
        self.kinds = [Choice(kind.value, name) for kind, name in view.kinds]
        if deed in _CHOOSING:
            self.targets = await look(self, list_targets, view, deed, "") or []
        if deed in _SORTING:
            self.things = await look(self, _things, view, deed) or []

    def _remember(self, page: AreaState, view: AreaView, key: str) -> None:
        """Fill in what stands there already."""
        self.was = Was(view.name, view.code, view.kind.value, year=str(_this_year()))
        self._told.other = key
        for line in page.lines:
            if self.deed == Deed.SET_LINE_CONTACT and line.line == key:
                self.label = f"{line.name}联系人"
                self.was = Was(line.own_name, phone=line.phone, organisation=line.organisation)
                self._told.line, self._told.version = key, line.version
        for one in page.focus:
            if self.deed == Deed.SET_FOCUS and one.key == key:
                self.was = Was(
                    title=one.name, kind=one.kind, year=one.year, state=one.state, words=one.words
                )  # fmt: skip
                self._told.version = one.version

    @rx.event
    @allow(*AREA_KEEPERS)
    async def close_form(self) -> None:
        """Put the form away."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.deed = ""

    @rx.event
    @allow(*AREA_KEEPERS)
    async def seek(self, form: dict[str, str]) -> None:
        """Offer the grids that have these words."""
        view = view_of(await self.get_state(AreaState))
        if view is not None and self.deed in _CHOOSING:
            q = form.get("q", "").strip()[:60]
            self.targets = await look(self, list_targets, view, self.deed, q) or []

    @rx.event
    @allow(*AREA_KEEPERS)
    async def go_back(self) -> None:
        """Go back from the preview to what was filled in."""
        self.is_preview = False

    @rx.event
    @allow(*AREA_KEEPERS)
    async def submit(self, form: FormFacts) -> AsyncIterator[None]:
        """Show what would happen; what needs no preview is done at once."""
        page = await self.get_state(AreaState)
        view = view_of(page)
        if not self.deed or view is None:
            return
        self.busy = True
        yield
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        deed, told = Deed(self.deed), self._told
        told.subject, told.facts = told_by(deed, view.code, form, line=told.line, other=told.other)
        if deed in PLANNERS:
            await self._look_ahead()
        else:
            await self._do()
        self.busy = False

    async def _look_ahead(self) -> None:
        told = self._told
        shown = await look(self, see_preview, Deed(self.deed), told.subject, told.facts)
        self.is_preview = shown is not None
        if shown is not None:
            told.agreed = shown.agreed
            self.counts = [CountRow(one.label, one.words) for one in shown.counts]
            self.says, self.warns = list(shown.says), list(shown.warns)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def agree(self) -> AsyncIterator[None]:
        """Do what the preview said; when the town has changed meanwhile, show the new preview."""
        if not self.deed or not self.is_preview or self.busy:
            return
        self.busy = True
        yield
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        await self._do()
        if self.deed:
            await self._look_ahead()
        self.busy = False

    async def _do(self) -> None:
        page, label = await self.get_state(AreaState), self.label
        done = await do(self, _do_once, self.deed, self._told)
        if done is None:
            return
        deed, self.deed, code = self.deed, "", page.area.code
        # A grid whose code has changed is opened under the new one.
        if self._told.subject == code:
            code = str(done.reply.get("code", code))
        await read_area(page, code)
        page.said = f"已完成：{label}。"
        page.map_at = _MAP.format(code) if Deed(deed) in _ON_THE_MAP else ""


def _this_year() -> int:
    return beijing_date(the_desk().clock()).year


def _do_once(act: Act, deed: str, told: Told) -> Done:
    facts = told.facts | ({"agreed": told.agreed} if Deed(deed) in PLANNERS else {})
    order = Order(deed, told.subject, facts, told.version or None, uid=uid_of(told.uid))
    return do_deed(act, order)


def _things(act: Act, view: AreaView, deed: str) -> list[Choice]:
    """List what can be put elsewhere: buildings, and for a split the grids below too."""
    rows = list_buildings(act, view.code, limit=_THINGS_MOST).items
    found = [Choice(f"b{row.id}", f"{row.name}（{row.household_count}户）") for row in rows]
    if deed == Deed.SPLIT_AREA:
        below = list_areas(act, AreaFilter(under=view.code, limit=_THINGS_MOST)).items
        found += [Choice(f"g{r.code}", f"{r.name}（{r.household_count}户）") for r in below]
    return found
