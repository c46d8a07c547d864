"""The state of one household's page: what it shows masked, and the deed that is being done."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import VISITORS
from gridapp.screens.worker.visits_state import kind_choices, told
from gridapp.services.deeds import do_deed
from gridapp.services.orders import Order, uid_of
from gridapp.services.visits.lists import choose_households
from gridapp.services.visits.read import see_household
from gridapp.services.visits.reveal import reveal_household
from gridapp.services.visits.views import HouseholdView
from gridapp.ui.fields import Choice
from gridapp.ui.visit_cells import VisitRow, visit_row

_SAID: Final = {
    Deed.CHANGE_HOUSEHOLD: "已修改。",
    Deed.END_HOUSEHOLD: "已结束联系，走访记录仍然保留。",
    Deed.CORRECT_VISIT: "已更正，写在这次走访后面。",
}
NO_PHONE: Final = "无"


@dataclass(frozen=True)
class ShownHousehold:
    """What the page shows of a household; empty words are left out."""

    id: str = ""
    version: int = 0
    who: str = ""
    grid: str = ""
    kind: str = ""
    kind_code: str = ""
    interval_days: int = 0
    rhythm: str = ""
    next_state: str = "calm"
    next_words: str = ""
    last_words: str = ""
    phone: str = ""
    ended: str = ""
    is_open: bool = False


def shown_household(view: HouseholdView) -> ShownHousehold:
    """Take from a view what the page shows."""
    card = view.card
    return ShownHousehold(
        id=card.id,
        version=view.version,
        who=f"{card.building} {card.name_masked}",
        grid=card.grid,
        kind=card.kind,
        kind_code=view.kind_code,
        interval_days=view.interval_days,
        rhythm=card.interval_words,
        next_state=card.next_state,
        next_words=card.next_words,
        last_words=card.last_words or "还没有走访过",
        phone=view.phone_masked,
        ended=view.ended_words,
        is_open=bool(view.buttons),
    )


class HouseholdState(SessionState):
    """One household. What was revealed stands only until the page is opened again or left."""

    home: ShownHousehold = ShownHousehold()
    shown: bool = False
    missing: bool = False
    visits: list[VisitRow] = []
    said: str = ""
    revealed: str = ""
    revealed_phone: str = ""
    deed: str = ""
    subject: str = ""
    uid: str = ""
    busy: bool = False
    kinds: list[Choice] = []
    others: list[Choice] = []

    @rx.event
    @allow(*VISITORS)
    async def load(self) -> None:
        """Open the household that the address names."""
        await greet(self)
        self.said = self.revealed = self.revealed_phone = self.deed = ""
        await _show(self, self.router.url.query_parameters.get("id", ""))

    @rx.event
    @allow(*VISITORS)
    async def open_form(self, deed: str, subject: str) -> None:
        """Open the form of a deed on the household, or on one of its visits."""
        if deed not in {*_SAID, Deed.REVEAL_HOUSEHOLD}:
            return
        await _clear_notice(self)
        self.deed, self.subject, self.uid, self.said = deed, subject[:64], str(uuid4()), ""
        if deed == Deed.CHANGE_HOUSEHOLD:
            self.kinds = await kind_choices(self)
        if deed == Deed.CORRECT_VISIT:
            homes = await look(self, choose_households) or ()
            self.others = [
                Choice(home.id, f"{home.building} {home.name_masked}（{home.kind}）")
                for home in homes
                if home.id != self.home.id
            ]

    @rx.event
    @allow(*VISITORS)
    async def close_form(self) -> None:
        """Put the form away."""
        await _clear_notice(self)
        self.deed = ""

    @rx.event
    @allow(*VISITORS)
    async def hide(self) -> None:
        """Mask again what was revealed."""
        self.revealed = self.revealed_phone = ""

    @rx.event
    @allow(*VISITORS)
    async def submit(self, form: dict[str, str]) -> AsyncIterator[None]:
        """Do the deed whose form is open; a second tap finds the form closed."""
        if not self.deed:
            return
        self.busy = True
        yield
        await _clear_notice(self)
        if self.deed == Deed.REVEAL_HOUSEHOLD:
            await _reveal(self, form.get("words", ""))
        else:
            await _do(self, form)
        self.busy = False


async def _clear_notice(state: HouseholdState) -> None:
    session = await state.get_state(SessionState)
    session.notice = session.notice_code = ""


async def _show(page: HouseholdState, household: str) -> None:
    view = await look(page, see_household, household)
    page.shown, page.missing = view is not None, view is None
    page.home = shown_household(view) if view else ShownHousehold()
    page.visits = [visit_row(visit) for visit in view.visits] if view else []


async def _reveal(page: HouseholdState, reason: str) -> None:
    found = await do(page, reveal_household, page.home.id, reason)
    if found is not None:
        page.revealed = "，".join(filter(None, (found.name, found.door, found.phone)))
        page.revealed_phone = found.phone.replace(" ", "")
        page.deed = ""


async def _do(page: HouseholdState, form: dict[str, str]) -> None:
    deed, facts = Deed(page.deed), told(form)
    if facts.get("phone") == NO_PHONE:
        facts["phone"] = ""
    is_visit = deed is Deed.CORRECT_VISIT
    subject = page.subject if is_visit else page.home.id
    version = None if is_visit else page.home.version
    order = Order(deed, subject, {**facts}, version, uid=uid_of(page.uid))
    done = await do(page, do_deed, order)
    session = await page.get_state(SessionState)
    refused = session.notice, session.notice_code
    await _show(page, page.home.id)
    if done is None:
        # The household has been read anew, so that the reader decides on how it stands now.
        session.notice, session.notice_code = refused
        return
    page.said, page.deed = _SAID[deed], ""
