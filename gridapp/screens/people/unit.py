"""One department: officers, the grids it looks after, its categories: ``/admin/unit``."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.people.asking import AskState, reloads
from gridapp.screens.people.fields import line
from gridapp.screens.people.sheets import ask_button, ask_sheet, said_line
from gridapp.screens.people.work import unit_work_lines
from gridapp.screens.session import SessionState, look, look_by_id
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import REGISTRARS
from gridapp.services.units.lists import UnitView, grids_to_assign, see_unit
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "部门"
_PLACE: Final = "unit"


@dataclass(frozen=True)
class Tick:
    """A grid that may be chosen."""

    name: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Officer:
    """An officer of the department."""

    href: str
    name: str


@dataclass(frozen=True)
class Told:
    """What is known of the department."""

    id: str = ""
    version: int = 0
    name: str = ""
    code: str = ""
    phone: str = ""
    street: str = ""
    is_retired: bool = False
    grids: str = ""
    categories: str = ""


class UnitState(SessionState):
    """One department."""

    is_ready: bool = False
    is_missing: bool = False
    unit: Told = Told()
    officers: list[Officer] = []
    work: list[str] = []
    ticks: list[Tick] = []
    _id: str = ""

    @rx.event
    @allow(*REGISTRARS)
    async def load(self) -> None:
        """Open the department that the address names."""
        await greet(self)
        self._id = self.router.url.query_parameters.get("id", "")[:9]
        ask = await self.get_state(AskState)
        ask.deed = ""
        if self.unit.id != self._id:
            self.is_ready, ask.said = False, ""
        await read_unit(self)


async def read_unit(page: UnitState) -> None:
    """Read the department anew."""
    key = page._id  # noqa: SLF001 - its own, kept from the browser
    view = await look_by_id(page, see_unit, key)
    page.is_missing = view is None
    if view is not None:
        _show(page, view)
        held = {grid.code for grid in view.grids}
        grids = await look(page, grids_to_assign, view.row.id) or ()
        page.ticks = [Tick(f"grid {g.code}", g.name, g.code in held) for g in grids]
    page.is_ready = True


def _show(page: UnitState, view: UnitView) -> None:
    row = view.row
    page.unit = Told(
        id=str(row.id), version=row.version, name=row.name, code=row.code, phone=row.phone,
        street=row.street, is_retired=row.is_retired,
        grids="、".join(grid.name for grid in view.grids),
        categories="、".join(one.name for one in view.categories),
    )  # fmt: skip
    page.officers = [Officer(f"/admin/person?id={one.code}", one.name) for one in view.officers]
    page.work = unit_work_lines(view.work)


async def _reload(ask: AskState) -> None:
    await read_unit(await ask.get_state(UnitState))


reloads(_PLACE, _reload)

_UNIT = UnitState.unit


def _ask(deed: Deed, look: str = "button plain short") -> rx.Component:
    return ask_button(_PLACE, deed, _UNIT.id, _UNIT.version, _UNIT.name, look)


def _fact(label: str, value: rx.Var[str] | str, nothing: str = "") -> rx.Component:
    shown = rx.cond(value != "", value, nothing) if nothing else value
    return rx.fragment(rx.el.dt(label), rx.el.dd(shown))


def _officers() -> rx.Component:
    return rx.cond(
        UnitState.officers.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.span(
            rx.foreach(
                UnitState.officers,
                lambda one: rx.el.a(one.name, href=one.href, key=one.href, class_name="named"),
            )
        ),
        "还没有经办人：在人员页面安排“部门经办人”的岗位",
    )


def _unit() -> rx.Component:
    return rx.cond(
        UnitState.is_missing,
        empty(
            "没有找到这个部门", "请从部门列表里打开。",
            rx.el.a("回到部门列表", href="/admin/units", class_name="button short"),
        ),
        rx.el.div(
            notice_bar(),
            said_line(),
            rx.el.section(
                rx.el.h2(
                    _UNIT.name,
                    rx.cond(_UNIT.is_retired, rx.el.span("已撤销", class_name="badge")),
                    class_name="person-name",
                ),
                rx.el.dl(
                    _fact("编码", _UNIT.code),
                    _fact("街道", _UNIT.street),
                    _fact("电话", _UNIT.phone, "没有填"),
                    rx.el.dt("经办人"),
                    rx.el.dd(_officers()),
                    _fact("包联网格", _UNIT.grids, "没有包联"),
                    _fact("默认分类", _UNIT.categories, "没有"),
                    class_name="facts",
                ),
                rx.cond(
                    _UNIT.is_retired,
                    rx.fragment(),
                    rx.el.div(
                        _ask(Deed.CHANGE_UNIT),
                        _ask(Deed.ASSIGN_UNIT),
                        _ask(Deed.RETIRE_UNIT, "button plain short grave-word"),
                        class_name="row wrap",
                    ),
                ),
                class_name="card stack",
            ),
            rx.el.section(
                rx.el.h2("手上的工作", class_name="cells-title"),
                rx.el.ul(
                    rx.foreach(UnitState.work, lambda words: rx.el.li(words, key=words)),
                    class_name="card work-lines",
                ),
            ),
            class_name="stack",
        ),
    )  # fmt: skip


def _change() -> list[rx.Component]:
    return [
        line("name", "部门名称", _UNIT.name, needed=True, is_first=True),
        line("phone", "电话", _UNIT.phone, kind="tel"),
    ]


def _assign() -> list[rx.Component]:
    def one(tick: Tick) -> rx.Component:
        return rx.el.label(
            rx.el.input(type="checkbox", name=tick.name, default_checked=tick.is_on),
            rx.el.span(tick.label),
            key=tick.name,
            class_name="row check find",
        )

    return [
        rx.el.fieldset(
            rx.el.legend("包联哪些网格（选社区就是整个社区）", class_name="field-label"),
            rx.el.div(rx.foreach(UnitState.ticks, one), class_name="finds long"),
            class_name="field",
        )
    ]


@rx.page(route="/admin/unit", title=f"{_TITLE} · {PRODUCT}", on_load=UnitState.load)
def unit() -> rx.Component:
    """Show one department."""
    return staff_frame(
        entered(_unit, is_ready=UnitState.is_ready),
        head=top_bar(_TITLE, back="/admin/units"),
        tabs=staff_tabs("/admin"),
        over=ask_sheet(
            [Deed.CHANGE_UNIT, Deed.ASSIGN_UNIT, Deed.RETIRE_UNIT],
            {Deed.CHANGE_UNIT: _change, Deed.ASSIGN_UNIT: _assign},
        ),
        is_covered=AskState.deed != "",
    )
