"""Draws the control of a field; it begins with what the form's state holds under its name."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import reflex as rx

from gridapp.domain.fields import (
    Chosen,
    Day,
    Field,
    Limit,
    Line,
    OneOf,
    Questions,
    Several,
    Whole,
    Words,
    YesNo,
    controls_of,
)
from gridapp.ui.fields import Choice

_OPTIONAL: Final = "（可不填）"
_UNITS: Final = (Choice("wd", "工作日"), Choice("wh", "工作小时"), Choice("h", "小时"))

Try = Callable[[str], Any]


def controls(
    fields: Iterable[Field], values: Any, options: Any, on_try: Try | None = None
) -> list[rx.Component]:
    """Draw the controls of fields, ticks and limits that follow each other side by side.

    Args:
        fields: In the order of the form.
        values: A state's ``dict[str, str]``: what each control begins with.
        options: A state's ``dict[str, list[Choice]]``, for fields chosen from what is on record.
        on_try: Gives the event of a control that changes, by its name.
    """
    rows: list[rx.Component] = []
    run: list[Field] = []
    for field in (*fields, None):
        if run and (field is None or type(field.kind) is not type(run[0].kind)):
            rows.append(_side_by_side(run, values, on_try))
            run = []
        if field is not None and isinstance(field.kind, (Limit, YesNo)):
            run.append(field)
        elif field is not None:
            rows.append(control(field, values, options, on_try))
    return rows


def _side_by_side(fields: list[Field], values: Any, on_try: Try | None) -> rx.Component:
    drawn = [control(field, values, None, on_try) for field in fields]
    is_ticks = isinstance(fields[0].kind, YesNo)
    return rx.el.div(*drawn, class_name="field choices" if is_ticks else "two-up")


def control(field: Field, values: Any, options: Any, on_try: Try | None = None) -> rx.Component:
    """Draw the control of one field."""
    tried = _tried(on_try)
    match field.kind:
        case YesNo():
            return _tick(field, values, tried)
        case Limit():
            return _limit(field, values, tried)
        case Questions(longest=longest):
            return _questions(field, values, longest, tried)
        case OneOf(words=words, nothing=nothing):
            entries = [rx.el.option(words[code], value=str(code), key=str(code)) for code in words]
            return _select(field, values, entries, nothing, tried)
        case Chosen(options=name, nothing=nothing):
            entries = [rx.foreach(options[name], _entry)]
            return _select(field, values, entries, nothing, tried)
    return labelled(field, _typed_control(field, values, tried))


def _tried(on_try: Try | None) -> Callable[[str], dict[str, Any]]:
    return lambda name: {"on_change": on_try(name)} if on_try else {}


def labelled(field: Field, *drawn: rx.Component) -> rx.Component:
    """Put a field's label and help over what is drawn."""
    mark = [] if field.needed else [rx.el.span(_OPTIONAL, class_name="optional")]
    helping = [rx.el.p(field.help, class_name="field-help")] if field.help else []
    return rx.el.div(
        rx.el.label(field.label, *mark, html_for=field.name, class_name="field-label"),
        *helping,
        *drawn,
        class_name="field",
    )


def _typed_control(field: Field, values: Any, tried: Any) -> rx.Component:
    common = {
        "id": field.name, "name": field.name, "required": field.needed,
        "default_value": values[field.name], "class_name": "field-input", **tried(field.name),
    }  # fmt: skip
    match field.kind:
        case Words(longest=longest, rows=rows):
            return rx.el.textarea(max_length=longest, rows=rows, **common)
        case Whole(least=least, most=most):
            return rx.el.input(
                type="number", min=least, max=most, step=1, input_mode="numeric", **common
            )
        case Day():
            return rx.el.input(type="date", **common)
        case Several(most=most, longest=longest):
            return rx.el.input(
                type="text", max_length=most * (longest + 1), auto_complete="off", **common
            )
        case Line(longest=longest, keys=keys):
            return rx.el.input(type=keys, max_length=longest, auto_complete="off", **common)
    raise TypeError(field.kind)


def _entry(choice: Any) -> rx.Component:
    return rx.el.option(choice.label, value=choice.code, key=choice.code)


def _select(
    field: Field, values: Any, entries: list[rx.Component], nothing: str, tried: Any
) -> rx.Component:
    none = [rx.el.option(nothing, value="")] if nothing else []
    label = rx.el.label(field.label, html_for=field.name, class_name="field-label")
    helping = [rx.el.p(field.help, class_name="field-help")] if field.help else []
    select = rx.el.select(
        *none, *entries, id=field.name, name=field.name, default_value=values[field.name],
        class_name="field-input", **tried(field.name),
    )  # fmt: skip
    return rx.el.div(label, *helping, select, class_name="field")


def _tick(field: Field, values: Any, tried: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox", name=field.name, default_checked=values[field.name] != "",
        **tried(field.name),
    )  # fmt: skip
    return rx.el.label(box, rx.el.span(field.label), class_name="choice")


def _limit(field: Field, values: Any, tried: Any) -> rx.Component:
    amount, unit = controls_of(field)
    entries = [rx.el.option(each.label, value=each.code, key=each.code) for each in _UNITS]
    return rx.el.fieldset(
        rx.el.legend(field.label, class_name="field-label"),
        rx.el.div(
            rx.el.input(
                name=amount, type="text", input_mode="numeric", max_length=6, auto_complete="off",
                required=field.needed, aria_label=f"{field.label}，数量",
                placeholder="" if field.needed else "默认", default_value=values[amount],
                class_name="field-input", **tried(amount),
            ),
            rx.el.select(
                *entries, name=unit, aria_label=f"{field.label}，单位",
                default_value=values[unit], class_name="field-input", **tried(unit),
            ),
            class_name="pair",
        ),
        class_name="field",
    )  # fmt: skip


def _questions(field: Field, values: Any, longest: int, tried: Any) -> rx.Component:
    mark = rx.el.span(_OPTIONAL, class_name="optional")
    lines = [
        rx.el.input(
            name=name, type="text", max_length=longest, default_value=values[name],
            aria_label=f"{field.label}{n}", auto_complete="off", class_name="field-input",
            **tried(name),
        )
        for n, name in enumerate(controls_of(field), 1)
    ]  # fmt: skip
    return rx.el.fieldset(
        rx.el.legend(field.label, mark, class_name="field-label"),
        rx.el.p(field.help, class_name="field-help"),
        *lines,
        class_name="field",
    )
