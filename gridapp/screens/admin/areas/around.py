"""What stands around a grid: its people, lines, pairs, the year's question, its history."""

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.areas.area_state import AreaState
from gridapp.screens.admin.areas.forms import open_button
from gridapp.screens.admin.areas.shown import BuildingLine, ChangeRow, FocusRow, LineRow, PairRow


def may(deed: Deed) -> rx.Var[bool]:
    """Tell whether the reader may do a deed here."""
    return AreaState.deeds.contains(deed.value)  # type: ignore[attr-defined]  # a Var


def has(rows: object) -> rx.Var[bool]:
    """Tell whether there is any."""
    return rows.length() > 0  # type: ignore[attr-defined]  # a Var at run time


def plain_cell(row: BuildingLine) -> rx.Component:
    """Show a cell that leads nowhere."""
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.name, class_name="cell-meaning"),
            rx.el.span(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        key=row.key,
        class_name="cell",
    )


def more(number: int, event: object) -> rx.Component:
    """Offer the next page of a list."""
    button = rx.el.button("再看一些", type="button", on_click=event, class_name="button plain")
    return rx.cond(AreaState.has_more[number], rx.el.div(button, class_name="more"))


def section(title: str, *content: rx.Component) -> rx.Component:
    """Show a part of the page under its title."""
    return rx.el.section(rx.el.h2(title, class_name="cells-title"), *content, class_name="stack")


def people() -> rx.Component:
    """Show who holds a post here."""
    return section(
        "在岗人员",
        rx.cond(
            has(AreaState.people),
            rx.el.ul(
                rx.foreach(AreaState.people, plain_cell), aria_label="在岗人员", class_name="cells"
            ),
            rx.el.p("这个网格自己还没有人，由上级的人负责。", class_name="card quiet"),
        ),
    )


def _line_cell(row: LineRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.name, class_name="cell-context"),
            rx.el.span(row.who, class_name="cell-meaning"),
            rx.cond(row.context != "", rx.el.span(row.context, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.cond(
            may(Deed.SET_LINE_CONTACT),
            open_button(
                Deed.SET_LINE_CONTACT, row.line, label="填写", named=f"填写{row.name}联系人"
            ),
        ),
        key=row.line,
        class_name="cell",
    )


def lines() -> rx.Component:
    """Show who answers for each business line."""
    return rx.cond(
        has(AreaState.lines),
        section(
            "业务线联系人",
            rx.el.ul(
                rx.foreach(AreaState.lines, _line_cell),
                aria_label="业务线联系人",
                class_name="cells",
            ),
        ),
    )


def _pair_cell(row: PairRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.a(row.name, href=f"/admin/areas/grid?code={row.code}", class_name="cell-meaning"),
            rx.el.span(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        open_button(Deed.PART_AREAS, row.code, label="结束", named=f"结束和{row.name}的结对"),
        key=row.code,
        class_name="cell",
    )


def pairs() -> rx.Component:
    """Show with whom the grid works together."""
    return rx.cond(
        may(Deed.PAIR_AREAS) | has(AreaState.pairs),
        section(
            "双格共建",
            rx.cond(
                has(AreaState.pairs),
                rx.el.ul(
                    rx.foreach(AreaState.pairs, _pair_cell), aria_label="结对", class_name="cells"
                ),
            ),
            rx.cond(may(Deed.PAIR_AREAS), open_button(Deed.PAIR_AREAS)),
        ),
    )


def _focus_cell(row: FocusRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.title, class_name="cell-meaning"),
            rx.el.span(row.context, class_name="cell-context"),
            rx.cond(row.words != "", rx.el.span(row.words, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.cond(
            may(Deed.SET_FOCUS),
            open_button(Deed.SET_FOCUS, row.key, label="修改", named=f"修改{row.title}"),
        ),
        key=row.key,
        class_name="cell",
    )


def focus() -> rx.Component:
    """Show the questions and themes of the years."""
    return section(
        "年度重点",
        rx.cond(
            has(AreaState.focus),
            rx.el.ul(
                rx.foreach(AreaState.focus, _focus_cell), aria_label="年度重点", class_name="cells"
            ),
            rx.el.p("还没有网格第一题和一格一品。", class_name="card quiet"),
        ),
        rx.cond(may(Deed.SET_FOCUS), open_button(Deed.SET_FOCUS)),
    )


def _change(row: ChangeRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.what, class_name="timeline-what"),
        rx.el.p(row.when, class_name="timeline-when"),
        rx.cond(row.words != "", rx.el.p(row.words, class_name="timeline-words kept-lines")),
        key=row.key,
    )


def history() -> rx.Component:
    """Show how the grid has changed."""
    return rx.cond(
        has(AreaState.history),
        section(
            "变动记录",
            rx.el.div(
                rx.el.ol(
                    rx.foreach(AreaState.history, _change),
                    aria_label="变动记录",
                    class_name="timeline",
                ),
                class_name="card",
            ),
            more(2, AreaState.more_history),
        ),
    )
