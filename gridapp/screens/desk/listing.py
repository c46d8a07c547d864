"""The list of the inbox with its tabs, its search and its pages."""

import reflex as rx

from gridapp.screens.cases.inbox import InboxState, InboxTab
from gridapp.screens.staff import event_of
from gridapp.ui.blanks import empty
from gridapp.ui.case_cells import case_cells
from gridapp.ui.fields import Choice

_SEARCH = "搜索事件"
_SEARCH_HINT = "内容、地点、姓名、编号或尾号"
_DUES = [Choice("", "全部期限"), Choice("soon", "快到期"), Choice("late", "已超期")]


def inbox_list(open_no: str = "") -> rx.Component:
    """Show the inbox; the case that is open beside it is marked."""
    return rx.el.section(
        _tabs(),
        rx.cond(
            InboxState.aside_count != "",
            rx.el.a(
                rx.el.span(f"待甄别 {InboxState.aside_count} 件", class_name="no-break"),
                rx.el.span("短时间来得太多，先看一眼再进收件箱", class_name="quiet small"),
                rx.el.span(class_name="cell-arrow", aria_hidden="true"),
                href="/desk/aside",
                class_name="cell card-cell",
            ),
        ),
        _search(),
        _searched(),
        _narrowed(),
        rx.cond(
            InboxState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            case_cells(InboxState.rows, "/desk/case", "事件列表", open_no),
            _nothing(),
        ),
        _pager(),
        aria_label="收件箱",
        class_name="stack inbox",
    )


def _nothing() -> rx.Component:
    """Say why the list is empty; words that cannot be searched for are another reason than none."""
    return rx.cond(
        InboxState.q_is_unsearchable,
        empty("没法搜索", f"「{InboxState.q}」里没有可以搜索的字，请输入文字、数字或编号。"),
        empty("这里没有事件", "换一个标签，或放宽搜索条件再看。"),
    )


def _tabs() -> rx.Component:
    return rx.el.div(
        rx.foreach(InboxState.tabs, _tab), role="tablist", aria_label="办理阶段", class_name="chips"
    )


def _tab(tab: InboxTab) -> rx.Component:
    return rx.el.button(
        tab.label,
        rx.cond(tab.count != "", rx.el.span(tab.count, class_name="chip-count")),
        type="button",
        role="tab",
        aria_selected=rx.cond(InboxState.tab == tab.key, "true", "false"),
        on_click=event_of(InboxState.choose_tab, tab.key),
        key=tab.key,
        class_name="chip",
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q",
            type="search",
            aria_label=_SEARCH,
            placeholder=_SEARCH_HINT,
            default_value=InboxState.q,
            key=f"q {InboxState.q}",
            enter_key_hint="search",
            max_length=100,
            class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        _select("grid", "网格", rx.foreach(InboxState.grids, _option), InboxState.grid, "全部网格"),
        _select("due", "期限", [_option(due) for due in _DUES], InboxState.due),
        on_submit=InboxState.search,
        role="search",
        custom_attrs={"data-kept": "true"},
        class_name="toolbar",
    )


def _searched() -> rx.Component:
    """Say which words the list is searched for, whatever it found, with a way to clear them."""
    return rx.cond(
        InboxState.q != "",
        rx.el.p(
            rx.el.span(f"正在搜索「{InboxState.q}」", class_name="quiet small"),
            rx.el.button(
                "清除搜索",
                type="button",
                on_click=InboxState.clear_search,
                custom_attrs={"data-forgets": "q"},
                class_name="button plain short",
            ),
            class_name="row spread",
        ),
    )


def _narrowed() -> rx.Component:
    """Say what a figure has narrowed the list to, with a way back to all."""
    return rx.cond(
        InboxState.narrowed != "",
        rx.el.p(
            rx.el.span(InboxState.narrowed, class_name="quiet small"),
            rx.el.button(
                "看全部", type="button", on_click=InboxState.widen, class_name="button plain short"
            ),
            class_name="row spread",
        ),
    )


def _option(choice: Choice) -> rx.Component:
    return rx.el.option(choice.label, value=choice.code, key=choice.code)


def _select(name: str, label: str, options: object, chosen: str, every: str = "") -> rx.Component:
    entries = options if isinstance(options, list) else [options]
    first = [rx.el.option(every, value="")] if every else []
    return rx.el.select(
        *first,
        *entries,
        name=name,
        aria_label=label,
        default_value=chosen,
        key=f"{name} {chosen}",
        class_name="field-input",
    )


def _pager() -> rx.Component:
    many = (InboxState.page > 1) | InboxState.has_next
    return rx.el.nav(
        rx.cond(many, _turn("上一页", InboxState.previous_page, is_end=InboxState.page == 1)),
        rx.el.span(
            f"共{InboxState.total_words}",
            rx.cond(many, f"，第{InboxState.page}页", ""),
            class_name="quiet small",
        ),
        rx.cond(many, _turn("下一页", InboxState.next_page, is_end=~InboxState.has_next)),
        aria_label="翻页",
        class_name="row spread pager",
    )


def _turn(label: str, event: object, *, is_end: bool | int) -> rx.Component:
    return rx.el.button(
        label, type="button", disabled=is_end, on_click=event, class_name="button plain short"
    )
