"""What the pages of the rules share: fields with what stood before, and the effect date."""

from typing import Any, Final

import reflex as rx

from gridapp.screens.staff import sheet_refusal
from gridapp.ui.fields import Choice

LIMITS: Final = (
    ("accept_limit", "受理时限"),
    ("take_limit", "接单时限"),
    ("handle_limit", "处置时限"),
    ("whole_limit", "全程时限"),
)
_UNITS: Final = (Choice("wd", "工作日"), Choice("wh", "工作小时"), Choice("h", "小时"))
_FROM: Final = "哪天起生效"
_FROM_HELP: Final = "只影响生效以后的上报，以前答应的期限不变。"
SAVE: Final = "保存"


def line(
    name: str, label: str, value: Any, *, needed: bool = False, longest: int = 40, **more: Any
) -> rx.Component:
    """Ask for one line; it begins with what stood there."""
    field = rx.el.input(
        id=name, name=name, type="text", required=needed, max_length=longest, default_value=value,
        auto_complete="off", class_name="field-input", **more,
    )  # fmt: skip
    return labelled(name, label, field, is_optional=not needed)


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


def number(name: str, label: str, value: Any, help_words: str, most: int) -> rx.Component:
    """Ask for a whole number."""
    return labelled(
        name,
        label,
        rx.el.p(help_words, class_name="field-help"),
        rx.el.input(
            id=name, name=name, type="number", min=0, max=most, step=1, required=True,
            input_mode="numeric", default_value=value, class_name="field-input",
        ),
    )  # fmt: skip


def select(
    name: str, label: str, choices: Any, value: Any, *, nothing: str = "", **more: Any
) -> rx.Component:
    """Ask for one of several; ``nothing`` is what the entry without a code says."""
    none = [rx.el.option(nothing, value="")] if nothing else []
    options = (
        [rx.el.option(c.label, value=c.code, key=c.code) for c in choices]
        if isinstance(choices, (list, tuple))
        else [rx.foreach(choices, lambda c: rx.el.option(c.label, value=c.code, key=c.code))]
    )
    control = rx.el.select(
        *none, *options,
        id=name, name=name, default_value=value, class_name="field-input", **more,
    )  # fmt: skip
    return labelled(name, label, control)


def limit(
    name: str, label: str, values: Any, *, needed: bool = False, on_try: Any = None
) -> rx.Component:
    """Ask for a limit: a number and what it counts; left empty it is the urgency's."""

    def tried(part: str) -> dict[str, Any]:
        return {"on_change": on_try(part)} if on_try else {}

    return rx.el.fieldset(
        rx.el.legend(label, class_name="field-label"),
        rx.el.div(
            rx.el.input(
                name=f"{name}_n", type="text", input_mode="numeric", max_length=6,
                required=needed, aria_label=f"{label}，数量", auto_complete="off",
                placeholder="" if needed else "默认",
                default_value=values[f"{name}_n"], class_name="field-input",
                **tried(f"{name}_n"),
            ),
            rx.el.select(
                *[rx.el.option(unit.label, value=unit.code, key=unit.code) for unit in _UNITS],
                name=f"{name}_u", aria_label=f"{label}，单位",
                default_value=values[f"{name}_u"], class_name="field-input",
                **tried(f"{name}_u"),
            ),
            class_name="pair",
        ),
        class_name="field",
    )  # fmt: skip


def check(name: str, label: str, *, is_on: Any) -> rx.Component:
    """Ask for yes or no."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=is_on),
        rx.el.span(label),
        class_name="choice",
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


def example_badge(*, is_example: Any) -> rx.Component:
    """Mark what nobody has made the street's own yet."""
    return rx.cond(is_example, rx.el.span("示例", class_name="badge"))


def ahead_badge(count: Any) -> rx.Component:
    """Tell how many changes lie ahead."""
    return rx.cond(count > 0, rx.el.span(f"{count}项待生效", class_name="badge blue"))
