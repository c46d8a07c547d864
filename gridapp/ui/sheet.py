"""A sheet over the page: one question at a time.

The page below is ``inert`` while it is open, so that focus stays inside; Escape presses the button
that puts it away (``assets/staff/sheet.js``).
"""

from typing import Any

import reflex as rx

from gridapp.ui.icons import icon

_CLOSE = "关闭"


def sheet(title: str, *content: rx.Component, on_close: Any, name: str = "sheet") -> rx.Component:
    """Show content over the page, under a title and beside a button that puts it away."""
    heading = f"{name}-title"
    return rx.el.div(
        rx.el.div(on_click=on_close, aria_hidden="true", class_name="sheet-shade"),
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, id=heading),
                rx.el.button(
                    icon("close"),
                    type="button",
                    aria_label=_CLOSE,
                    on_click=on_close,
                    custom_attrs={"data-close": "true"},
                    class_name="sheet-close",
                ),
                class_name="sheet-head",
            ),
            *content,
            role="dialog",
            aria_modal="true",
            aria_labelledby=heading,
            tab_index=-1,
            class_name="sheet",
        ),
        class_name="sheet-frame",
    )


def photo_look(address: str, caption: str, *, on_close: Any) -> rx.Component:
    """Show one photo as large as the screen allows."""
    return rx.el.div(
        rx.el.img(src=address, alt=caption),
        rx.el.p(caption),
        rx.el.button(
            icon("close"),
            type="button",
            aria_label=_CLOSE,
            auto_focus=True,
            on_click=on_close,
            custom_attrs={"data-close": "true"},
            class_name="photo-look-close",
        ),
        role="dialog",
        aria_modal="true",
        aria_label=caption,
        class_name="photo-look",
    )
