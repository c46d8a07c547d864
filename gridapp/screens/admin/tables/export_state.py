"""The state of the page where tables are taken out."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, Role, WorkKind
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import EXPORTERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.exchange.kind import export_deed_of
from gridapp.services.exports.choices import list_export_areas
from gridapp.services.imports.views import KindView, list_kinds_out
from gridapp.services.orders import Order, uid_of
from gridapp.services.works.views import WorkView, list_works
from gridapp.ui.fields import Choice

_ASKED: Final = "已开始，做好后在下面下载。"


@dataclass(frozen=True)
class ExportRow:
    """A table that was asked for."""

    uid: str
    label: str
    context: str
    state: str
    fault: str
    href: str
    is_open: bool
    alive: str
    may_cancel: bool
    may_resume: bool


class ExportState(SessionState):
    """What can be taken out, and what was asked for; the next deed's id is made with the form."""

    is_ready: bool = False
    kinds: list[KindView] = []
    areas: list[Choice] = []
    rows: list[ExportRow] = []
    may_reveal: bool = False
    is_admin: bool = False
    home: str = "/me"
    is_working: bool = False
    said: str = ""
    turn: int = 0
    _uid: str = ""

    @rx.event
    @allow(*EXPORTERS)
    async def load(self) -> None:
        """Open the page."""
        actor = await greet(self)
        self.is_admin = Role.ADMINISTRATOR in actor.roles
        self.home = "/admin" if self.is_admin else "/me"
        self.may_reveal = may_at_all(Deed.REVEAL, actor.roles)
        self.said, self._uid = "", str(uuid4())
        self.kinds = await look(self, list_kinds_out) or []
        areas = await look(self, list_export_areas) or []
        self.areas = [Choice(area.code, area.label) for area in areas]
        await read_exports(self)

    @rx.event
    @allow(*EXPORTERS)
    async def refresh(self) -> None:
        """See how far they have come."""
        await read_exports(self)

    @rx.event
    @allow(*EXPORTERS)
    async def cancel(self, uid: str) -> None:
        """Stop a table that is being written."""
        await self._steer(Deed.CANCEL_WORK, uid)

    @rx.event
    @allow(*EXPORTERS)
    async def go_on(self, uid: str) -> None:
        """Go on with a table that was broken off."""
        await self._steer(Deed.RESUME_WORK, uid)

    async def _steer(self, deed: Deed, uid: str) -> None:
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        await do(self, _steer, deed, uid[:36])
        await read_exports(self)

    @rx.event
    @allow(*EXPORTERS)
    async def ask(self, form: dict[str, str]) -> None:
        """Ask for a table; a second tap is the same one."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        done = await do(self, _ask, export_facts(form), self._uid)
        if done is not None:
            self.said, self._uid = _ASKED, str(uuid4())
            self.turn += 1
        await read_exports(self)


def export_facts(form: dict[str, str]) -> dict[str, Any]:
    """Give what is asked for, from the form; what is left empty is left out."""
    told: dict[str, Any] = {"kind": form.get("kind", ""), "format": form.get("format", "xlsx")}
    told["grid"] = form.get("grid_code", "").strip()[:32] or form.get("grid", "")[:32]
    told |= {name: form[name] for name in ("from_on", "to_on") if form.get(name)}
    if form.get("reason", "").strip():
        told["reason"] = form["reason"].strip()[:200]
    return told


def _steer(act: Act, deed: Deed, uid: str) -> Done:
    return do_deed(act, Order(deed, uid))


def _ask(act: Act, facts: dict[str, Any], uid: str) -> Done:
    return do_deed(act, Order(Deed.EXPORT, facts=facts, uid=uid_of(uid)))


async def read_exports(page: ExportState) -> None:
    """Read what was asked for anew."""
    found = await look(page, _asked)
    if found is None:
        return
    page.rows = [_row(view) for view in found]
    page.is_working = any(row.is_open for row in page.rows)
    page.is_ready = True


def _asked(act: Act) -> tuple[WorkView, ...]:
    return list_works(act, WorkKind.EXPORT, export_deed_of(act.actor.roles))


def _row(view: WorkView) -> ExportRow:
    count = view.result.get("row_count")
    told = f"，{count}行" if count is not None else ""
    if view.is_open and view.done_count:
        told = f"，已写{view.done_count}行"
    href = f"/api/v1/works/{view.uid}/file" if view.has_file else ""
    return ExportRow(
        uid=view.uid, label=view.label, context=f"{view.person}，{view.asked_words}{told}",
        state=view.state_label, fault=view.fault, href=href, is_open=view.is_open,
        alive=view.alive_words, may_cancel=view.may_cancel, may_resume=view.may_resume,
    )  # fmt: skip
