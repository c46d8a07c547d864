"""The sheet over the page of the work calendar: a day, the week, or a year to take in."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.calendar_doing import CalendarFormState as Form
from gridapp.screens.admin.calendar_state import CalendarState
from gridapp.screens.admin.parts import from_day, labelled, refusal, save_button
from gridapp.screens.admin.year_shown import WEEKDAYS
from gridapp.screens.kit.changes import changes_part
from gridapp.ui.sheet import sheet

_KINDS: Final = (("holiday", "休息"), ("make_up", "上班"), ("usual", "照每周安排"))
_SPANS: Final = (("a", "上午"), ("b", "下午"), ("c", "晚上"))
_WEEK_HELP: Final = "休息的日子留空。期限里的工作小时和工作日都按这里算。"
_FROM_HELP: Final = "已经答应的期限不变，之后的上报按新的上班时间算。"
_BY_HAND: Final = (
    "系统自带的节假日数据里还没有这一年。"
    "可以先在日历里逐日录入放假和调休，全部录完后再点「已录全」。"
)
_BY_PACKAGE: Final = "放假和调休会写进日历，您已经改过的日子保持不变。"


def _day_form() -> rx.Component:
    kinds = [
        rx.el.label(
            rx.el.input(type="radio", name="kind", value=kind, required=True),
            rx.el.span(words),
            class_name="choice",
        )
        for kind, words in _KINDS
    ]
    reason = rx.el.input(
        id="words", name="words", type="text", required=True, min_length=2, max_length=40,
        auto_complete="off", class_name="field-input",
    )  # fmt: skip
    return rx.el.div(
        rx.el.p(Form.day_words),
        rx.el.form(
            rx.el.fieldset(
                rx.el.legend("这一天", class_name="field-label"),
                rx.el.div(*kinds, class_name="choices"),
                class_name="field",
            ),
            labelled("words", "为什么", reason),
            save_button(is_busy=Form.busy),
            on_submit=Form.submit_day,
            class_name="form",
        ),
        changes_part(Form.changes, Form.cancel),
        class_name="stack",
    )


def _time(name: str, label: str) -> rx.Component:
    return rx.el.input(
        name=name, type="time", aria_label=label, default_value=Form.values[name],
        class_name="field-input",
    )  # fmt: skip


def _span(day: int, span: str, words: str) -> rx.Component:
    name, of = f"d{day}{span}", f"周{WEEKDAYS[day]}{words}"
    return rx.el.div(
        _time(f"{name}1", f"{of}，几点上班"),
        rx.el.span("至", class_name="quiet"),
        _time(f"{name}2", f"{of}，几点下班"),
        class_name="span",
    )


def _week_form() -> rx.Component:
    days = [
        rx.el.fieldset(
            rx.el.legend(f"周{WEEKDAYS[day]}", class_name="field-label"),
            rx.el.div(*[_span(day, span, words) for span, words in _SPANS[:2]], class_name="spans"),
            rx.el.details(rx.el.summary("晚班"), _span(day, *_SPANS[2]), class_name="fold"),
            class_name="field",
        )
        for day in range(len(WEEKDAYS))
    ]
    return rx.el.div(
        rx.el.form(
            rx.el.p(_WEEK_HELP, class_name="field-help"),
            *days,
            from_day(Form.today, _FROM_HELP),
            save_button(is_busy=Form.busy),
            on_submit=Form.submit_week,
            class_name="form",
        ),
        changes_part(Form.changes, Form.cancel),
        class_name="stack",
    )


def _year_form() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.cond(CalendarState.is_published, _BY_PACKAGE, _BY_HAND)),
        rx.el.p(CalendarState.missing_words),
        rx.el.button(
            rx.cond(CalendarState.is_published, "确认载入", "已录全"),
            type="button",
            disabled=Form.busy,
            on_click=Form.load_year,
            class_name="button primary",
        ),
        class_name="stack",
    )


def calendar_sheet() -> rx.Component:
    """Show the form that is open, over the page."""
    return rx.cond(
        Form.deed != "",
        sheet(
            Form.label,
            refusal(),
            rx.match(
                Form.deed,
                (Deed.CHANGE_DAY.value, _day_form()),
                (Deed.CHANGE_WEEK.value, _week_form()),
                (Deed.LOAD_YEAR.value, _year_form()),
                rx.fragment(),
            ),
            on_close=Form.close_form,
        ),
    )
