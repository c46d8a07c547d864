"""Patrols for those who lead: ``/patrols``, coverage as a calendar, points, and nights."""

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.patrols.calendar import calendar
from gridapp.screens.patrols.doing import PatrolFormState
from gridapp.screens.patrols.forms import open_button, patrol_sheet
from gridapp.screens.patrols.shown import (
    EditRow,
    GridRow,
    NightRow,
    RetiredRow,
    SaidRow,
)
from gridapp.screens.patrols.state import PERIODS, PatrolState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.figures import plain_stat, stat_tile
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.offline import field_shell

_TITLE = "巡查"


def _periods() -> rx.Component:
    chips = [
        rx.el.button(
            label,
            type="button",
            aria_pressed=rx.cond(PatrolState.period == key, "true", "false"),
            on_click=event_of(PatrolState.choose_period, key),
            class_name="chip",
        )
        for key, label in PERIODS.items()
    ]
    return rx.el.div(*chips, role="group", aria_label="时段", class_name="chips")


def _grid_row(row: GridRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(rx.el.a(row.name, href=f"/patrols?grid={row.code}"), scope="row"),
        rx.el.td(row.points, class_name="number", custom_attrs={"data-head": "点位"}),
        rx.el.td(row.rate, class_name="number", custom_attrs={"data-head": "按期巡查率"}),
        rx.el.td(row.of, class_name="number", custom_attrs={"data-head": "已看/应看"}),
        key=row.code,
    )


def _grids() -> rx.Component:
    heads = ("点位", "按期巡查率", "已看/应看")
    counts = [rx.el.th(head, scope="col", class_name="number") for head in heads]
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.el.th("网格", scope="col"), *counts)),
            rx.el.tbody(rx.foreach(PatrolState.grids, _grid_row)),
            class_name="table compare",
        ),
        class_name="table-frame",
    )


def _coverage() -> rx.Component:
    return rx.el.section(
        rx.cond(PatrolState.grid != "", rx.el.a("看全部网格", href="/patrols")),
        rx.el.h2(rx.cond(PatrolState.grid_name != "", PatrolState.grid_name, "各网格")),
        _periods(),
        rx.el.div(
            rx.foreach(PatrolState.tile, stat_tile),
            plain_stat(
                "巡查发现", PatrolState.finding_count, "已成事件", PatrolState.findings_href
            ),
            class_name="stats",
        ),
        rx.cond(PatrolState.rows.length() > 0, calendar()),  # type: ignore[attr-defined]  # a Var at run time
        rx.cond(PatrolState.grids.length() > 1, _grids()),  # type: ignore[attr-defined]  # likewise
        class_name="stack",
    )


def _point_cell(row: EditRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.name, class_name="cell-meaning"),
        rx.el.p(row.context, class_name="cell-context"),
        rx.cond(
            PatrolState.may_lead,
            rx.el.div(
                open_button(Deed.CHANGE_POINT, row.point, "button plain short"),
                open_button(Deed.RETIRE_POINT, row.point, "button plain short"),
                class_name="buttons",
            ),
        ),
        key=row.point,
        class_name="card",
    )


def _points() -> rx.Component:
    return rx.el.section(
        rx.el.h2("巡查点"),
        rx.cond(
            PatrolState.points.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(PatrolState.points, _point_cell), class_name="stack plain-list"),
            empty("还没有巡查点", "新增点位后，网格员会在今日里看到该看哪些。"),
        ),
        class_name="stack",
    )


def _written_cell(row: SaidRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.words, class_name="kept-lines"),
        rx.el.p(row.context, class_name="cell-context"),
        rx.cond(row.case_no != "", rx.el.p(f"已转为事件 {row.case_no}")),
        rx.cond(
            row.may_promote,
            rx.el.div(
                whole_page_link(
                    "转为事件",
                    href=f"/field/promote?check_in={row.key}",
                    class_name="button plain short",
                ),
                class_name="row",
            ),
        ),
        key=row.key,
        class_name="card",
    )


def _written() -> rx.Component:
    return rx.cond(
        PatrolState.written.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            rx.el.h2("签到时写下的"),
            rx.el.ul(rx.foreach(PatrolState.written, _written_cell), class_name="stack plain-list"),
            rx.cond(
                PatrolState.written_before.length() > 0,  # type: ignore[attr-defined]  # likewise
                rx.el.details(
                    rx.el.summary("更早写下的"),
                    rx.el.ul(
                        rx.foreach(PatrolState.written_before, _written_cell),
                        class_name="stack plain-list",
                    ),
                ),
            ),
            class_name="stack",
        ),
    )


def _retired_cell(row: RetiredRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.name, class_name="cell-meaning"),
        rx.el.p(row.context, class_name="cell-context"),
        rx.el.p(row.why),
        rx.cond(
            PatrolState.may_lead,
            rx.el.div(
                open_button(Deed.RESTORE_POINT, row.point, "button plain short"),
                class_name="buttons",
            ),
        ),
        key=row.point,
        class_name="card",
    )


def _retired() -> rx.Component:
    return rx.cond(
        PatrolState.retired.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.details(
            rx.el.summary("已停用的巡查点"),
            rx.el.ul(rx.foreach(PatrolState.retired, _retired_cell), class_name="stack plain-list"),
        ),
    )


def _night_cell(row: NightRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            row.theme,
            rx.cond(row.is_cancelled, rx.el.span("已取消", class_name="badge")),
            class_name="cell-meaning row",
        ),
        rx.el.p(row.when, class_name="cell-context"),
        rx.el.p(row.who),
        rx.cond(
            row.may_staff,
            rx.el.div(
                open_button(Deed.STAFF_ROSTER, row.night, "button plain short"),
                open_button(Deed.CANCEL_ROSTER, row.night, "button plain short"),
                class_name="buttons",
            ),
        ),
        key=row.night,
        class_name="card",
    )


def _nights() -> rx.Component:
    return rx.el.section(
        rx.el.h2("夜巡"),
        rx.cond(
            PatrolState.nights.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(PatrolState.nights, _night_cell), class_name="stack plain-list"),
            empty("还没有排夜巡", "排好后，去的人会在今日里看到。"),
        ),
        class_name="stack",
    )


def _patrols() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(PatrolState.said, role="status", class_name="quiet"),
        _coverage(),
        _written(),
        _nights(),
        _points(),
        _retired(),
    )


def _bottom() -> rx.Component:
    return rx.cond(
        PatrolState.may_lead,
        rx.el.div(
            open_button(Deed.MAKE_ROSTER, "", "button primary"),
            open_button(Deed.ADD_POINT, "", "button"),
            class_name="buttons",
        ),
    )


@rx.page(route="/patrols", title=f"{_TITLE} · {PRODUCT}", on_load=PatrolState.load)
def patrols() -> rx.Component:
    """Show patrols to those who lead them."""
    return staff_frame(
        entered(_patrols, is_ready=PatrolState.is_ready),
        head=top_bar(_TITLE, back="/me"),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs("/patrols"),
        bottom=_bottom(),
        over=patrol_sheet(),
        is_covered=PatrolFormState.deed != "",
        is_wide=True,
    )
