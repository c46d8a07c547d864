"""Fields of the forms of the tree: lines, words, and lists to pick from."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.areas.doing import AreaFormState
from gridapp.screens.admin.areas.telling import PARTS
from gridapp.ui.fields import Choice

PART_WORDS: Final = dict(zip(PARTS, ("一", "二", "三"), strict=True))
NO_TARGETS: Final = "附近没有合适的网格，可以在上面搜索。"


def line(  # noqa: PLR0913 - each is a part of the field
    name: str,
    label: str,
    default: rx.Var[str] | str = "",
    *,
    needed: bool = False,
    help_words: str = "",
    kind: str = "text",
    most: int = 80,
    when: str = "（可不填）",
) -> rx.Component:
    """Ask for one line; ``when`` says on what it depends, where it is needed only sometimes."""
    mark = [] if needed else [rx.el.span(when, class_name="optional")]
    helping = [rx.el.p(help_words, class_name="field-help")] if help_words else []
    return rx.el.div(
        rx.el.label(label, *mark, html_for=name, class_name="field-label"),
        *helping,
        rx.el.input(
            id=name, name=name, type=kind, required=needed, default_value=default,
            max_length=most, auto_complete="off", class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def words(
    name: str, label: str, default: rx.Var[str] | str = "", *, needed: bool = False
) -> rx.Component:
    """Ask for words."""
    mark = [] if needed else [rx.el.span("（可不填）", class_name="optional")]
    return rx.el.div(
        rx.el.label(label, *mark, html_for=name, class_name="field-label"),
        rx.el.textarea(
            id=name, name=name, required=needed, default_value=default, max_length=200, rows=3,
            class_name="field-input short",
        ),
        class_name="field",
    )  # fmt: skip


def picks(label: str, rows: rx.Component, *, is_empty: rx.Var[bool], nothing: str) -> rx.Component:
    """Show what can be picked, or that there is nothing."""
    return rx.el.fieldset(
        rx.el.legend(label, class_name="field-label"),
        rx.cond(is_empty, rx.el.p(nothing, class_name="field-help"), rx.fragment()),
        rx.el.div(rows, class_name="pick-list"),
        class_name="field",
    )


def radios(label: str) -> rx.Component:
    """Ask for one of the grids offered."""
    rows = rx.foreach(
        AreaFormState.targets,
        lambda c: rx.el.label(
            rx.el.input(type="radio", name="target", value=c.code, required=True),
            rx.el.span(c.label),
            key=c.code,
            class_name="check row pick",
        ),
    )
    none = AreaFormState.targets.length() == 0  # type: ignore[attr-defined]  # a Var at run time
    return picks(label, rows, is_empty=none, nothing=NO_TARGETS)


def ticks(label: str, choices: list[Choice], sign: str, nothing: str) -> rx.Component:
    """Ask for any of what is offered."""
    rows = rx.foreach(
        choices,
        lambda c: rx.el.label(
            rx.el.input(type="checkbox", name=f"{sign}{c.code}"),
            rx.el.span(c.label),
            key=c.code,
            class_name="check row pick",
        ),
    )
    none = choices.length() == 0  # type: ignore[attr-defined]  # a Var at run time
    return picks(label, rows, is_empty=none, nothing=nothing)


def sorted_things() -> rx.Component:
    """Ask for each thing where it goes."""
    ways = [rx.el.option("留下", value="")]
    ways += [rx.el.option(f"新网格{word}", value=number) for number, word in PART_WORDS.items()]
    rows = rx.foreach(
        AreaFormState.things,
        lambda c: rx.el.label(
            rx.el.span(c.label),
            rx.el.select(*ways, name=f"p{c.code}", class_name="field-input"),
            key=c.code,
            class_name="row spread pick sort",
        ),
    )
    none = AreaFormState.things.length() == 0  # type: ignore[attr-defined]  # a Var at run time
    nothing = "这里没有楼栋和下级，没有可拆的。"
    return picks("哪些分出去", rows, is_empty=none, nothing=nothing)
