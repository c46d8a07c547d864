"""Parts of the register's pages: a cell that leads to a record, a list of facts."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from gridapp.ui.marks import due_mark, word_badge


@dataclass(frozen=True)
class FactRow:
    """One fact: its name and what is known."""

    label: str
    value: str


def door_link(row: Any, base: str) -> rx.Component:
    """Show a cell that leads to a building or a record."""
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.meaning, class_name="cell-meaning"),
                rx.el.span(row.context, class_name="cell-context"),
                rx.el.span(
                    rx.cond(row.badge != "", word_badge(row.badge)),
                    rx.cond(
                        row.state != "",
                        due_mark(row.state, row.state_words),
                        rx.el.span(row.state_words, class_name="quiet small"),
                    ),
                    class_name="cell-foot",
                ),
                class_name="cell-text",
            ),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"{base}/{row.href}",
            class_name="cell",
        ),
        key=row.key,
    )


def fact_list(rows: Any) -> rx.Component:
    """List facts by name; what is empty is not among them."""
    return rx.el.dl(
        rx.foreach(
            rows, lambda row: rx.fragment(rx.el.dt(row.label), rx.el.dd(row.value), key=row.label)
        ),
        class_name="facts",
    )
