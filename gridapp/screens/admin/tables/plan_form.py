"""The form that says how a brought file is read."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.tables.file_state import ImportFileState
from gridapp.screens.admin.tables.plan_state import ImportPlanState, LineChoice
from gridapp.screens.admin.tables.rows import HeadingRow
from gridapp.ui.fields import Choice

_WHERE: Final = "表头在哪里"
_SHEET: Final = "工作表"
_LINE: Final = "列名在哪一行"
_ROWS: Final = "列名占几行"
_MERGED: Final = "合并的单元格，每一行都算上同样的内容"
_MERGED_HELP: Final = "例如社区名称合并了12行，这12行都属于这个社区。"
_COLUMNS: Final = "您的列对应到哪一列"
_COLUMNS_HELP: Final = "对应好以后会记住，下次同样的表不用再选。"
_LEAVE: Final = "不导入"
_SOURCE: Final = "没写来源的，算作"
_TWINS: Final = "和已有楼栋同名或同地址的，算作"
_CHECK: Final = "检查"


def plan_form() -> rx.Component:
    """Ask how the file is read."""
    return rx.el.form(
        rx.el.section(
            rx.el.h2(_WHERE, class_name="cells-title"),
            rx.el.div(
                rx.el.div(_sheet(), _line(), _rows(), class_name="plan-where"),
                rx.cond(ImportPlanState.has_merges, _merged()),
                class_name="card stack",
            ),
        ),
        rx.el.section(
            rx.el.h2(_COLUMNS, class_name="cells-title"),
            rx.el.p(
                "必须有：",
                ImportPlanState.needed,
                "。",
                _COLUMNS_HELP,
                class_name="note import-note",
            ),
            rx.el.ul(rx.foreach(ImportPlanState.headings, _heading), class_name="cells"),
            rx.cond(
                ImportPlanState.left_out > 0,
                rx.el.p(f"有{ImportPlanState.left_out}列没有对应，不会导入。", class_name="note"),
            ),
        ),
        rx.cond(ImportPlanState.wish != "", _wish()),
        rx.el.div(
            rx.el.button(_CHECK, type="submit", class_name="button primary"),
        ),
        on_submit=ImportFileState.check,
        class_name="form",
    )


def _sheet() -> rx.Component:
    return rx.cond(
        ImportPlanState.sheets.length() > 1,  # type: ignore[attr-defined]  # a Var at run time
        _choice(
            "sheet",
            _SHEET,
            rx.foreach(ImportPlanState.sheets, lambda s: rx.el.option(s, value=s, key=s)),
            ImportPlanState.sheet,
            ImportPlanState.choose_sheet,
        ),
    )


def _line_option(line: LineChoice) -> rx.Component:
    return rx.el.option(line.label, value=line.code, key=line.code)


def _line() -> rx.Component:
    return _choice(
        "header_line",
        _LINE,
        rx.foreach(ImportPlanState.lines, _line_option),
        ImportPlanState.header_line.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        ImportPlanState.choose_line,
    )


def _rows() -> rx.Component:
    options = rx.fragment(rx.el.option("一行", value="1"), rx.el.option("两行", value="2"))
    return _choice(
        "header_rows",
        _ROWS,
        options,
        ImportPlanState.header_rows.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        ImportPlanState.choose_rows,
    )


def _choice(
    name: str, label: str, options: rx.Component, chosen: object, event: object
) -> rx.Component:
    # The label is around the field: Reflex would send a field with an id a second time.
    return rx.el.label(
        rx.el.span(label, class_name="field-label"),
        rx.el.select(options, name=name, value=chosen, on_change=event, class_name="field-input"),
        class_name="field",
    )


def _merged() -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="fill_merged",
            value="yes",
            default_checked=ImportPlanState.fill_merged,
            key=f"merged {ImportPlanState.turn}",
        ),
        rx.el.span(_MERGED, rx.el.span(_MERGED_HELP, class_name="cell-context")),
        class_name="check import-check",
    )


def _column_option(column: Choice) -> rx.Component:
    return rx.el.option(column.label, value=column.code, key=column.code)


def _heading(row: HeadingRow) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.span(
                rx.el.span(row.heading, class_name="cell-meaning"),
                rx.el.span("例：", row.samples, class_name="cell-context"),
                class_name="cell-text",
            ),
            rx.el.select(
                rx.el.option(_LEAVE, value=""),
                rx.foreach(ImportPlanState.columns, _column_option),
                name=row.field,
                default_value=row.column,
                key=f"{ImportPlanState.turn} {row.field}",
                class_name="field-input",
            ),
            class_name="cell plan-column",
        ),
        key=row.field,
    )


def _wish() -> rx.Component:
    return rx.el.label(
        rx.el.span(
            rx.cond(ImportPlanState.wish == "twins", _TWINS, _SOURCE), class_name="field-label"
        ),
        rx.el.select(
            rx.foreach(ImportPlanState.wishes, _column_option),
            name=ImportPlanState.wish,
            default_value=ImportPlanState.wished,
            class_name="field-input",
        ),
        class_name="field card",
    )
