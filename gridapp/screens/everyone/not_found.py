"""The page for an address that leads nowhere, when a link inside the app led there."""

import reflex as rx

from gridapp.ui import not_found as words
from gridapp.ui.shell import phone_page


@rx.page(route="/404", title=words.TAB_TITLE)
def not_found() -> rx.Component:
    """Say that there is no such page and show the way home."""
    return phone_page(
        rx.el.header(
            rx.el.p(words.BRAND, class_name="brand"),
            rx.el.h1(words.TITLE),
            rx.el.p(words.LEAD, class_name="lead"),
            class_name="hero",
        ),
        bottom=rx.el.a(words.BACK_HOME, href="/", class_name="button primary"),
    )
