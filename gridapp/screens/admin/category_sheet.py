"""The sheet over the page of the category table: one item, or one urgency's usual limits."""

from typing import Any, Final

import reflex as rx

from gridapp.domain.labels import ROOT, URGENCY
from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.category_doing import CategoryFormState as Form
from gridapp.screens.admin.changes import changes_part
from gridapp.screens.admin.parts import (
    LIMITS,
    check,
    from_day,
    limit,
    line,
    refusal,
    save_button,
    select,
)
from gridapp.screens.admin.retiring import retire_part
from gridapp.screens.staff import event_of
from gridapp.ui.fields import Choice
from gridapp.ui.sheet import sheet

_ROOTS: Final = [Choice(root.value, label) for root, label in ROOT.items()]
_URGENCIES: Final = [Choice(urgency.value, label) for urgency, label in URGENCY.items()]
_LIMITS_HELP: Final = "不填就按紧急程度的默认时限。全程时限是对上报人的承诺。"
_QUESTIONS_HELP: Final = "上报时会提醒对方说清楚，最多三个。"
_RETIRE: Final = "停用这一项"
_RETIRE_HELP: Final = "停用后不能再选，已有的事照常办理，统计也还在。"


def _try(name: str) -> Any:
    return lambda value: event_of(Form.try_value, name, value)


def _limits(*, needed: bool) -> rx.Component:
    fields = [
        limit(
            name, label, Form.values, needed=needed,
            on_try=_try if name in {"accept_limit", "whole_limit"} else None,
        )
        for name, label in LIMITS
    ]  # fmt: skip
    return rx.el.div(*fields, class_name="two-up")


def _preview() -> rx.Component:
    return rx.el.p(Form.preview, role="status", class_name="notice preview")


def _item_fields(*, is_new: bool) -> list[rx.Component]:
    root = (
        [select("root", "大类", _ROOTS, "running")]
        if is_new
        else [rx.el.p("大类：", Form.values["root"], class_name="quiet")]
    )
    return [
        *root,
        line("name", "名称", Form.values["name"], needed=True),
        select(
            "urgency", "紧急程度", _URGENCIES, Form.values["urgency"], on_change=_try("urgency")
        ),
        rx.el.p(_LIMITS_HELP, class_name="field-help"),
        _limits(needed=False),
        _preview(),
        select("unit", "默认单位", Form.units, Form.values["unit"], nothing="不指定"),
        rx.el.fieldset(
            rx.el.legend("办理方式", class_name="field-label"),
            rx.el.div(
                check("may_settle", "网格员可随手清", is_on=Form.values["may_settle"] != ""),
                check("is_public", "可对外公开", is_on=Form.values["is_public"] != ""),
                class_name="choices",
            ),
            class_name="field",
        ),
        rx.el.fieldset(
            rx.el.legend(
                "提问", rx.el.span("（可不填）", class_name="optional"), class_name="field-label"
            ),
            rx.el.p(_QUESTIONS_HELP, class_name="field-help"),
            *[
                rx.el.input(
                    name=f"q{n}", type="text", max_length=60, default_value=Form.values[f"q{n}"],
                    aria_label=f"提问{n}", auto_complete="off", class_name="field-input",
                )
                for n in (1, 2, 3)
            ],
            class_name="field",
        ),
        from_day(Form.today),
    ]  # fmt: skip


def _form(*fields: rx.Component) -> rx.Component:
    return rx.el.form(
        *fields, save_button(is_busy=Form.busy), on_submit=Form.submit, class_name="form"
    )


def _more() -> rx.Component:
    """Show what is done to an item beside its form: its place, and out of use."""
    return rx.el.div(
        rx.el.div(
            rx.el.button(
                "上移",
                type="button",
                on_click=event_of(Form.move, "up"),
                class_name="button short",
            ),
            rx.el.button(
                "下移",
                type="button",
                on_click=event_of(Form.move, "down"),
                class_name="button short",
            ),
            class_name="buttons",
        ),
        rx.el.p(_RETIRE_HELP, class_name="field-help"),
        retire_part(Form, _RETIRE, Form.keep_item),
        class_name="stack apart",
    )


def category_sheet() -> rx.Component:
    """Show the form that is open, over the page."""
    history = changes_part(Form.changes, Form.cancel)
    forms = (
        (Deed.ADD_CATEGORY.value, _form(*_item_fields(is_new=True))),
        (
            Deed.CHANGE_CATEGORY.value,
            rx.el.div(_form(*_item_fields(is_new=False)), _more(), history, class_name="stack"),
        ),
        (
            Deed.CHANGE_URGENCY.value,
            rx.el.div(
                _form(_limits(needed=True), _preview(), from_day(Form.today)),
                history,
                class_name="stack",
            ),
        ),
    )
    return rx.cond(
        Form.deed != "",
        sheet(
            Form.label,
            refusal(),
            rx.match(Form.deed, *forms, rx.fragment()),
            on_close=Form.close_form,
        ),
    )
