"""The state of one case on a page: what it shows, and the deed that is being done on it."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.cases.deeds import (
    AT_ONCE,
    DeedButton,
    clock_field,
    done_words,
    facts_of_form,
    main_and_more,
)
from gridapp.screens.cases.shown import (
    ShownCase,
    five_step_rows,
    photo_rows,
    shown_case,
    step_rows,
)
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import CASE_READERS
from gridapp.services.cases.choices import category_choices, unit_choices
from gridapp.services.cases.read import see_case
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.ui.fields import Choice
from gridapp.ui.story import FiveStepRow, PhotoRow, StepRow

MORE = "more"
_MOST_CHOICES = 100


class CaseState(SessionState):
    """One case, and what may be done on it. ``shown`` is empty until it has been read."""

    case: ShownCase = ShownCase()
    shown: bool = False
    missing: bool = False
    steps: list[StepRow] = []
    five_steps: list[FiveStepRow] = []
    photos: list[PhotoRow] = []
    main: list[DeedButton] = []
    more: list[DeedButton] = []
    said: str = ""
    photo: str = ""
    photo_label: str = ""

    @rx.event
    @allow(*CASE_READERS)
    async def load(self) -> None:
        """Open the case that the address names."""
        await greet(self)
        no = self.router.url.query_parameters.get("no", "")
        if no != self.case.no:
            self.shown, self.said = False, ""
        self.photo = ""
        await show_case(self, no)

    @rx.event
    @allow(*CASE_READERS)
    async def open_photo(self, sha256: str, label: str) -> None:
        """Show one photo large."""
        if any(photo.sha256 == sha256 for photo in self.photos):
            self.photo, self.photo_label = f"/api/v1/photos/{sha256}", label[:20]

    @rx.event
    @allow(*CASE_READERS)
    async def close_photo(self) -> None:
        """Put the photo away."""
        self.photo = ""


async def show_case(page: CaseState, no: str) -> None:
    """Read a case and put it on the page."""
    view = await look(page, see_case, no)
    page.shown, page.missing = view is not None, view is None
    if view is None:
        page.case = ShownCase()
        return
    page.case = shown_case(view)
    page.steps = step_rows(view.steps)
    page.five_steps = five_step_rows(view)
    page.photos = photo_rows(view.photos)
    page.main, page.more = main_and_more(no, view.buttons)


def _offered(page: CaseState) -> set[str]:
    return {button.deed for button in (*page.main, *page.more)}


class DeedState(SessionState):
    """The form of a deed. The id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    busy: bool = False
    uid: str = ""
    categories: list[Choice] = []
    units: list[Choice] = []
    due_default: str = ""

    @rx.event
    @allow(*CASE_READERS)
    async def open_form(self, deed: str) -> None:
        """Open the form of a deed, or the list of further deeds."""
        page = await self.get_state(CaseState)
        if deed != MORE and deed not in _offered(page):
            return
        await self._clear_notice()
        self.deed, self.uid, page.said = deed, str(uuid4()), ""
        self.label = "更多操作" if deed == MORE else DEED[Deed(deed)]
        await self._offer(page.case.no)

    async def _offer(self, no: str) -> None:
        """Read what the form lets choose from."""
        if self.deed == Deed.ACCEPT:
            found = await look(self, category_choices) or ()
            self.categories = [Choice(c.code, c.label) for c in found[:_MOST_CHOICES]]
        elif self.deed in {Deed.DISPATCH, Deed.RETURN}:
            units = await look(self, unit_choices, no) or ()
            self.units = [Choice(u.code, u.label) for u in units[:_MOST_CHOICES]]
        elif self.deed in {Deed.EXTEND, Deed.PAUSE, Deed.ASK_EXTENSION}:
            view = await look(self, see_case, no)
            self.due_default = clock_field(view.card.due_at) if view else ""

    async def _clear_notice(self) -> None:
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""

    @rx.event
    @allow(*CASE_READERS)
    async def close_form(self) -> None:
        """Put the form away."""
        await self._clear_notice()
        self.deed = ""

    @rx.event
    @allow(*CASE_READERS)
    async def do_at_once(self, deed: str) -> AsyncIterator[None]:
        """Do a deed that asks for nothing; a second tap finds it no longer offered."""
        if deed not in AT_ONCE or deed not in _offered(await self.get_state(CaseState)):
            return
        self.deed, self.label, self.uid, self.busy = deed, "", str(uuid4()), True
        yield
        await self._do({})
        self.deed, self.busy = "", False

    @rx.event
    @allow(*CASE_READERS)
    async def submit(self, form: dict[str, str | bool]) -> AsyncIterator[None]:
        """Do the deed whose form is open; a second tap finds the form closed."""
        if self.deed not in set(Deed):
            return
        self.busy = True
        yield
        await self._do(form)
        self.busy = False

    async def _do(self, form: dict[str, str | bool]) -> None:
        session = await self.get_state(SessionState)
        page = await self.get_state(CaseState)
        await self._clear_notice()
        done = await do(self, _do_once, self.deed, page.case, form, self.uid)
        refused = session.notice, session.notice_code
        await show_case(page, page.case.no)
        if done is not None:
            page.said = done_words(self.deed, page.case.status)
        if done is not None or self.deed not in _offered(page):
            self.deed = ""
        if done is None:
            # The case has been read anew, so that the reader decides on its present state.
            session.notice, session.notice_code = refused


def _do_once(act: Act, deed: str, case: ShownCase, form: dict[str, str | bool], uid: str) -> Done:
    facts = facts_of_form(form)
    return do_deed(act, Order(deed, case.no, facts, case.version, uid=UUID(uid)))
