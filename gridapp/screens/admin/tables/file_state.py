"""The state of one brought file's page: where it stands, and the deeds done on it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.tables.lines_state import ImportLinesState, read_lines_anew
from gridapp.screens.admin.tables.plan_state import ImportPlanState, read_look
from gridapp.screens.admin.tables.rows import FileRow, file_row
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import IMPORTERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.imports.views import see_import
from gridapp.services.orders import Order, uid_of

PLAN: Final = "plan"
WORKING: Final = "working"
RESULT: Final = "result"
DONE: Final = "done"
GONE: Final = "gone"


class ImportFileState(SessionState):
    """One file. The id of the next deed is made when the file is read: a double tap is one deed."""

    is_ready: bool = False
    is_missing: bool = False
    file: FileRow = FileRow()
    step: str = ""
    is_asking: bool = False
    _uid: str = ""

    @rx.event
    @allow(*IMPORTERS)
    async def load(self) -> None:
        """Open the file that the address names."""
        await greet(self)
        self.is_ready = self.is_missing = self.is_asking = False
        self.file = FileRow(uid=self.router.url.query_parameters.get("of", "")[:36])
        await read_file(self)

    @rx.event
    @allow(*IMPORTERS)
    async def refresh(self) -> None:
        """See how far it has come."""
        if self.step == WORKING:
            await read_file(self)

    @rx.event
    @allow(*IMPORTERS)
    async def check(self, form: dict[str, str | bool]) -> None:
        """Ask what it would do, read as the form says."""
        plan = await self.get_state(ImportPlanState)
        await _order(self, Deed.CHECK_IMPORT, plan_of_form(plan, form))

    @rx.event
    @allow(*IMPORTERS)
    async def plan_again(self) -> None:
        """Go back to how it is read."""
        if self.step == RESULT:
            self.step = PLAN
            await read_look(await self.get_state(ImportPlanState), self.file.uid)

    @rx.event
    @allow(*IMPORTERS)
    async def apply(self) -> None:
        """Import what was checked."""
        await _order(self, Deed.IMPORT, {})

    @rx.event
    @allow(*IMPORTERS)
    async def ask_undo(self) -> None:
        """Ask whether it shall really be undone."""
        self.is_asking = self.file.can_undo

    @rx.event
    @allow(*IMPORTERS)
    async def close_undo(self) -> None:
        """Put the question away."""
        self.is_asking = False

    @rx.event
    @allow(*IMPORTERS)
    async def undo(self) -> None:
        """Undo it."""
        if self.is_asking:
            self.is_asking = False
            await _order(self, Deed.UNDO_IMPORT, {})

    @rx.event
    @allow(*IMPORTERS)
    async def drop(self) -> None:
        """Put the file away."""
        await _order(self, Deed.DROP_IMPORT, {})

    @rx.event
    @allow(*IMPORTERS)
    async def stop(self) -> None:
        """Stop the work that goes on."""
        if self.step == WORKING:
            await do(self, _steer, Deed.CANCEL_WORK, self.file.uid)
            await read_file(self)

    @rx.event
    @allow(*IMPORTERS)
    async def go_on(self) -> None:
        """Go on with work that was broken off; a second tap finds it going on."""
        if self.step == WORKING and self.file.is_late:
            await do(self, _steer, Deed.RESUME_WORK, self.file.uid)
            await read_file(self)


def plan_of_form(plan: ImportPlanState, form: Mapping[str, str | bool]) -> dict[str, Any]:
    """Give how the file is read, from the page and its form."""
    places = {
        name.removeprefix("place-"): str(column)[:64]
        for name, column in form.items()
        if name.startswith("place-") and column
    }
    told: dict[str, Any] = {
        "sheet": plan.sheet, "header_line": plan.header_line, "header_rows": plan.header_rows,
        "fill_merged": bool(form.get("fill_merged")), "places": places,
    }  # fmt: skip
    if plan.wish and form.get(plan.wish):
        told[plan.wish] = str(form[plan.wish])[:32]
    return told


async def _order(page: ImportFileState, deed: Deed, facts: dict[str, Any]) -> None:
    """Do a deed on the file, and see where it stands then."""
    session = await page.get_state(SessionState)
    session.notice = session.notice_code = ""
    file, uid = page.file, page._uid  # noqa: SLF001 - its own, kept from the browser
    done = await do(page, _do, Order(deed, file.uid, facts, version=file.version, uid=uid_of(uid)))
    if done is None and session.notice_code in {"facts.wrong", "exchange.table_refused"}:
        page._uid = str(uuid4())  # noqa: SLF001 - likewise
        return
    await read_file(page)


def _do(act: Act, order: Order) -> Done:
    return do_deed(act, order)


def _steer(act: Act, deed: Deed, file: str) -> Done:
    return do_deed(act, Order(deed, see_import(act, file).work_uid))


async def read_file(page: ImportFileState) -> None:
    """Read where the file stands, and what its step needs."""
    view = await look(page, see_import, page.file.uid)
    if view is None:
        session = await page.get_state(SessionState)
        page.is_missing = page.is_ready = session.notice_code == "not_there"
        return
    page.file, before = file_row(view), page.step
    page.step = step_of(page.file)
    if page.step != before or not page.is_ready:
        page._uid = str(uuid4())  # noqa: SLF001 - its own, kept from the browser
    if page.step == PLAN:
        await read_look(await page.get_state(ImportPlanState), page.file.uid)
    elif page.step == RESULT:
        await read_lines_anew(await page.get_state(ImportLinesState), page.file)
    page.is_ready = True


def step_of(file: FileRow) -> str:
    """Tell what is to be done next."""
    if file.is_working:
        return WORKING
    if file.state in {ImportState.APPLIED, ImportState.UNDONE}:
        return DONE
    if file.state == ImportState.DROPPED or file.is_gone:
        return GONE
    return RESULT if file.state == ImportState.CHECKED else PLAN
