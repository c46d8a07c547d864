"""The work calendar, a year at a time: ``/admin/calendar``."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.calendar_doing import CalendarFormState
from gridapp.screens.admin.calendar_sheet import calendar_sheet
from gridapp.screens.admin.calendar_state import CalendarState
from gridapp.screens.admin.year_shown import WEEKDAYS, DayCell, MonthRows
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "工作日历"
_WEEK: Final = "每周上班时间"
_LEGEND: Final = "休＝放假，班＝调休上班，灰底＝平常休息，右上角有点＝管理员改过。点一天可以修改。"


def _week() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(_WEEK),
            rx.el.button(
                "修改",
                type="button",
                aria_label=f"修改：{_WEEK}",
                on_click=CalendarFormState.open_week,
                class_name="button plain short",
            ),
            class_name="row spread",
        ),
        rx.el.ul(
            rx.foreach(CalendarState.week, lambda words: rx.el.li(words)),  # noqa: PLW0108 - a component of each
            class_name="plain-list",
        ),
        class_name="card",
    )


def _missing() -> rx.Component:
    return rx.el.section(
        rx.el.h2(f"{CalendarState.missing_year}年的放假安排"),
        rx.el.p(
            rx.cond(
                CalendarState.is_published,
                "已经公布，可以载入。",
                "通常在前一年秋天公布，目前还没有收到。",
            ),
            CalendarState.missing_words,
        ),
        rx.el.button(
            rx.cond(CalendarState.is_published, "载入", "手工录入"),
            type="button",
            on_click=CalendarFormState.open_year,
            class_name="button short",
        ),
        class_name="card",
    )


def _day(day: DayCell) -> rx.Component:
    face = rx.fragment(
        rx.el.span(day.number, aria_hidden="true"),
        rx.el.span(day.mark, aria_hidden="true", class_name="day-mark"),
    )
    return rx.cond(
        day.on == "",
        rx.el.span(),
        rx.cond(
            day.may_change,
            rx.el.button(
                face,
                type="button",
                aria_label=day.said,
                title=day.said,
                on_click=event_of(CalendarFormState.open_day, day.on),
                class_name=day.look,
            ),
            rx.el.span(
                face, rx.el.span(day.said, class_name="unseen"), title=day.said, class_name=day.look
            ),
        ),
    )


def _month(month: MonthRows) -> rx.Component:
    heads = [rx.el.span(day, aria_hidden="true", class_name="day-head") for day in WEEKDAYS]
    return rx.el.section(
        rx.el.h3(
            month.name, rx.el.span(month.sum, class_name="quiet small"), class_name="row spread"
        ),
        rx.el.div(*heads, rx.foreach(month.days, _day), class_name="month"),
        key=month.name,
        class_name="card",
    )


def _turn(label: str, step: int) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        on_click=event_of(CalendarState.choose_year, CalendarState.year + step),
        class_name="button plain short",
    )


def _year() -> rx.Component:
    return rx.el.section(
        rx.el.nav(
            _turn("上一年", -1),
            rx.el.h2(CalendarState.title),
            _turn("下一年", 1),
            aria_label="换一年",
            class_name="row spread year-turn",
        ),
        rx.el.p(CalendarState.sum, class_name="quiet small"),
        rx.el.p(_LEGEND, class_name="quiet small"),
        rx.el.div(rx.foreach(CalendarState.months, _month), class_name="year"),
        rx.cond(
            CalendarState.named.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.section(
                rx.el.h2("放假和调休一览"),
                rx.el.ul(
                    rx.foreach(CalendarState.named, lambda words: rx.el.li(words)),  # noqa: PLW0108 - likewise
                    class_name="plain-list named",
                ),
                class_name="card",
            ),
        ),
        class_name="stack",
    )


def _calendar() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(CalendarState.said, role="status", class_name="said"),
        rx.el.div(_week(), _missing(), class_name="columns"),
        _year(),
    )


@rx.page(route="/admin/calendar", title=f"{_TITLE} · {PRODUCT}", on_load=CalendarState.load)
def calendar() -> rx.Component:
    """Show the work calendar to its keepers."""
    return staff_frame(
        entered(_calendar, is_ready=CalendarState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        over=calendar_sheet(),
        is_covered=CalendarFormState.deed != "",
        is_wide=True,
    )
