"""Printing: ``/admin/print``. Choose, look at it, print as long work, fetch the file."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.prints.choosing import choosing_form
from gridapp.screens.admin.prints.plan import ConcernRow
from gridapp.screens.admin.prints.state import PrintState, WorkRow
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.work import work_card, work_watch

_TITLE: Final = "打印"
_WALLS: Final = "张贴情况"
_WALLS_HINT: Final = "哪里印过、哪里该换"


def _concern(concern: ConcernRow) -> rx.Component:
    return rx.el.li(concern.words, class_name=rx.cond(concern.stops, "concern stops", "concern"))


def _pages() -> rx.Component:
    return rx.el.nav(
        rx.el.button(
            "上一页",
            type="button",
            disabled=PrintState.page <= 1,
            on_click=event_of(PrintState.turn, -1),
            class_name="button plain short",
        ),
        rx.el.form(
            rx.el.label("第", html_for="print-page", aria_label="看第几页"),
            rx.el.input(
                id="print-page",
                name="page",
                type="text",
                input_mode="numeric",
                max_length=7,
                default_value=PrintState.page.to_string(),  # type: ignore[attr-defined]  # likewise
                key=PrintState.page.to_string(),  # type: ignore[attr-defined]  # likewise
                class_name="field-input print-number",
            ),
            rx.el.span(f"页，共{PrintState.plan.page_count}页"),
            on_submit=PrintState.look_at,
            class_name="row print-page",
        ),
        rx.el.button(
            "下一页",
            type="button",
            disabled=PrintState.page >= PrintState.plan.page_count,
            on_click=event_of(PrintState.turn, 1),
            class_name="button plain short",
        ),
        aria_label="翻看样张",
        class_name="row spread pager",
    )


def _look() -> rx.Component:
    return rx.el.section(
        rx.el.h2("样张"),
        rx.cond(
            PrintState.plan.concerns.length() > 0,  # type: ignore[attr-defined]  # likewise
            rx.el.ul(
                rx.foreach(PrintState.plan.concerns, _concern),
                aria_label="打印前请看",
                class_name="concerns",
            ),
        ),
        rx.cond(
            PrintState.picture != "",
            rx.fragment(
                _pages(),
                rx.el.div(
                    rx.el.img(
                        src=PrintState.picture,
                        key=PrintState.picture,
                        alt=f"第{PrintState.page}页样张",
                    ),
                    class_name="print-paper",
                ),
            ),
        ),
        aria_label="样张",
        class_name="card print-look",
    )


def _record(row: WorkRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.label, class_name="cell-meaning"),
            rx.el.p(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.cond(
            row.file != "",
            whole_page_link(
                "下载",
                href=row.file,
                aria_label=f"下载：{row.label}",
                class_name="button plain short",
            ),
            rx.el.span(row.state, class_name="cell-state"),
        ),
        key=row.uid,
        class_name="cell",
    )


def _works() -> rx.Component:
    return rx.el.div(
        rx.el.nav(
            whole_page_link(
                rx.el.span(
                    rx.el.span(_WALLS, class_name="cell-meaning"),
                    rx.el.span(_WALLS_HINT, class_name="cell-context"),
                    class_name="cell-text",
                ),
                rx.el.span(class_name="cell-arrow", aria_hidden="true"),
                href="/admin/print/walls",
                class_name="cell",
            ),
            aria_label=_WALLS,
            class_name="cells",
        ),
        rx.cond(
            PrintState.rows.length() > 0,  # type: ignore[attr-defined]  # likewise
            rx.el.section(
                rx.el.h2("打印记录", class_name="cells-title"),
                rx.el.ul(rx.foreach(PrintState.rows, _record), class_name="cells"),
                aria_label="打印记录",
            ),
        ),
        class_name="stack print-works",
    )


def _shop() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.foreach(PrintState.cards, lambda uid: rx.el.div(work_card(uid, "页"), key=uid)),
        rx.el.div(choosing_form(), _look(), _works(), class_name="print-shop"),
    )


def _order_button() -> rx.Component:
    return rx.cond(
        PrintState.is_ready,
        rx.el.button(
            rx.cond(
                PrintState.plan.page_count > 0,
                f"打印{PrintState.plan.page_count}页",
                "没有可打印的内容",
            ),
            type="button",
            disabled=~PrintState.plan.is_printable,
            on_click=PrintState.order,
            class_name="button primary",
        ),
    )


@rx.page(route="/admin/print", title=f"{_TITLE} · {PRODUCT}", on_load=PrintState.load)
def print_shop() -> rx.Component:
    """Show what is printed."""
    return staff_frame(
        entered(_shop, is_ready=PrintState.is_ready),
        work_watch(PrintState.refresh),
        head=top_bar(_TITLE, back=PrintState.home),
        bottom=_order_button(),
        tabs=staff_tabs("/admin"),
        is_wide=True,
    )
