"""The page of what hangs where."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.prints.walls import WallRow, WallsState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.screens.where import where_search
from gridapp.services.prints.order import SHEET
from gridapp.services.prints.views import Sheet
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link

_TITLE: Final = "张贴情况"
_HUNG: Final = (Sheet.POSTER, Sheet.STAIRWELL, Sheet.BOARD)
_KEPT: Final = {"all": "全部", "changed": "已过时", "never": "没印过", "true": "一致"}
_HANG: Final = "登记已张贴"
_NONE: Final = "这里没有要列出的地方"
_NONE_WHY: Final = "换一种纸张、状态或范围再看。"
_WHAT: Final = "打印后自动登记；登记张贴可做可不做，只为记住贴到了哪里。"


def _chip(label: rx.Component | str, event: object, is_on: object) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        aria_pressed=rx.cond(is_on, "true", "false"),
        on_click=event,
        class_name="chip",
    )


def _filters() -> rx.Component:
    sheets = [
        _chip(
            SHEET[sheet],
            event_of(WallsState.choose_sheet, sheet.value),
            WallsState.asked.sheet == sheet.value,
        )
        for sheet in _HUNG
    ]
    kept = [
        _chip(
            rx.fragment(label, rx.el.span(WallsState.tally.counts[key], class_name="chip-count")),
            event_of(WallsState.choose_kept, key),
            WallsState.asked.kept == key,
        )
        for key, label in _KEPT.items()
    ]
    return rx.fragment(
        rx.el.div(*sheets, role="group", aria_label="印的是什么", class_name="chips"),
        rx.el.div(*kept, role="group", aria_label="状态", class_name="chips"),
    )


def _cell(row: WallRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.name, class_name="cell-meaning"),
            rx.el.p(row.where, class_name="cell-context"),
            rx.el.p(
                row.state,
                class_name=rx.cond(row.is_stale, "cell-context wall-stale", "cell-context"),
            ),
            rx.cond(row.hung != "", rx.el.p(row.hung, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.cond(
            row.may_hang,
            rx.el.button(
                _HANG,
                type="button",
                aria_label=f"{_HANG}：{row.name}",
                on_click=event_of(WallsState.hang, row.at),
                class_name="button plain short",
            ),
        ),
        key=f"{row.at}{row.name}",
        class_name="cell",
    )


def _turn(label: str, by: int, *, is_end: object) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        disabled=is_end,
        on_click=event_of(WallsState.turn, by),
        class_name="button plain short",
    )


def _pager() -> rx.Component:
    is_first, has_next = WallsState.asked.page == 0, WallsState.tally.has_next
    return rx.el.nav(
        rx.cond(~is_first | has_next, _turn("上一页", -1, is_end=is_first)),
        rx.el.span(WallsState.tally.total, class_name="quiet small"),
        rx.cond(~is_first | has_next, _turn("下一页", 1, is_end=~has_next)),
        aria_label="翻页",
        class_name="row spread pager",
    )


def _walls() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        _filters(),
        rx.el.div(where_search(WallsState, "查找社区或网格", "社区或网格"), class_name="card"),
        rx.el.p(WallsState.said, role="status", class_name="note"),
        rx.cond(
            WallsState.rows.length() > 0,  # type: ignore[attr-defined]  # likewise
            rx.el.ul(rx.foreach(WallsState.rows, _cell), aria_label=_TITLE, class_name="cells"),
            empty(_NONE, _NONE_WHY),
        ),
        _pager(),
        rx.el.p(_WHAT, class_name="note"),
    )


@rx.page(route="/admin/print/walls", title=f"{_TITLE} · {PRODUCT}", on_load=WallsState.load)
def walls() -> rx.Component:
    """Show what hangs where."""
    return staff_frame(
        entered(_walls, is_ready=WallsState.is_ready),
        head=top_bar(_TITLE, back="/admin/print"),
        bottom=rx.cond(
            WallsState.tally.stale_words != "",
            whole_page_link(
                WallsState.tally.stale_words,
                href=WallsState.tally.print_at,
                class_name="button primary",
            ),
        ),
        tabs=staff_tabs("/admin"),
    )
