"""The state of the visits' page: which list is open, what it holds, and a household being added."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import VISITORS
from gridapp.services.areas.buildings import own_buildings
from gridapp.services.deeds import do_deed
from gridapp.services.orders import Order, uid_of
from gridapp.services.visits.kinds import list_kinds
from gridapp.services.visits.lists import HouseholdFilter, list_households
from gridapp.services.visits.read import list_diary
from gridapp.ui.fields import Choice
from gridapp.ui.visit_cells import HouseholdRow, VisitRow, household_row, visit_row

PAGE_COUNT: Final = 20
TABS: Final = {"due": "到期", "all": "全部联系户", "diary": "我的走访日记"}


class VisitsState(SessionState):
    """The list that is open. ``due`` is what is due within a week or over."""

    is_ready: bool = False
    tab: str = "due"
    q: str = ""
    rows: list[HouseholdRow] = []
    diary: list[VisitRow] = []
    total: int = 0
    page: int = 1
    has_next: bool = False
    said: str = ""
    _keys: list[str] = [""]

    @rx.event
    @allow(*VISITORS)
    async def load(self) -> None:
        """Open the page as its address says."""
        await greet(self)
        asked = self.router.url.query_parameters.get("tab", "due")
        self.tab, self.q, self.said = asked if asked in TABS else "due", "", ""
        await read_visits(self)

    @rx.event
    @allow(*VISITORS)
    async def choose_tab(self, tab: str) -> None:
        """Open another list."""
        if tab in TABS:
            self.tab, self.q, self.said = tab, "", ""
            await read_visits(self)

    @rx.event
    @allow(*VISITORS)
    async def search(self, form: dict[str, str]) -> None:
        """Look among all households."""
        self.q, self.tab = form.get("q", "").strip()[:60], "all"
        await read_visits(self)

    @rx.event
    @allow(*VISITORS)
    async def next_page(self) -> None:
        """List the following ones."""
        if self.has_next:
            self.page += 1
            await _read_page(self)

    @rx.event
    @allow(*VISITORS)
    async def previous_page(self) -> None:
        """List the ones before."""
        if self.page > 1:
            self.page -= 1
            await _read_page(self)


async def read_visits(state: VisitsState) -> None:
    """List the first page of the open list anew."""
    state.page, state._keys = 1, [""]  # noqa: SLF001 - its own, kept from the browser
    await _read_page(state)


async def _read_page(state: VisitsState) -> None:
    keys = state._keys  # noqa: SLF001 - its own, kept from the browser
    after = keys[state.page - 1]
    if state.tab == "diary":
        diary = await look(state, list_diary, after)
        if diary is None:
            return
        following, state.diary = diary.next, [visit_row(view) for view in diary.items]
    else:
        asked = HouseholdFilter(state.tab == "due", state.q, after, PAGE_COUNT)
        found = await look(state, list_households, asked)
        if found is None:
            return
        following, state.total = found.next, found.total
        state.rows = [household_row(card) for card in found.items]
    state.has_next = bool(following)
    state._keys = [*keys[: state.page], following]  # noqa: SLF001 - likewise
    state.is_ready = True


class AddState(SessionState):
    """A household being added. The id is made with the form, so that a double tap adds one."""

    is_open: bool = False
    busy: bool = False
    uid: str = ""
    buildings: list[Choice] = []
    kinds: list[Choice] = []

    @rx.event
    @allow(*VISITORS)
    async def open_form(self) -> None:
        """Open the form."""
        await _clear_notice(self)
        buildings = await look(self, own_buildings, Deed.ADD_HOUSEHOLD) or ()
        self.buildings = [Choice(b.code, f"{b.name}（{b.address}）") for b in buildings]
        self.kinds = await kind_choices(self)
        self.uid, self.is_open = str(uuid4()), True

    @rx.event
    @allow(*VISITORS)
    async def close_form(self) -> None:
        """Put the form away."""
        await _clear_notice(self)
        self.is_open = False

    @rx.event
    @allow(*VISITORS)
    async def submit(self, form: dict[str, str]) -> AsyncIterator[None]:
        """Add the household."""
        if not self.is_open:
            return
        self.busy = True
        yield
        await _clear_notice(self)
        order = Order(Deed.ADD_HOUSEHOLD, facts={**told(form)}, uid=uid_of(self.uid))
        done = await do(self, do_deed, order)
        self.busy = False
        if done is not None:
            self.is_open = False
            page = await self.get_state(VisitsState)
            page.tab, page.q = "all", ""
            await read_visits(page)
            page.said = "已新增，今天起排在到期名单里。"


async def _clear_notice(state: SessionState) -> None:
    session = await state.get_state(SessionState)
    session.notice = session.notice_code = ""


async def kind_choices(state: SessionState) -> list[Choice]:
    """List the reasons to visit; an example says that it is one."""
    return [
        Choice(kind.code, f"{kind.name}（示例）" if kind.is_example else kind.name)
        for kind in await look(state, list_kinds) or ()
    ]


def told(form: dict[str, str]) -> dict[str, str]:
    """Turn what a form sent into a deed's facts: what was left empty was not said."""
    return {name: value.strip() for name, value in form.items() if value and value.strip()}
