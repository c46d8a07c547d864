"""The area tree: ``/admin/areas``, opened branch by branch, searched, or narrowed."""

import reflex as rx

from gridapp.screens.admin.areas.shown import TreeRow
from gridapp.screens.admin.areas.tree_state import TreeState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.fields import Choice
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.marks import word_badge

_TITLE = "网格"
_SEARCH = "搜索网格"
_SEARCH_HINT = "名称、编码、楼栋或楼栋码"
_SHOWS = (("used", "在用"), ("outside", "户数不合规"), ("retired", "已停用"))
_NONE = "没有找到网格"
_NONE_WHY = "换一个说法，或放宽筛选条件。还没有网格时，请先到「表格」里导入。"


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(TreeState.outside_words), TreeState.rule_words, class_name="note"),
        rx.el.a("层级名称、户数和业务线", href="/admin/areas/settings", class_name="way-to"),
        class_name="row spread",
    )


def _shows() -> rx.Component:
    chips = [
        rx.el.button(
            label,
            type="button",
            aria_pressed=rx.cond(TreeState.show == key, "true", "false"),
            on_click=event_of(TreeState.choose_show, key),
            class_name="chip",
        )
        for key, label in _SHOWS
    ]
    return rx.el.div(*chips, role="group", aria_label="看哪些", class_name="chips")


def _select(name: str, label: str, choices: list[Choice], chosen: str, every: str) -> rx.Component:
    entries = rx.foreach(choices, lambda c: rx.el.option(c.label, value=c.code, key=c.code))
    return rx.el.select(
        rx.el.option(every, value=""),
        entries,
        name=name,
        aria_label=label,
        default_value=chosen,
        key=f"{name} {chosen}",
        class_name="field-input",
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q",
            type="search",
            aria_label=_SEARCH,
            placeholder=_SEARCH_HINT,
            default_value=TreeState.q,
            enter_key_hint="search",
            max_length=60,
            class_name="field-input",
        ),
        _select("level", "层级", TreeState.levels, TreeState.level, "全部层级"),
        _select("kind", "类型", TreeState.kinds, TreeState.kind, "全部类型"),
        rx.el.button("搜索", type="submit", class_name="button short"),
        on_submit=TreeState.search,
        role="search",
        class_name="toolbar area-search",
    )


def _line(row: TreeRow) -> rx.Component:
    return rx.el.li(
        rx.cond(row.after != "", _leads_on(row), _grid(row)),
        key=f"{row.code} {row.after}",
        class_name=f"tree-line {row.depth}",
    )


def _leads_on(row: TreeRow) -> rx.Component:
    return rx.el.button(
        row.name,
        type="button",
        on_click=event_of(TreeState.lead_on, row.code, row.after),
        class_name="button plain",
    )


def _grid(row: TreeRow) -> rx.Component:
    return rx.fragment(
        rx.el.a(
            rx.el.span(
                rx.el.span(
                    row.name,
                    rx.cond(row.kind != "", word_badge(row.kind)),
                    rx.cond(row.beyond != "", word_badge(row.beyond, "alert")),
                    class_name="cell-meaning row",
                ),
                rx.el.span(row.context, class_name="cell-context"),
                rx.el.span(row.code, class_name="cell-context fine"),
                rx.cond(row.place != "", rx.el.span(row.place, class_name="cell-context")),
                class_name="cell-text",
            ),
            rx.cond(
                TreeState.is_tree & (row.opens != ""),
                rx.fragment(),
                rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            ),
            href=f"/admin/areas/grid?code={row.code}",
            class_name="cell",
        ),
        rx.cond(
            TreeState.is_tree & (row.opens != ""),
            rx.el.button(
                row.opens,
                rx.el.span(class_name="tree-mark", aria_hidden="true"),
                type="button",
                aria_expanded=rx.cond(row.is_open, "true", "false"),
                aria_label=f"{row.name}，{row.opens}",
                on_click=event_of(TreeState.toggle, row.code),
                class_name="tree-toggle",
            ),
        ),
    )


def _tree() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        _head(),
        _shows(),
        _search(),
        rx.cond(
            TreeState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.fragment(
                rx.el.ul(
                    rx.foreach(TreeState.rows, _line), aria_label=_TITLE, class_name="cells tree"
                ),
                rx.cond(
                    TreeState.is_tree,
                    rx.fragment(),
                    rx.el.p(TreeState.total_words, role="status", class_name="quiet small"),
                ),
                rx.cond(
                    TreeState.next_after != "",
                    rx.el.div(
                        rx.el.button(
                            "再看30个",
                            type="button",
                            on_click=TreeState.next_page,
                            class_name="button plain",
                        ),
                        class_name="more",
                    ),
                ),
            ),
            empty(_NONE, _NONE_WHY),
        ),
    )


@rx.page(route="/admin/areas", title=f"{_TITLE} · {PRODUCT}", on_load=TreeState.load)
def areas() -> rx.Component:
    """Show the tree."""
    return staff_frame(
        entered(_tree, is_ready=TreeState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        is_wide=True,
    )
