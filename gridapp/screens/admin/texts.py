"""What messages say to reporters: ``/admin/texts``."""

from typing import Any, Final

import reflex as rx

from gridapp.screens.admin.changes import changes_part
from gridapp.screens.admin.parts import refusal, save_button
from gridapp.screens.admin.text_state import TextRow, TextsState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.asked import asked
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.sheet import sheet

_TITLE: Final = "短信内容"
_WHAT: Final = (
    "上报人留了手机号，办到这些环节时会收到短信。"
    "大括号里的内容发送时自动填上，查询链接自动加在末尾。"
)
_HELP: Final = "大括号里的名称不能改。这里可以用："
# Reflex gives handlers this way to wait until the typing rests; its types do not know it.
_TRY: Any = TextsState.try_words
_RESET_WHAT: Final = "现在的内容换成系统自带的，下一条短信就用。原来的内容留在修改记录里。"
_LENGTH: Final = "70字以内按一条计费，超过后每67字一条。"


def _cell(row: TextRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                row.title,
                rx.cond(row.is_own, rx.el.span("已改过", class_name="badge")),
                class_name="cell-context row",
            ),
            rx.el.p(row.words, class_name="cell-meaning wrap"),
            rx.el.p(row.price, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.el.button(
            "修改",
            type="button",
            aria_label=f"修改：{row.title}",
            on_click=event_of(TextsState.open_form, row.occasion),
            class_name="button plain short",
        ),
        key=row.occasion,
        class_name="cell",
    )


def _texts() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        rx.el.p(TextsState.said, role="status", class_name="said"),
        rx.el.ul(rx.foreach(TextsState.rows, _cell), aria_label=_TITLE, class_name="cells"),
    )


def _preview() -> rx.Component:
    return rx.el.div(
        rx.cond(
            TextsState.fault != "",
            rx.el.p(TextsState.fault, class_name="field-error"),
            rx.fragment(
                rx.el.p("对方收到的样子", class_name="quiet small"),
                rx.el.p(TextsState.sample, class_name="bubble"),
                rx.el.p(TextsState.price, class_name="quiet small"),
            ),
        ),
        role="status",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.label("内容", html_for="words", class_name="field-label"),
            rx.el.p(
                _HELP,
                rx.foreach(TextsState.blanks, lambda name: rx.el.code(name, class_name="blank")),
                class_name="field-help",
            ),
            rx.el.textarea(
                id="words", name="words", required=True, max_length=2000, rows=5,
                default_value=TextsState.words, auto_focus=True, class_name="field-input",
                on_change=_TRY.debounce(300),
            ),
            rx.el.p(_LENGTH, class_name="field-hint"),
            class_name="field",
        ),
        _preview(),
        save_button(is_busy=TextsState.busy),
        rx.cond(
            TextsState.is_own,
            asked(
                "恢复系统默认", _RESET_WHAT, "确认恢复", TextsState.reset_words,
                is_busy=TextsState.busy,
            ),
        ),
        on_submit=TextsState.save,
        class_name="form",
    )  # fmt: skip


def _sheet() -> rx.Component:
    return rx.cond(
        TextsState.occasion != "",
        sheet(
            TextsState.label,
            refusal(),
            _form(),
            changes_part(TextsState.changes, TextsState.open_form),
            on_close=TextsState.close_form,
        ),
    )


@rx.page(route="/admin/texts", title=f"{_TITLE} · {PRODUCT}", on_load=TextsState.load)
def texts() -> rx.Component:
    """Show the message texts to their keepers."""
    return staff_frame(
        entered(_texts, is_ready=TextsState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        over=_sheet(),
        is_covered=TextsState.occasion != "",
        is_wide=True,
    )
