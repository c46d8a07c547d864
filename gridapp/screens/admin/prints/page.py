"""Printing: ``/admin/print``. Choose, look at it, print as long work, fetch the file."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.prints.plan import ConcernRow
from gridapp.screens.admin.prints.state import EVERYWHERE, PlaceRow, PrintState, WorkRow
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.services.prints.views import Layout, Paper, Sheet
from gridapp.services.works.order_print import LAYOUT, SHEET
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.work import work_card, work_watch

_TITLE: Final = "打印"
_WHAT: Final = {
    Sheet.POSTER: "每栋楼一张，贴在门厅。",
    Sheet.STAIRWELL: "A5 小张，贴在楼道和电梯里。",
    Sheet.BOARD: "每个网格一张：人员、照片、职责、承诺、电话。",
    Sheet.CARDS: "A4 一页十张，带裁切线，发到每一户。",
    Sheet.BADGE: "90 × 130 毫米，网格人员每人一张。",
}
_PAPER: Final = {Paper.A4: "A4", Paper.A3: "A3"}
_CHANGED: Final = "只印有变化的和没印过的"
_CHANGED_HELP: Final = "人员、电话、名称或楼栋码变了，才重印。"
_TRIAL: Final = "试印，不登记"
_TRIAL_HELP: Final = "只看样张用，不算已经印过。"
_WALLS: Final = "张贴情况"
_WALLS_HINT: Final = "哪里印过、哪里该换"


def _choice(field: str, value: str, label: str, chosen: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=field,
            value=value,
            checked=chosen == value,
            on_change=event_of(PrintState.choose, field, value),
        ),
        rx.el.span(label),
        class_name="choice",
    )


def _choices(legend: str, field: str, labels: dict[str, str], chosen: object) -> rx.Component:
    entries = [_choice(field, value, label, chosen) for value, label in labels.items()]
    return rx.el.fieldset(rx.el.legend(legend), rx.el.div(*entries, class_name="choices"))


def _plain(labels: dict[Sheet, str] | dict[Layout, str] | dict[Paper, str]) -> dict[str, str]:
    return {str(key.value): label for key, label in labels.items()}


def _sheet_choices() -> rx.Component:
    sheet = PrintState.chosen.sheet
    return rx.el.div(
        _choices("印什么", "sheet", _plain(SHEET), sheet),
        rx.el.p(
            rx.match(sheet, *((key.value, words) for key, words in _WHAT.items()), ""),
            class_name="quiet small",
        ),
    )


def _how() -> rx.Component:
    chosen = PrintState.chosen
    has_paper = (chosen.sheet == Sheet.POSTER.value) | (chosen.sheet == Sheet.BOARD.value)
    return rx.fragment(
        rx.cond(
            chosen.sheet != Sheet.BADGE.value,
            _choices("版式", "layout", _plain(LAYOUT), chosen.layout),
        ),
        rx.cond(has_paper, _choices("纸张", "paper", _plain(_PAPER), chosen.paper)),
    )


def _found(place: PlaceRow, number: int) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(place.name, class_name="cell-meaning"),
                rx.el.span(place.where, class_name="cell-context"),
                class_name="cell-text",
            ),
            type="button",
            on_click=event_of(PrintState.pick, number),
            class_name="cell",
        ),
        key=f"{place.grid}{place.at}",
    )


def _where() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("印哪里"),
        rx.el.div(
            rx.el.strong(PrintState.place),
            rx.cond(
                PrintState.place != EVERYWHERE,
                rx.el.button(
                    "改为全部范围",
                    type="button",
                    on_click=event_of(PrintState.pick, -1),
                    class_name="button plain short",
                ),
            ),
            class_name="row spread",
        ),
        rx.el.form(
            rx.el.input(
                name="q",
                type="search",
                aria_label="查找社区、网格或楼栋",
                placeholder="社区、网格、地址或楼栋码",
                max_length=60,
                class_name="field-input",
            ),
            rx.el.button("查找", type="submit", class_name="button short"),
            on_submit=PrintState.search,
            role="search",
            class_name="search-row",
        ),
        rx.cond(
            PrintState.places.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(PrintState.places, _found),
                aria_label="找到的地方",
                class_name="cells print-found",
            ),
            rx.cond(
                PrintState.q != "",
                rx.el.p("没有找到“", PrintState.q, "”，换个说法再试。", class_name="quiet small"),
            ),
        ),
    )


def _switch(field: str, label: str, help_words: str, is_on: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", checked=is_on, on_change=event_of(PrintState.choose, field, "")
        ),
        rx.el.span(label, rx.el.br(), rx.el.span(help_words, class_name="quiet small")),
        class_name="row check",
    )


def _concern(concern: ConcernRow) -> rx.Component:
    return rx.el.li(concern.words, class_name=rx.cond(concern.stops, "concern stops", "concern"))


def _form() -> rx.Component:
    return rx.el.section(
        _sheet_choices(),
        _how(),
        _where(),
        rx.el.div(
            _switch("changed_only", _CHANGED, _CHANGED_HELP, PrintState.chosen.changed_only),
            _switch("is_trial", _TRIAL, _TRIAL_HELP, PrintState.chosen.is_trial),
            class_name="print-switches",
        ),
        aria_label="选择打印内容",
        class_name="card print-form",
    )


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
        rx.el.div(_form(), _look(), _works(), class_name="print-shop"),
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
