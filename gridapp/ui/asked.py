"""A button that says first what it ends, and does so at the second press: no state needed."""

from typing import Any, Final

import reflex as rx

_LEAVE: Final = "先不，收起"


def asked(
    label: Any, consequence: Any, really: str, on_really: Any, *, is_busy: Any = False
) -> rx.Component:
    """Show a button that opens a sentence and the button that does it.

    Args:
        label: What the button says.
        consequence: What comes of it, and how it can be taken back.
        really: What the second button says.
        on_really: What the second button does.
        is_busy: Whether it is being done.
    """
    return rx.el.details(
        rx.el.summary(
            rx.el.span(label, class_name="asked-shut"),
            rx.el.span(_LEAVE, class_name="asked-open"),
            class_name="button plain short",
        ),
        rx.el.p(consequence, class_name="notice"),
        rx.el.button(
            really, type="button", disabled=is_busy, on_click=on_really,
            class_name="button grave short",
        ),
        class_name="asked",
    )  # fmt: skip
