"""The page for an address that leads nowhere."""

import reflex as rx

from gridapp.screens.everyone import words
from gridapp.ui.shell import phone_page


@rx.page(route="/404", title=words.NOT_FOUND_TAB_TITLE)
def not_found() -> rx.Component:
    """Say that there is no such page and show the way home."""
    return phone_page(
        rx.el.header(
            rx.el.p(words.BRAND, class_name="brand"),
            rx.el.h1(words.NOT_FOUND),
            rx.el.p(words.NOT_FOUND_LEAD, class_name="lead"),
            class_name="hero",
        ),
        bottom=rx.el.a(words.BACK_HOME, href="/", class_name="button primary"),
    )
