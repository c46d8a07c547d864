"""The deed that is being done on a case: its form, and what came of it."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.cases.deeds import AT_ONCE, clock_field, done_words, facts_of_form
from gridapp.screens.cases.inbox import InboxState, read_inbox
from gridapp.screens.cases.shown import ShownCase
from gridapp.screens.cases.state import CaseState, show_case
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.who import CASE_READERS
from gridapp.services.cases.choices import category_choices, unit_choices
from gridapp.services.cases.read import see_case
from gridapp.services.cases.reveal import reveal_reporter
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.ui.fields import Choice

MORE: Final = "more"
_MOST_CHOICES: Final = 100


def _offered(page: CaseState) -> set[str]:
    may_reveal = {Deed.REVEAL.value} if page.case.may_reveal else set()
    return {button.deed for button in (*page.main, *page.more)} | may_reveal


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
        if self.deed == Deed.REVEAL:
            await self._reveal(str(form.get("words", "")))
        else:
            await self._do(form)
        self.busy = False

    async def _reveal(self, reason: str) -> None:
        page = await self.get_state(CaseState)
        await self._clear_notice()
        found = await do(self, reveal_reporter, page.case.no, reason)
        if found is not None:
            page.revealed = " ".join(filter(None, (found.name, found.phone)))
            page.revealed_phone = found.phone.replace(" ", "")
            self.deed = ""

    async def _do(self, form: dict[str, str | bool]) -> None:
        session = await self.get_state(SessionState)
        page = await self.get_state(CaseState)
        await self._clear_notice()
        done = await do(self, _do_once, self.deed, page.case, form, self.uid)
        refused = session.notice, session.notice_code
        await show_case(page, page.case.no)
        if done is not None:
            page.said = done_words(self.deed, page.case.status)
            inbox = await self.get_state(InboxState)
            if inbox.is_ready:
                await read_inbox(inbox)
        if done is not None or self.deed not in _offered(page):
            self.deed = ""
        if done is None:
            # The case has been read anew, so that the reader decides on its present state.
            session.notice, session.notice_code = refused


def _do_once(act: Act, deed: str, case: ShownCase, form: dict[str, str | bool], uid: str) -> Done:
    facts = facts_of_form(form)
    return do_deed(act, Order(deed, case.no, facts, case.version, uid=uid_of(uid)))
