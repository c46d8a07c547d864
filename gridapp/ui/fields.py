"""Fields of a form: a label, a help line, an input; each with a name, since forms send names."""

from dataclasses import dataclass

import reflex as rx

_OPTIONAL = "（可不填）"


@dataclass(frozen=True)
class Choice:
    """One entry of a choice: its code and what a person reads."""

    code: str
    label: str


def _labelled(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    control: rx.Component,
    *,
    needed: bool,
    help_words: str = "",
    when: str = "",
) -> rx.Component:
    mark = [] if needed else [rx.el.span(when or _OPTIONAL, class_name="optional")]
    helping = [rx.el.p(help_words, class_name="field-help")] if help_words else []
    return rx.el.div(
        rx.el.label(label, *mark, html_for=name, class_name="field-label"),
        *helping,
        control,
        class_name="field",
    )


def words_field(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    *,
    needed: bool = False,
    help_words: str = "",
    is_first: bool = False,
    when: str = "",
) -> rx.Component:
    """Ask for words; ``when`` says what they depend on, where they are needed only sometimes."""
    area = rx.el.textarea(
        id=name, name=name, required=needed, max_length=2000, rows=3,
        auto_focus=is_first, class_name="field-input",
    )  # fmt: skip
    return _labelled(name, label, area, needed=needed, help_words=help_words, when=when)


def line_field(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    *,
    needed: bool = False,
    help_words: str = "",
    is_first: bool = False,
    longest: int = 64,
    kind: str = "text",
) -> rx.Component:
    """Ask for one line, no longer than it is kept; ``kind`` chooses the keyboard of a phone."""
    line = rx.el.input(
        id=name, name=name, type=kind, required=needed, max_length=longest, auto_complete="off",
        auto_focus=is_first, class_name="field-input",
    )  # fmt: skip
    return _labelled(name, label, line, needed=needed, help_words=help_words)


def day_field(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    *,
    default: str = "",
    needed: bool = False,
    help_words: str = "",
    is_first: bool = False,
) -> rx.Component:
    """Ask for a day; unless it is needed it may be left out."""
    day = rx.el.input(
        id=name, name=name, type="date", default_value=default, required=needed,
        auto_focus=is_first, class_name="field-input",
    )  # fmt: skip
    return _labelled(name, label, day, needed=needed, help_words=help_words)


def moment_field(
    name: str, label: str, default: str, *, needed: bool = True, is_first: bool = False
) -> rx.Component:
    """Ask for a moment by the Beijing clock."""
    moment = rx.el.input(
        id=name, name=name, type="datetime-local", required=needed, default_value=default,
        auto_focus=is_first, class_name="field-input",
    )  # fmt: skip
    return _labelled(name, label, moment, needed=needed)


def choice_field(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    choices: list[Choice],
    *,
    chosen: str = "",
    nothing: str | rx.Var[str] = "",
    is_first: bool = False,
) -> rx.Component:
    """Ask for one of several; ``nothing`` is what the entry without a code says."""
    is_none = isinstance(nothing, rx.Var) or nothing != ""
    none = [rx.el.option(nothing, value="")] if is_none else []
    entries = rx.foreach(choices, lambda c: rx.el.option(c.label, value=c.code, key=c.code))
    select = rx.el.select(
        *none, entries,
        id=name, name=name, default_value=chosen, auto_focus=is_first, class_name="field-input",
    )  # fmt: skip
    return _labelled(name, label, select, needed=True)
