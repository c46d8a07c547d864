"""The register as a list: buildings, households, shops and what is to be checked; with search."""

from typing import Any, Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.doing import RegisterFormState
from gridapp.screens.register.forms import press, register_sheet, said_bar
from gridapp.screens.register.issuing import issue_button, issue_outcome, issue_sheet
from gridapp.screens.register.issuing_state import IssueState
from gridapp.screens.register.listing_state import BUILDINGS, TABS, RegisterState
from gridapp.screens.register.parts import door_link
from gridapp.screens.register.picking import GridPickState, picker_sheet
from gridapp.screens.staff import entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.cells import link_cell
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.offline import field_shell

TITLE: Final = "登记簿"
_HINTS: Final = "楼栋、地址、网格或门牌"
_PICK: Final = "按网格看"
_OTHER: Final = "换网格"
_ONLY: Final = "只看："
_EVERY: Final = "看全部"
_LOST: Final = "没有找到这个网格"
_LOST_WHY: Final = "编码可能改了，或不在您的管辖范围内。"
_NONE: Final = "没有符合条件的登记"
_NONE_WHY: Final = "换一个标签，或放宽搜索条件再看。新的登记可以从楼栋页添加，也可以用表格导入。"


def _tab(key: str, label: str, base: str) -> rx.Component:
    # A link, so that going back and sending the address on keep the part as they keep the grid.
    return rx.el.a(
        label, role="tab",
        aria_selected=rx.cond(RegisterState.tab == key, "true", "false"),
        href=f"{base}?tab={key}{RegisterState.more}", class_name="chip",
    )  # fmt: skip


def _scope(base: str) -> rx.Component:
    """Say which grid is shown, with the way to another one and back to all."""
    every = rx.el.a(_EVERY, href=f"{base}?tab={RegisterState.tab}", class_name="button plain short")
    return rx.el.div(
        rx.cond(
            RegisterState.grid != "",
            rx.el.p(_ONLY, rx.el.strong(RegisterState.grid_name)),
        ),
        rx.el.div(
            rx.cond(RegisterState.grid != "", every),
            rx.el.button(
                rx.cond(RegisterState.grid != "", _OTHER, _PICK),
                type="button", class_name="button plain short",
                on_click=event_of(GridPickState.open_picker, RegisterState.tab),
            ),
            class_name="row",
        ),
        class_name="row",
    )  # fmt: skip


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q", type="search", aria_label="搜索登记簿", placeholder=_HINTS, max_length=60,
            default_value=RegisterState.q, enter_key_hint="search", class_name="field-input",
        ),
        rx.el.select(
            rx.foreach(
                RegisterState.choices, lambda c: rx.el.option(c.label, value=c.code, key=c.code)
            ),
            name="narrow", aria_label="筛选", default_value=RegisterState.narrow,
            key=f"{RegisterState.tab} {RegisterState.narrow}", class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        on_submit=RegisterState.search, role="search", class_name="toolbar",
    )  # fmt: skip


def _pager() -> rx.Component:
    many = (RegisterState.page > 1) | RegisterState.has_next

    def turn(label: str, event: Any, *, is_end: Any) -> rx.Component:
        return rx.el.button(
            label, type="button", disabled=is_end, on_click=event, class_name="button plain short"
        )

    return rx.el.nav(
        rx.cond(many, turn("上一页", RegisterState.previous_page, is_end=RegisterState.page == 1)),
        rx.el.span(
            f"共{RegisterState.total}条",
            rx.cond(many, f"，第{RegisterState.page}页", ""),
            class_name="quiet small",
        ),
        rx.cond(many, turn("下一页", RegisterState.next_page, is_end=~RegisterState.has_next)),
        aria_label="翻页",
        class_name="row spread pager",
    )


def _list(base: str) -> rx.Component:
    back = rx.el.a(_EVERY, href=base, class_name="button short")
    return rx.fragment(
        notice_bar(),
        said_bar(),
        issue_outcome(),
        rx.el.nav(
            link_cell("人户核查", "按网格逐条核对登记，看进度和出入", f"{base}/verify"),
            class_name="cells",
        ),
        rx.el.div(
            *[_tab(key, label, base) for key, label in TABS.items()],
            role="tablist", aria_label="登记类别", class_name="chips",
        ),
        rx.el.div(_search(), _scope(base), class_name="stack"),
        rx.cond(
            RegisterState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(RegisterState.rows, lambda row: door_link(row, base)),
                aria_label="登记列表", class_name="cells",
            ),
            rx.cond(RegisterState.is_lost, empty(_LOST, _LOST_WHY, back), empty(_NONE, _NONE_WHY)),
        ),
        rx.cond(RegisterState.is_lost, rx.fragment(), _pager()),
    )  # fmt: skip


def _bottom() -> rx.Component:
    return rx.cond(
        RegisterState.may_add & (RegisterState.tab == BUILDINGS) & ~RegisterState.is_lost,
        rx.el.div(
            press(Deed.ADD_BUILDING, "", "button primary"),
            issue_button(),
            class_name="buttons by-words",
        ),
    )


def register_page(base: str, back: str, tab: str) -> rx.Component:
    """Show the register as a list."""
    return staff_frame(
        entered(lambda: _list(base), is_ready=RegisterState.is_ready),
        head=top_bar(TITLE, back=back),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs(tab),
        bottom=_bottom(),
        over=rx.fragment(register_sheet(), picker_sheet(), issue_sheet()),
        is_covered=(RegisterFormState.deed != "") | GridPickState.is_open | IssueState.is_asking,
        is_wide=True,
    )
