"""The category table with its limits: ``/admin/categories``."""

from typing import Final

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.category_doing import CategoryFormState
from gridapp.screens.admin.category_sheet import category_sheet
from gridapp.screens.admin.category_state import CategoriesState, ItemRow, RootGroup, UrgencyRow
from gridapp.screens.admin.parts import ahead_badge, example_badge
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "事项分类与时限"
_WHAT: Final = "改动从选定的那天起生效，之前答应的期限不变。标「示例」的是系统自带的，可以改。"
_SEARCH: Final = "搜索事项"
_NONE: Final = "没有找到事项"
_NONE_WHY: Final = "换个词再搜，或点「含已停用」看停用的事项。"
_USUAL: Final = "默认时限"
_USUAL_WHAT: Final = "事项没有单独写时限的，按紧急程度用这里的。"
_ITEMS: Final = "事项"


def _edit(deed: Deed, code: rx.Var[str] | str, of: rx.Var[str] | str) -> rx.Component:
    return rx.el.button(
        "修改",
        type="button",
        aria_label=f"修改：{of}",
        on_click=event_of(CategoryFormState.open_form, deed.value, code),
        class_name="button plain short",
    )


def _item(row: ItemRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                row.name,
                example_badge(is_example=row.is_example),
                rx.cond(row.is_retired, rx.el.span("已停用", class_name="badge")),
                ahead_badge(row.ahead),
                class_name="cell-meaning row",
            ),
            rx.el.p(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        _edit(Deed.CHANGE_CATEGORY, row.code, row.name),
        key=row.code,
        class_name="cell",
    )


def _group(group: RootGroup) -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            group.name,
            rx.el.span(group.count, class_name="quiet small"),
            class_name="cells-title row spread",
        ),
        rx.el.ul(rx.foreach(group.rows, _item), aria_label=group.name, class_name="cells"),
        key=group.name,
    )


def _urgency(row: UrgencyRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.name, ahead_badge(row.ahead), class_name="cell-meaning row"),
            rx.el.p(row.limits, class_name="cell-context"),
            class_name="cell-text",
        ),
        _edit(Deed.CHANGE_URGENCY, row.code, row.name),
        key=row.code,
        class_name="cell",
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q", type="search", aria_label=_SEARCH, placeholder="事项名称",
            default_value=CategoriesState.q, max_length=40, enter_key_hint="search",
            class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        rx.el.button(
            "含已停用",
            type="button",
            aria_pressed=rx.cond(CategoriesState.with_retired, "true", "false"),
            on_click=CategoriesState.toggle_retired,
            class_name="chip",
        ),
        on_submit=CategoriesState.search,
        role="search",
        class_name="toolbar",
    )  # fmt: skip


def _categories() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        rx.el.p(CategoriesState.said, role="status", class_name="said"),
        rx.el.section(
            rx.el.h2(_ITEMS),
            _search(),
            rx.cond(
                CategoriesState.groups.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.div(rx.foreach(CategoriesState.groups, _group), class_name="columns"),
                empty(_NONE, _NONE_WHY),
            ),
            class_name="stack",
        ),
        rx.el.section(
            rx.el.h2(_USUAL),
            rx.el.p(_USUAL_WHAT, class_name="quiet small"),
            rx.el.ul(
                rx.foreach(CategoriesState.urgencies, _urgency),
                aria_label=_USUAL,
                class_name="cells",
            ),
            class_name="stack",
        ),
    )


def _add() -> rx.Component:
    return rx.el.button(
        DEED[Deed.ADD_CATEGORY],
        type="button",
        on_click=event_of(CategoryFormState.open_form, Deed.ADD_CATEGORY.value, ""),
        class_name="button primary",
    )


@rx.page(route="/admin/categories", title=f"{_TITLE} · {PRODUCT}", on_load=CategoriesState.load)
def categories() -> rx.Component:
    """Show the category table to its keepers."""
    return staff_frame(
        entered(_categories, is_ready=CategoriesState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        bottom=rx.cond(CategoriesState.is_ready, _add()),
        over=category_sheet(),
        is_covered=CategoryFormState.deed != "",
        is_wide=True,
    )
