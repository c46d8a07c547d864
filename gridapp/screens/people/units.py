"""Departments with their officers and open work: ``/admin/units``."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.people.asking import AskState, reloads
from gridapp.screens.people.sheets import ask_button, ask_sheet, said_line
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import REGISTRARS
from gridapp.services.units.lists import UnitRowView, list_units
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "部门"
_PLACE: Final = "units"
_NONE: Final = "没有找到部门"
_NONE_WHY: Final = "换一个词再找，或新增部门。"


@dataclass(frozen=True)
class UnitRow:
    """A department as a cell shows it."""

    href: str
    name: str
    context: str
    state: str


class UnitsState(SessionState):
    """The list of departments."""

    is_ready: bool = False
    q: str = ""
    rows: list[UnitRow] = []

    @rx.event
    @allow(*REGISTRARS)
    async def load(self) -> None:
        """Open the list."""
        await greet(self)
        ask = await self.get_state(AskState)
        ask.deed = ask.said = ""
        await read_units(self)

    @rx.event
    @allow(*REGISTRARS)
    async def search(self, form: dict[str, str]) -> None:
        """List the departments that are called so."""
        self.q = form.get("q", "").strip()[:40]
        await read_units(self)


async def read_units(page: UnitsState) -> None:
    """Read the list anew."""
    found = await look(page, list_units, page.q)
    if found is not None:
        page.rows = [_row(view) for view in found]
        page.is_ready = True


def _row(view: UnitRowView) -> UnitRow:
    officers = f"经办人{view.officers_count}名" if view.officers_count else "还没有经办人"
    cases = f"未办结{view.cases_count}件" if view.cases_count else "没有未办结的事件"
    told = [officers, cases]
    return UnitRow(
        href=f"/admin/unit?id={view.id}",
        name=view.name,
        context=" · ".join(one for one in told if one),
        state="已撤销" if view.is_retired else "",
    )


async def _reload(ask: AskState) -> None:
    await read_units(await ask.get_state(UnitsState))


reloads(_PLACE, _reload)


def _cell(row: UnitRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.name, class_name="cell-meaning"),
                rx.el.span(row.context, class_name="cell-context"),
                class_name="cell-text",
            ),
            rx.cond(row.state != "", rx.el.span(row.state, class_name="cell-state")),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=row.href,
            class_name="cell",
        ),
        key=row.href,
    )


def _units() -> rx.Component:
    return rx.el.div(
        notice_bar(),
        said_line(),
        rx.el.form(
            rx.el.input(
                name="q", type="search", aria_label="搜索部门", placeholder="名称或编码",
                default_value=UnitsState.q, max_length=40, class_name="field-input",
            ),
            rx.el.button("搜索", type="submit", class_name="button short"),
            on_submit=UnitsState.search,
            role="search",
            class_name="toolbar",
        ),
        # Above the list, which is read more often than it grows: no row lies half under a bar.
        rx.el.div(
            ask_button(_PLACE, Deed.ADD_UNIT, "", -1, "", "button primary short"), class_name="row"
        ),
        rx.cond(
            UnitsState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(UnitsState.rows, _cell), aria_label=_TITLE, class_name="cells"),
            empty(_NONE, _NONE_WHY),
        ),
        class_name="stack",
    )  # fmt: skip


@rx.page(route="/admin/units", title=f"{_TITLE} · {PRODUCT}", on_load=UnitsState.load)
def units() -> rx.Component:
    """Show the departments."""
    return staff_frame(
        entered(_units, is_ready=UnitsState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        over=ask_sheet([Deed.ADD_UNIT]),
        is_covered=AskState.deed != "",
    )
