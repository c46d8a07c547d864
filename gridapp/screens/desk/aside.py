"""What is set aside (待甄别), looked at as one heap and sorted many at a time: ``/desk/aside``."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import AsideChoice
from gridapp.screens.desk.aside_state import HOURS, AsideRow, AsideState
from gridapp.screens.staff import (
    PRODUCT,
    entered,
    event_of,
    notice_bar,
    sheet_refusal,
    staff_tabs,
)
from gridapp.ui.blanks import empty
from gridapp.ui.fields import Choice, line_field, words_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.sheet import sheet

_TITLE: Final = "待甄别"
_WHAT: Final = (
    "短时间来得太多、或在屏蔽名单里的上报先放在这里，不进收件箱、不计超期。"
    "上报人都有编号；放行后答复时限从上报时算起，请尽快看。特急、紧急和说到危险的不会放在这里。"
)
_HOURS: Final = [Choice(hours, label) for hours, label in HOURS.items()]


def _filters() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q",
            type="search",
            aria_label="搜索待甄别",
            placeholder="内容、地点或编号",
            default_value=AsideState.q,
            enter_key_hint="search",
            max_length=100,
            class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        _select("at", "地点", AsideState.places, AsideState.at, "全部地点"),
        _select("hours", "时间", _HOURS, AsideState.hours),
        on_submit=AsideState.search,
        role="search",
        class_name="toolbar",
    )


def _select(
    name: str, label: str, choices: list[Choice], chosen: str, every: str = ""
) -> rx.Component:
    first = [rx.el.option(every, value="")] if every else []
    entries = rx.foreach(choices, lambda c: rx.el.option(c.label, value=c.code, key=c.code))
    return rx.el.select(
        *first, entries,
        name=name, aria_label=label, default_value=chosen, key=f"{name} {chosen}",
        class_name="field-input",
    )  # fmt: skip


def _chosen_bar() -> rx.Component:
    count = AsideState.chosen.length()  # type: ignore[attr-defined]  # a Var at run time
    return rx.el.div(
        rx.el.span(f"共{AsideState.total_words}，已选{count}件", role="status", class_name="quiet"),
        rx.cond(
            count > 0,
            _small("取消选择", AsideState.choose_none),
            _small("全选", AsideState.choose_all),
        ),
        class_name="row spread",
    )


def _small(label: str, event: object) -> rx.Component:
    return rx.el.button(label, type="button", on_click=event, class_name="button plain short")


def _cell(row: AsideRow) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=AsideState.chosen.contains(row.no),  # type: ignore[attr-defined]
                on_change=event_of(AsideState.toggle, row.no),
            ),
            rx.el.span(
                rx.el.span(row.headline, class_name="cell-meaning"),
                rx.el.span(
                    rx.el.span(row.place),
                    rx.el.span(row.reported, class_name="no-break"),
                    class_name="cell-context cell-parts",
                ),
                rx.el.span(row.why, class_name="cell-context"),
                class_name="cell-text",
            ),
            class_name="cell check",
        ),
        rx.el.a(
            "查看",
            href=f"/desk/case?no={row.no}",
            aria_label=f"查看{row.headline}",
            class_name="button plain short",
        ),
        key=row.no,
        class_name="cell-pair",
    )


def _heap() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        _said(),
        rx.el.p(_WHAT, class_name="note"),
        _filters(),
        rx.cond(
            AsideState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.fragment(
                _chosen_bar(),
                rx.el.ul(rx.foreach(AsideState.rows, _cell), aria_label=_TITLE, class_name="cells"),
            ),
            empty("这里没有待甄别的上报", "换个地点或时间再看，或者回到收件箱。"),
        ),
    )


def _said() -> rx.Component:
    """Say what was done, and offer to take it back."""
    return rx.el.div(
        rx.cond(
            AsideState.said != "",
            rx.el.div(
                rx.el.p(AsideState.said),
                rx.cond(AsideState.undo_uid != "", _small("撤销", AsideState.undo)),
                class_name="notice",
            ),
        ),
        role="status",
        class_name="notice-place",
    )


def _actions() -> rx.Component:
    count = AsideState.chosen.length()  # type: ignore[attr-defined]  # a Var at run time
    return rx.cond(
        count > 0,
        rx.el.div(
            _act("不予受理", event_of(AsideState.open_form, AsideChoice.DECLINE.value), "grave"),
            _act("并案", event_of(AsideState.open_form, AsideChoice.MERGE.value), "plain"),
            _act(f"放行{count}件", AsideState.let_in, "primary"),
            class_name="buttons",
        ),
    )


def _act(label: str | rx.Var[str], event: object, kind: str) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        on_click=event,
        disabled=AsideState.busy,
        class_name=f"button {kind}",
    )


def _sheet() -> rx.Component:
    return rx.match(
        AsideState.form,
        (
            AsideChoice.DECLINE.value,
            _form(
                "不予受理",
                "grave",
                words_field(
                    "words", "理由", needed=True, is_first=True, help_words="上报人会看到。"
                ),
            ),
        ),
        (
            AsideChoice.MERGE.value,
            _form(
                "并案",
                "primary",
                line_field("into", "并入哪件事（事件编号）", needed=True, is_first=True),
            ),
        ),
        rx.fragment(),
    )


def _form(title: str, kind: str, field: rx.Component) -> rx.Component:
    count = AsideState.chosen.length()  # type: ignore[attr-defined]  # a Var at run time
    return sheet(
        title,
        sheet_refusal(),
        rx.el.form(
            field,
            rx.el.button(
                f"{title}{count}件",
                type="submit",
                disabled=AsideState.busy,
                class_name=f"button {kind}",
            ),
            on_submit=AsideState.submit,
            class_name="form",
        ),
        on_close=AsideState.close_form,
    )


@rx.page(route="/desk/aside", title=f"{_TITLE} · {PRODUCT}", on_load=AsideState.load)
def aside() -> rx.Component:
    """Show the heap."""
    return staff_frame(
        entered(_heap, is_ready=AsideState.is_ready),
        head=top_bar(_TITLE, back="/desk"),
        tabs=staff_tabs("/desk"),
        bottom=_actions(),
        over=_sheet(),
        is_covered=AsideState.form != "",
    )
