"""The frame of a phone page: content above, one action in the thumb zone."""

import reflex as rx

from gridapp.ui.frame import bottom_bar


def phone_page(*content: rx.Component, bottom: rx.Component | None = None) -> rx.Component:
    """Frame a page for a phone; ``bottom`` is its one main action."""
    bar = [bottom_bar(bottom)] if bottom is not None else []
    return rx.el.div(rx.el.main(*content, class_name="page-body"), *bar, class_name="page")
