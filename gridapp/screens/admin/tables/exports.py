"""Take tables out of what is in reach: ``/admin/export``."""

from typing import Any, Final

import reflex as rx

from gridapp.screens.admin.tables.export_state import ExportRow, ExportState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.services.imports.views import KindView
from gridapp.ui.blanks import empty
from gridapp.ui.fields import Choice, choice_field, day_field, line_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link

_TITLE: Final = "导出"
_LEAD: Final = "导出您管辖范围内的内容。导出的表改好以后，可以原样导入回来。每次导出都有记录。"
_FORMATS: Final = [Choice("xlsx", "XLSX（WPS、Excel）"), Choice("csv", "CSV")]
_REASON: Final = "要显示完整姓名和电话的理由"
_REASON_HELP: Final = "不写就只显示姓和号码的前后几位。理由至少4个字，会记入审计。"
_DAYS_HELP: Final = "只对事件有用。"
_CODE_HELP: Final = "比社区更小的范围，填它的网格编码。"
_ASK: Final = "导出"
_LIST: Final = "导出的文件"
_NONE: Final = "还没有导出过"
_NONE_WHY: Final = "选好内容，点导出。"
_FETCH: Final = "下载"


def _option(kind: KindView) -> rx.Component:
    return rx.el.option(f"{kind.label}：{kind.hint}", value=kind.name, key=kind.name)


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.label("导出什么", html_for="kind", class_name="field-label"),
            rx.el.select(
                rx.foreach(ExportState.kinds, _option),
                id="kind",
                name="kind",
                class_name="field-input",
            ),
            class_name="field",
        ),
        choice_field("grid", "范围", ExportState.areas, nothing="全部"),
        line_field("grid_code", "网格编码", help_words=_CODE_HELP),
        rx.el.div(
            day_field("from_on", "从哪天", help_words=_DAYS_HELP),
            day_field("to_on", "到哪天", help_words=_DAYS_HELP),
            class_name="two-fields",
        ),
        choice_field("format", "格式", _FORMATS, chosen="xlsx"),
        rx.cond(ExportState.may_reveal, _reason()),
        rx.el.button(_ASK, type="submit", class_name="button primary"),
        on_submit=ExportState.ask,
        key=f"export {ExportState.turn}",
        class_name="form card",
    )


def _reason() -> rx.Component:
    # The label is around the field: Reflex would send a field with an id even where it is not.
    return rx.el.label(
        rx.el.span(
            _REASON, rx.el.span("（可不填）", class_name="optional"), class_name="field-label"
        ),
        rx.el.span(_REASON_HELP, class_name="field-help"),
        rx.el.textarea(name="reason", max_length=200, rows=3, class_name="field-input"),
        class_name="field",
    )


def _cell(row: ExportRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.label, class_name="cell-meaning"),
            rx.el.p(row.context, class_name="cell-context"),
            rx.cond(row.fault != "", rx.el.p(row.fault, class_name="import-reason")),
            rx.cond(row.alive != "", rx.el.p(row.alive, class_name="cell-context wrap")),
            rx.cond(
                row.may_cancel | row.may_resume,
                rx.el.div(
                    rx.cond(row.may_cancel, _steer("取消", ExportState.cancel, row)),
                    rx.cond(row.may_resume, _steer("继续", ExportState.go_on, row)),
                    class_name="row wrap",
                ),
            ),
            class_name="cell-text",
        ),
        rx.cond(
            row.href != "",
            whole_page_link(
                _FETCH,
                href=row.href,
                download=True,
                aria_label=f"{_FETCH}：{row.label}",
                class_name="button plain short",
            ),
            rx.el.span(row.state, class_name="cell-state"),
        ),
        key=row.uid,
        class_name="cell",
    )


def _steer(label: str, event: Any, row: ExportRow) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        aria_label=f"{label}：{row.label}",
        on_click=event_of(event, row.uid),
        class_name="button plain short",
    )


def _exports() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_LEAD, class_name="note"),
        _form(),
        rx.el.p(ExportState.said, role="status", class_name="note"),
        rx.el.section(
            rx.el.h2(_LIST, class_name="cells-title"),
            rx.cond(
                ExportState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.ul(rx.foreach(ExportState.rows, _cell), aria_label=_LIST, class_name="cells"),
                empty(_NONE, _NONE_WHY),
            ),
            rx.cond(
                ExportState.is_working,
                rx.el.button(
                    "刷新进度",
                    type="button",
                    on_click=ExportState.refresh,
                    custom_attrs={"data-again": "1500"},
                    class_name="button plain short",
                ),
            ),
            class_name="stack",
        ),
    )


@rx.page(route="/admin/export", title=f"{_TITLE} · {PRODUCT}", on_load=ExportState.load)
def exports() -> rx.Component:
    """Show what can be taken out."""
    return staff_frame(
        rx.el.script(src="/staff/tables.js", type="module"),
        entered(_exports, is_ready=ExportState.is_ready),
        head=top_bar(_TITLE, back=ExportState.home),
        tabs=rx.cond(ExportState.home == "/me", staff_tabs("/me"), staff_tabs("/admin")),
    )
