"""Fields of the administrators' forms: a line with a default, a day, a search with its finds."""

from typing import Any, Final

import reflex as rx

from gridapp.screens.people.asking import AskState
from gridapp.ui.fields import Choice

_OPTIONAL: Final = "（可不填）"
_NOTHING: Final = "没有找到，换个词再试。"
_DEBOUNCE_MS: Final = 300


def field(
    label: str, control: rx.Component, *, name: str, needed: bool = True, help_words: str = ""
) -> rx.Component:
    """Put a label and a line of help around a control."""
    mark = [] if needed else [rx.el.span(_OPTIONAL, class_name="optional")]
    helping = [rx.el.p(help_words, class_name="field-help")] if help_words else []
    return rx.el.div(
        rx.el.label(label, *mark, html_for=name, class_name="field-label"),
        *helping,
        control,
        class_name="field",
    )


def line(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    default: Any = "",
    *,
    kind: str = "text",
    needed: bool = False,
    help_words: str = "",
    is_first: bool = False,
    on_change: Any = None,
) -> rx.Component:
    """Ask for one line, or a day, with what stands there now."""
    told = {} if on_change is None else {"on_change": on_change}
    control = rx.el.input(
        id=name, name=name, type=kind, required=needed, max_length=64, auto_complete="off",
        default_value=default, auto_focus=is_first, class_name="field-input", **told,
    )  # fmt: skip
    return field(label, control, name=name, needed=needed, help_words=help_words)


def search_choice(name: str, label: str, hint: str, look_for: Any) -> rx.Component:
    """Ask for one of many: something is typed, what is called so can be chosen."""
    typed = rx.el.input(
        id=f"{name}-words", type="search", placeholder=hint, auto_complete="off", max_length=64,
        name=f"{name}_words", on_change=look_for.debounce(_DEBOUNCE_MS), class_name="field-input",
    )  # fmt: skip
    finds = rx.el.fieldset(
        rx.el.legend(f"找到的{label}", class_name="unseen"),
        rx.foreach(AskState.found, lambda one: _radio(name, one)),
        rx.cond(AskState.is_nothing, rx.el.p(_NOTHING, class_name="field-hint")),
        class_name="finds",
        aria_live="polite",
    )
    return rx.el.div(
        rx.el.label(label, html_for=f"{name}-words", class_name="field-label"),
        typed,
        finds,
        class_name="field",
    )


def _radio(name: str, one: Choice) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=one.code),
        rx.el.span(one.label),
        key=one.code,
        class_name="row check find",
    )


def tick(name: str, label: str) -> rx.Component:
    """Ask for yes or no."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name), rx.el.span(label), class_name="row check"
    )


def why(label: str = "理由", *, needed: bool = False, help_words: str = "") -> rx.Component:
    """Ask for a reason in a line or two."""
    control = rx.el.textarea(
        id="words", name="words", rows=2, max_length=200, required=needed,
        min_length=2 if needed else 0, class_name="field-input short",
    )  # fmt: skip
    return field(label, control, name="words", needed=needed, help_words=help_words)
