"""Cells: one line of meaning, one of context."""

import reflex as rx

from gridapp.ui.links import whole_page_link


def link_cell(meaning: str, context: str, href: str) -> rx.Component:
    """Show a cell that leads elsewhere, by a whole page load."""
    return whole_page_link(
        rx.el.span(
            rx.el.span(meaning, class_name="cell-meaning"),
            rx.el.span(context, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.el.span(class_name="cell-arrow", aria_hidden="true"),
        href=href,
        class_name="cell",
    )
