"""Duties and promises on boards and posters: ``/admin/wording``."""

from typing import Any, Final

import reflex as rx

from gridapp.screens.admin.changes import changes_part
from gridapp.screens.admin.parts import ahead_badge, from_day, refusal, save_button
from gridapp.screens.admin.wording_state import WordingRow, WordingState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.sheet import sheet

_TITLE: Final = "职责和承诺"
_WHAT: Final = (
    "公示牌和海报上由街道自己写的话。从生效那天起印的用新内容；"
    "已经贴出去的，那天起在「张贴情况」里列为已过时，等您重印。"
)
_WALLS: Final = "看哪些要重印"
_FROM_HELP: Final = "这一天以前印的，还用原来的内容。"
# Reflex gives handlers this way to wait until the typing rests; its types do not know it.
_TRY: Any = WordingState.try_words


def _lines(lines: list[str]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(lines, lambda line: rx.el.li(line, class_name="cell-meaning wrap")),
        class_name="plain-list",
    )


def _cell(row: WordingRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                row.label,
                rx.cond(row.is_own, rx.el.span("已改过", class_name="badge")),
                ahead_badge(row.ahead),
                class_name="cell-context row",
            ),
            _lines(row.lines),
            rx.el.p(row.where, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.el.button(
            "修改",
            type="button",
            aria_label=f"修改：{row.label}",
            on_click=event_of(WordingState.open_form, row.wording),
            class_name="button plain short",
        ),
        key=row.wording,
        class_name="cell",
    )


def _wordings() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        rx.el.p(WordingState.said, role="status", class_name="said"),
        rx.cond(
            WordingState.walls != "",
            rx.el.p(whole_page_link(_WALLS, href=WordingState.walls), class_name="note"),
        ),
        rx.el.ul(rx.foreach(WordingState.rows, _cell), aria_label=_TITLE, class_name="cells"),
    )


def _weighed() -> rx.Component:
    return rx.el.div(
        rx.cond(
            WordingState.fault != "",
            rx.el.p(WordingState.fault, class_name="field-error"),
            rx.el.p(WordingState.tally, class_name="quiet small"),
        ),
        role="status",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.label("内容", html_for="words", class_name="field-label"),
            rx.el.p(WordingState.open.where, WordingState.open.room, class_name="field-help"),
            rx.el.textarea(
                id="words", name="words", required=True, max_length=2000, rows=5,
                default_value=WordingState.words, auto_focus=True, class_name="field-input",
                on_change=_TRY.debounce(300),
            ),
            _weighed(),
            class_name="field",
        ),
        from_day(WordingState.today, _FROM_HELP),
        save_button(is_busy=WordingState.busy),
        rx.cond(
            WordingState.open.is_own,
            rx.el.button(
                "恢复系统默认",
                type="button",
                disabled=WordingState.busy,
                on_click=WordingState.reset_words,
                class_name="button",
            ),
        ),
        key=WordingState.words,
        on_submit=WordingState.save,
        class_name="form",
    )  # fmt: skip


def _sheet() -> rx.Component:
    return rx.cond(
        WordingState.open.wording != "",
        sheet(
            WordingState.open.label,
            refusal(),
            _form(),
            changes_part(WordingState.changes, WordingState.cancel),
            on_close=WordingState.close_form,
        ),
    )


@rx.page(route="/admin/wording", title=f"{_TITLE} · {PRODUCT}", on_load=WordingState.load)
def wording() -> rx.Component:
    """Show duties and promises to their keepers."""
    return staff_frame(
        entered(_wordings, is_ready=WordingState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        over=_sheet(),
        is_covered=WordingState.open.wording != "",
        is_wide=True,
    )
