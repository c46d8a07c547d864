"""The calendar of patrols: a row for each point, a column for each day up to today."""

import reflex as rx

from gridapp.screens.patrols.shown import DayCell, DayHead, PointRow
from gridapp.screens.patrols.state import PatrolState


def calendar() -> rx.Component:
    """Show the days of each point, what the marks mean above them."""
    # Outside the frame: in it, the frame that begins at today would push these words out of sight.
    return rx.fragment(
        rx.el.p("● 已看，○ 没看，空白是那天还没有这个点位", class_name="quiet small"),
        _days(),
    )


def _days() -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("点位", scope="col"),
                    rx.foreach(PatrolState.heads, _day_head),
                )
            ),
            rx.el.tbody(rx.foreach(PatrolState.rows, _point_row)),
            class_name="table coverage",
        ),
        tab_index=0,
        role="region",
        aria_label="巡查日历",
        class_name="table-frame latest",
    )


def _day_head(day: DayHead) -> rx.Component:
    return rx.el.th(
        day.label,
        rx.el.br(),
        rx.el.span(day.seen, class_name="fine"),
        scope="col",
        aria_current=rx.cond(day.is_today, "date", "false"),
        key=day.on,
        class_name=rx.cond(day.is_today, "today", ""),
    )


def _point_row(row: PointRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.name, class_name="cell-meaning"),
            rx.el.span(row.context, class_name="cell-context"),
            scope="row",
        ),
        rx.foreach(row.days, _day),
        key=row.point,
    )


def _day(day: DayCell) -> rx.Component:
    return rx.el.td(
        rx.el.span(day.mark, aria_hidden="true"),
        rx.el.span(day.said, class_name="unseen"),
        key=day.on,
        class_name=rx.cond(day.is_today, "today", ""),
    )
