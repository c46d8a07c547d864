"""Importing a file of boundaries: ``/admin/boundaries/import``."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.boundaries.importing import (
    BACK,
    DATUM_CHOICES,
    ROWS_MAX_COUNT,
    ImportState,
)
from gridapp.screens.admin.boundaries.preview import ColumnChoice, GridChoice, ShapeRow
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.services.boundaries.files.opened import FILE_MAX_BYTES
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.grid_map import file_sender

_TITLE: Final = "导入边界"
_LEAD: Final = "先预览，确认后再导入；有问题时一个也不会导入。导入到："
_FILE: Final = "边界文件"
_FILE_HELP: Final = "GeoJSON、KML，或打成 zip 的 Shapefile（.shp .dbf .prj 一起打包），20MB 以内。"
_TOO_LARGE: Final = "文件超过20MB。请分社区导出，或先简化边界。"
_ACCEPT: Final = ".geojson,.json,.kml,.zip"
_DATUM: Final = "文件的坐标系"
_DATUM_HELP: Final = "不确定时先选一个，系统会按已知楼栋的位置核对。"
_PREVIEW: Final = "预览"
_PICTURE: Final = "导入后的边界图：蓝色的会导入，虚线的没有找到网格"
_QUESTIONS: Final = "请先确认"
_SHAPES: Final = "图形和网格"
_ONLY: Final = f"最多显示{ROWS_MAX_COUNT}个，没有找到网格或有疑问的排在前面。"
_COLUMN: Final = "网格名称或编码在哪一列"
_COLUMN_HELP: Final = "找错了就换一列。「所属社区」这样的列只用来分清同名的网格。"
_ASSIGN: Final = "指定网格"
_CHANGE: Final = "改为其他"
_NOT_SET: Final = "请选择网格"
_LEAVE: Final = "不导入"
_CARRY_OUT: Final = "确认导入"
_TO_MAP: Final = "去看地图"
_ANSWERS: Final = {
    "turned": [("turned", "按纬度在前读取")],
    "lines": [("lines", "把首尾相接的线当作边界")],
    "join": [("join", "合成一个网格")],
    "placed": [("placed", "位置和大小没有错")],
    "better": [("better", "改用更吻合的坐标系"), ("sure", "坐标系没有选错")],
    "mend": [("mend", "用修补后的形状")],
}


def _chooser() -> rx.Component:
    return rx.el.section(
        rx.el.p(_LEAD, rx.el.strong(ImportState.grid_name)),
        rx.el.div(
            rx.el.label(_DATUM, html_for="datum", class_name="field-label"),
            rx.el.p(_DATUM_HELP, class_name="field-help"),
            rx.el.select(
                *[rx.el.option(label, value=code) for code, label in DATUM_CHOICES],
                id="datum", name="datum", value=ImportState.datum,
                on_change=ImportState.choose_datum, class_name="field-input",
            ),
            class_name="field",
        ),
        file_sender(
            address="/api/v1/boundary-files", accept=_ACCEPT, most_bytes=FILE_MAX_BYTES,
            label=_FILE, help_words=_FILE_HELP, too_large=_TOO_LARGE, on_sent=ImportState.receive,
        ),
        class_name="card stack",
    )  # fmt: skip


def _questions() -> rx.Component:
    return rx.cond(
        ImportState.questions.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            rx.el.h2(_QUESTIONS, class_name="section-title"),
            rx.el.ul(
                rx.foreach(ImportState.questions, lambda said: rx.el.li(said, key=said)),
                class_name="questions",
            ),
            rx.el.div(rx.foreach(ImportState.asks, _answers), class_name="toolbar"),
            role="alert",
            class_name="notice error column",
        ),
    )


def _answers(asked: rx.Var[str]) -> rx.Component:
    shown = [
        (name, rx.fragment(*[_answer(what, label) for what, label in answers]))
        for name, answers in _ANSWERS.items()
    ]
    return rx.match(asked, *shown, rx.fragment())


def _answer(what: str, label: str) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=event_of(ImportState.answer, what),
        class_name="button plain short",
    )  # fmt: skip


def _preview() -> rx.Component:
    return rx.cond(
        ImportState.summary != "",
        rx.fragment(
            rx.el.section(
                rx.el.h2(_PREVIEW, class_name="section-title"),
                rx.el.p(ImportState.summary, role="status"),
                rx.foreach(
                    ImportState.notes, lambda said: rx.el.p(said, key=said, class_name="quiet")
                ),
                _columns(),
                rx.el.img(src=ImportState.picture, alt=_PICTURE, class_name="picture"),
                class_name="stack",
            ),
            rx.el.section(
                rx.el.h2(_SHAPES, class_name="section-title"),
                rx.el.p(_ONLY, class_name="quiet small"),
                rx.el.ul(
                    rx.foreach(ImportState.rows, _row), aria_label=_SHAPES, class_name="cells"
                ),
                class_name="stack",
            ),
        ),
    )


def _columns() -> rx.Component:
    return rx.el.div(
        rx.el.label(_COLUMN, html_for="column", class_name="field-label"),
        rx.el.p(_COLUMN_HELP, class_name="field-help"),
        rx.el.select(
            rx.foreach(ImportState.columns, _column),
            id="column", name="column", value=ImportState.column,
            on_change=ImportState.choose_column, class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _column(one: ColumnChoice) -> rx.Component:
    return rx.el.option(one.label, value=one.key, key=one.key)


def _row(row: ShapeRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.label, class_name="cell-meaning"),
            rx.el.p(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.cond(row.is_settled, rx.el.span(row.grid, class_name="cell-state"), _assign(row)),
        key=row.number.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _assign(row: ShapeRow) -> rx.Component:
    return rx.el.select(
        rx.el.option(rx.cond(row.is_taken, _CHANGE, _NOT_SET), value=""),
        rx.el.option(_LEAVE, value="-"),
        rx.foreach(ImportState.grids, _grid),
        aria_label=f"{_ASSIGN}：{row.label}",
        on_change=lambda code: event_of(ImportState.assign, row.number, code),
        class_name="field-input narrow",
    )


def _grid(one: GridChoice) -> rx.Component:
    return rx.el.option(one.name, value=one.code, key=one.code)


def _done() -> rx.Component:
    return rx.el.div(
        rx.el.p(ImportState.done, class_name="empty-title"),
        rx.el.a(_TO_MAP, href=f"{BACK}?grid={ImportState.grid}", class_name="button primary"),
        role="status",
        class_name="empty",
    )


def _import() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.cond(
            ImportState.done != "",
            _done(),
            rx.fragment(_chooser(), _questions(), _preview()),
        ),
    )


def _bottom() -> rx.Component:
    open_questions = ImportState.questions.length() > 0  # type: ignore[attr-defined]  # a Var
    return rx.cond(
        (ImportState.summary != "") & (ImportState.done == ""),
        rx.el.button(
            _CARRY_OUT, type="button", disabled=open_questions, on_click=ImportState.carry_out,
            class_name="button primary",
        ),
    )  # fmt: skip


@rx.page(route=f"{BACK}/import", title=f"{_TITLE} · {PRODUCT}", on_load=ImportState.load)
def import_boundaries() -> rx.Component:
    """Show the import."""
    return staff_frame(
        entered(_import, is_ready=ImportState.is_ready),
        head=top_bar(_TITLE, back=f"{BACK}?grid={ImportState.grid}"),
        tabs=staff_tabs("/admin"),
        bottom=_bottom(),
    )
