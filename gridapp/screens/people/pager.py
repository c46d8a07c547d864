"""How to go on in a long list: the page before, which one this is, the next."""

from typing import Any

import reflex as rx

from gridapp.screens.staff import event_of


def pager(total: Any, page: Any, turn: Any, *, has_next: Any) -> rx.Component:
    """Show the way to the next page and back; ``turn`` takes 1 or -1."""
    many = (page > 1) | has_next
    return rx.el.nav(
        rx.cond(many, _turn("上一页", event_of(turn, -1), is_end=page == 1)),
        rx.el.span(total, rx.cond(many, f"，第{page}页", ""), class_name="quiet small"),
        rx.cond(many, _turn("下一页", event_of(turn, 1), is_end=~has_next)),
        aria_label="翻页",
        class_name="row spread pager",
    )


def _turn(label: str, event: Any, *, is_end: Any) -> rx.Component:
    return rx.el.button(
        label, type="button", disabled=is_end, on_click=event, class_name="button plain short"
    )
