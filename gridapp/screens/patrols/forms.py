"""The sheet over the page of patrols: a point, a roster, the people of a night."""

from typing import Final

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.screens.patrols.doing import PatrolFormState
from gridapp.screens.staff import event_of, sheet_refusal
from gridapp.ui.fields import Choice, choice_field, line_field, words_field
from gridapp.ui.sheet import sheet

_WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EVERY: Final = [
    Choice("1", "每天"), Choice("2", "每2天"), Choice("3", "每3天"), Choice("7", "每7天"),
    Choice("14", "每14天"), Choice("30", "每30天"),
]  # fmt: skip
_GRAVE: Final = {Deed.RETIRE_POINT, Deed.CANCEL_ROSTER}


def _input(name: str, label: str, kind: str, default: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="field-label"),
        rx.el.input(
            id=name, name=name, type=kind, required=True, default_value=default,
            class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _checks(label: str, checks: rx.Component | list[rx.Component]) -> rx.Component:
    listed = checks if isinstance(checks, list) else [checks]
    return rx.el.fieldset(
        rx.el.legend(label, class_name="field-label"),
        rx.el.div(*listed, class_name="choices"),
        class_name="field",
    )


def _check(name: str, label: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name),
        rx.el.span(label),
        key=name,
        class_name="choice",
    )


def _add_point() -> list[rx.Component]:
    return [
        line_field("name", "名称", needed=True, is_first=True),
        choice_field("at", "在哪栋楼", PatrolFormState.places, nothing="不在楼里，下面写明位置"),
        choice_field("grid", "属于哪个网格", PatrolFormState.grids),
        line_field("spot", "具体位置", help_words="例如「2号楼东侧变压器旁」。"),
        choice_field("every_days", "多久看一次", _EVERY, chosen="7"),
    ]


def _change_point() -> list[rx.Component]:
    return [
        _input("name", "名称", "text", PatrolFormState.name),
        choice_field("every_days", "多久看一次", _EVERY, chosen=PatrolFormState.every_days),
    ]


def _crew() -> list[rx.Component]:
    people = rx.foreach(PatrolFormState.crew, lambda c: _check(f"p{c.code}", c.label))
    return [
        _checks("谁去", people),
        line_field("names", "没有账号的志愿者", help_words="写姓名，用顿号分开。"),
    ]


def _make_roster() -> list[rx.Component]:
    options = rx.foreach(
        PatrolFormState.grids, lambda c: rx.el.option(c.label, value=c.code, key=c.code)
    )
    return [
        rx.el.div(
            rx.el.label("哪个网格", html_for="grid", class_name="field-label"),
            rx.el.select(
                options, id="grid", name="grid", default_value=PatrolFormState.grid,
                on_change=PatrolFormState.choose_grid, class_name="field-input",
            ),
            class_name="field",
        ),
        _input("theme", "主题", "text", "平安夜巡"),
        _input("first", "从哪天", "date"),
        _input("last", "到哪天", "date"),
        _checks(
            "星期几（不选就是每天）", [_check(f"w{n}", day) for n, day in enumerate(_WEEKDAYS)]
        ),
        _input("starts", "几点开始", "time", "18:00"),
        _input("ends", "几点结束", "time", "21:00"),
        *_crew(),
    ]  # fmt: skip


def _sure(words: str) -> list[rx.Component]:
    return [rx.el.p(words)]


def _form(deed: Deed, fields: list[rx.Component]) -> rx.Component:
    kind = "grave" if deed in _GRAVE else "primary"
    return rx.el.form(
        *fields,
        rx.el.button(
            f"确认{DEED[deed]}", type="submit", disabled=PatrolFormState.busy,
            class_name=f"button {kind}",
        ),
        on_submit=PatrolFormState.submit,
        class_name="form",
    )  # fmt: skip


def open_button(deed: Deed, subject: rx.Var[str] | str, look: str) -> rx.Component:
    """Show the button that opens a deed's form."""
    return rx.el.button(
        DEED[deed],
        type="button",
        on_click=event_of(PatrolFormState.open_form, deed.value, subject),
        class_name=look,
    )


def patrol_sheet() -> rx.Component:
    """Show the form that is open, over the page."""
    forms = [
        (Deed.ADD_POINT.value, _form(Deed.ADD_POINT, _add_point())),
        (Deed.CHANGE_POINT.value, _form(Deed.CHANGE_POINT, _change_point())),
        (
            Deed.RETIRE_POINT.value,
            _form(
                Deed.RETIRE_POINT,
                [
                    words_field(
                        "words",
                        "为什么停用",
                        needed=True,
                        is_first=True,
                        help_words="停用后不再提醒去看。以前看过和漏看的都还算在巡查率里。",
                    )
                ],
            ),
        ),
        (
            Deed.RESTORE_POINT.value,
            _form(Deed.RESTORE_POINT, _sure("恢复后重新提醒去看，停用期间不算漏看。")),
        ),
        (Deed.MAKE_ROSTER.value, _form(Deed.MAKE_ROSTER, _make_roster())),
        (Deed.STAFF_ROSTER.value, _form(Deed.STAFF_ROSTER, _crew())),
        (
            Deed.CANCEL_ROSTER.value,
            _form(Deed.CANCEL_ROSTER, _sure("这一晚取消，排好的人会在今日里看到。")),
        ),
    ]
    return rx.cond(
        PatrolFormState.deed != "",
        sheet(
            PatrolFormState.label,
            sheet_refusal(),
            rx.match(PatrolFormState.deed, *forms, rx.fragment()),
            on_close=PatrolFormState.close_form,
        ),
    )
