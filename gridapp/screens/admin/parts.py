"""What the pages of the rules share: fields with what stood before, and the effect date."""

from typing import Any, Final

import reflex as rx

from gridapp.screens.staff import sheet_refusal

_FROM: Final = "哪天起生效"
_FROM_HELP: Final = "只影响生效以后的上报，以前答应的期限不变。"
SAVE: Final = "保存"


def labelled(
    name: str, label: str, *controls: rx.Component, is_optional: bool = False
) -> rx.Component:
    """Put a label over a control."""
    optional = [rx.el.span("（可不填）", class_name="optional")] if is_optional else []
    return rx.el.div(
        rx.el.label(label, *optional, html_for=name, class_name="field-label"),
        *controls,
        class_name="field",
    )


def from_day(today: Any, help_words: str = _FROM_HELP) -> rx.Component:
    """Ask from which day on it holds: today, unless another is chosen."""
    return labelled(
        "from_on",
        _FROM,
        rx.el.p(help_words, class_name="field-help"),
        rx.el.input(
            id="from_on", name="from_on", type="date", min=today, default_value=today,
            required=True, class_name="field-input",
        ),
    )  # fmt: skip


def refusal() -> rx.Component:
    """Show in the sheet what was refused."""
    return sheet_refusal()


def save_button(*, is_busy: Any, words: str = SAVE) -> rx.Component:
    """Show the one button that does it."""
    return rx.el.button(words, type="submit", disabled=is_busy, class_name="button primary")
