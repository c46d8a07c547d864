"""Verification: the rounds, how far each grid is, and the records to go through."""

from typing import Any, Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.doing import RegisterFormState
from gridapp.screens.register.forms import press, register_sheet, said_bar
from gridapp.screens.register.item import item_sheet
from gridapp.screens.register.item_state import ItemState
from gridapp.screens.register.verify_state import (
    STATUSES,
    GridRow,
    ItemRow,
    RoundRow,
    VerifyState,
)
from gridapp.screens.staff import entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.marks import word_badge
from gridapp.ui.offline import field_shell

TITLE: Final = "人户核查"
_FORMULA: Final = "核查率 = 已核查 ÷ 应核查；属实、已更正、已不在都算已核查。"
_FOUND: Final = "登记簿里没有的住户或商铺，在所在楼栋的页面按「新发现」。"


def _round(row: RoundRow, base: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.name, class_name="cell-meaning"),
                rx.el.span(row.context, class_name="cell-context"),
                rx.el.span(row.state, class_name="quiet small"),
                class_name="cell-text",
            ),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"{base}/verify?id={row.id}",
            class_name="cell",
        ),
        key=row.id,
    )


def _rounds(base: str) -> rx.Component:
    return rx.cond(
        VerifyState.rounds.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.ul(
            rx.foreach(VerifyState.rounds, lambda row: _round(row, base)),
            aria_label="核查列表",
            class_name="cells",
        ),
        empty("还没有人户核查", "网格长或管理员发起后，网格员在这里逐条核对。"),
    )


def _grid(row: GridRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.name, class_name="cell-meaning"),
            rx.el.span(row.others, class_name="cell-context"),
            scope="row",
        ),
        rx.el.td(row.share, class_name="number main"),
        rx.el.td(row.of, class_name="number", custom_attrs={"data-head": "已核查/应核查"}),
        key=row.code,
    )


def _progress() -> rx.Component:
    heads = ("网格", "核查率", "已核查/应核查")
    return rx.el.section(
        rx.el.div(
            rx.el.h2(VerifyState.round.name),
            rx.cond(
                VerifyState.may_end,
                press(
                    Deed.END_VERIFICATION, VerifyState.round.id, "button plain short", "",
                    VerifyState.round.version,
                ),
            ),
            class_name="row spread",
        ),
        rx.el.p(VerifyState.round.context, class_name="quiet"),
        rx.el.p(VerifyState.round.state),
        rx.el.div(
            rx.el.table(
                rx.el.thead(rx.el.tr(*[rx.el.th(head, scope="col") for head in heads])),
                rx.el.tbody(rx.foreach(VerifyState.grids, _grid)),
                class_name="table compare",
            ),
            class_name="table-frame",
        ),
        rx.el.p(_FORMULA, class_name="quiet small"),
        class_name="card",
    )  # fmt: skip


def _item(row: ItemRow) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(row.meaning, class_name="cell-meaning"),
                rx.el.span(row.context, class_name="cell-context"),
                class_name="cell-text",
            ),
            rx.cond(
                row.is_disputed,
                word_badge(row.status, "alert"),
                rx.el.span(row.status, class_name="cell-state"),
            ),
            type="button",
            on_click=event_of(ItemState.open_item, row.record),
            class_name="cell cell-button",
        ),
        key=row.record,
    )


def _chip(code: str, label: str) -> rx.Component:
    return rx.el.button(
        label, type="button",
        aria_pressed=rx.cond(VerifyState.status == code, "true", "false"),
        on_click=event_of(VerifyState.choose, code), class_name="chip",
    )  # fmt: skip


def _turn(label: str, pages: int, *, is_end: Any) -> rx.Component:
    return rx.el.button(
        label, type="button", disabled=is_end, on_click=event_of(VerifyState.turn, pages),
        class_name="button plain short",
    )  # fmt: skip


def _items(base: str) -> rx.Component:
    many = (VerifyState.page > 1) | VerifyState.has_next
    return rx.el.section(
        rx.el.div(
            *[_chip(one.code, one.label) for one in STATUSES],
            role="group", aria_label="核查状态", class_name="chips",
        ),
        rx.el.form(
            rx.el.input(
                name="q", type="search", aria_label="搜索登记", placeholder="楼栋、门牌或名称",
                max_length=60, default_value=VerifyState.q, enter_key_hint="search",
                class_name="field-input",
            ),
            rx.el.button("搜索", type="submit", class_name="button short"),
            on_submit=VerifyState.search, role="search", class_name="toolbar",
        ),
        rx.cond(
            VerifyState.items.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(VerifyState.items, _item), aria_label="核查的登记", class_name="cells"
            ),
            empty("这里没有登记", "换一个状态，或放宽搜索条件再看。"),
        ),
        rx.cond(
            VerifyState.may_verify,
            rx.el.p(_FOUND, rx.el.a("打开登记簿", href=base), class_name="quiet"),
        ),
        rx.el.nav(
            rx.cond(many, _turn("上一页", -1, is_end=VerifyState.page == 1)),
            rx.el.span(f"共{VerifyState.total}条", class_name="quiet small"),
            rx.cond(many, _turn("下一页", 1, is_end=~VerifyState.has_next)),
            aria_label="翻页", class_name="row spread pager",
        ),
        class_name="stack",
    )  # fmt: skip


def _verify(base: str) -> rx.Component:
    return rx.fragment(
        notice_bar(),
        said_bar(),
        rx.cond(
            VerifyState.round.id != "",
            rx.el.div(_progress(), _items(base), class_name="stack"),
            _rounds(base),
        ),
    )


def verify_page(base: str, tab: str) -> rx.Component:
    """Show the rounds, or the one that the address names."""
    start = rx.cond(
        VerifyState.may_start & (VerifyState.round.id == ""),
        press(Deed.START_VERIFICATION, "", "button primary"),
    )
    return staff_frame(
        entered(lambda: _verify(base), is_ready=VerifyState.is_ready),
        head=top_bar(TITLE, back=base),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs(tab),
        bottom=start,
        over=rx.fragment(register_sheet(), item_sheet()),
        is_covered=(RegisterFormState.deed != "") | (ItemState.item.record != ""),
        is_wide=True,
    )
