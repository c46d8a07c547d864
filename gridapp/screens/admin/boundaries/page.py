"""Boundaries and the map: ``/admin/boundaries``."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.boundaries.asking import ask_sheet
from gridapp.screens.admin.boundaries.shown import AreaRow, BatchRow, FaultRow, Step
from gridapp.screens.admin.boundaries.state import PAGE, BoundariesState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.grid_map import grid_map
from gridapp.ui.links import whole_page_link

_TITLE: Final = "边界与地图"
_WAY: Final = "所在位置"
_BELOW: Final = "下级网格"
_SEARCH: Final = "查名称或编码"
_FIND: Final = "查找"
_NONE: Final = "没有找到网格"
_NONE_WHY: Final = "换个名称或编码再试。"
_LOWEST: Final = "下面没有更小的网格"
_LOWEST_WHY: Final = "可以在上面画这个网格自己的边界。"
_IMPORT: Final = "导入边界文件"
_CHECK: Final = "检查缝隙和重叠"
_SKETCH: Final = "生成示意图"
_PRINT: Final = "打印用的图"
_FILE: Final = "下载边界文件"
_DRAW: Final = "画边界"
_REMOVE: Final = "删除边界"
_UNDO: Final = "撤销"
_BATCHES: Final = "最近的导入"
_CHECKED: Final = "检查结果"
_CHECK_PICTURE: Final = "标出缝隙和重叠的边界图"
_EARLIER, _LATER = "上一页", "下一页"


def _way() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.foreach(BoundariesState.way, _step),
            class_name="crumbs",
        ),
        aria_label=_WAY,
    )


def _step(step: Step) -> rx.Component:
    return rx.el.li(
        rx.cond(
            step.code == BoundariesState.grid,
            rx.el.span(step.name, aria_current="page"),
            rx.el.a(step.name, href=f"{PAGE}?grid={step.code}"),
        ),
        key=step.code,
    )


def _map() -> rx.Component:
    grid = BoundariesState.grid
    return rx.el.section(
        grid_map(
            src=f"/api/v1/map?grid={grid}&outlines=below",
            picture=f"/api/v1/boundaries/map.svg?grid={grid}",
            edition=BoundariesState.edition,
            on_pick=BoundariesState.pick,
        ),
        rx.el.div(
            whole_page_link(
                _PRINT, href=f"/api/v1/boundaries/map.svg?grid={grid}", target="_blank",
                class_name="button plain short",
            ),
            whole_page_link(
                _FILE, href=f"/api/v1/boundaries/file.geojson?grid={grid}", download=True,
                class_name="button plain short",
            ),
            _button(_CHECK, BoundariesState.check),
            class_name="toolbar",
        ),
        class_name="map-side",
    )  # fmt: skip


def _button(label: str, on_click: object) -> rx.Component:
    return rx.el.button(label, type="button", on_click=on_click, class_name="button plain short")


def _here() -> rx.Component:
    here = BoundariesState.here
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(here.name, class_name="cell-meaning"),
                rx.el.p(here.context, class_name="cell-context"),
                class_name="cell-text",
            ),
            rx.el.span(here.state, class_name="cell-state"),
            class_name="cell",
        ),
        rx.el.div(
            rx.el.a(_DRAW, href=f"{PAGE}/draw?grid={here.code}", class_name="button plain short"),
            rx.cond(here.version > 0, _ask(_REMOVE, "remove")),
            _ask(_SKETCH, "sketch"),
            class_name="toolbar inset",
        ),
        class_name="cells",
    )


def _ask(label: str, what: rx.Var[str] | str) -> rx.Component:
    return _button(label, event_of(BoundariesState.ask, what))


def _below() -> rx.Component:
    return rx.el.section(
        rx.el.h2(_BELOW, class_name="section-title"),
        rx.el.form(
            rx.el.input(
                name="words", type="search", placeholder=_SEARCH, aria_label=_SEARCH,
                default_value=BoundariesState.words, max_length=40, class_name="field-input",
            ),
            rx.el.button(_FIND, type="submit", class_name="button plain short"),
            on_submit=BoundariesState.search,
            class_name="toolbar",
            role="search",
        ),
        rx.el.p(BoundariesState.summary, role="status", class_name="quiet small"),
        rx.cond(
            BoundariesState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(BoundariesState.rows, _row), aria_label=_BELOW, class_name="cells"),
            rx.cond(
                BoundariesState.words != "", empty(_NONE, _NONE_WHY), empty(_LOWEST, _LOWEST_WHY)
            ),
        ),
        _pager(),
        class_name="stack",
    )  # fmt: skip


def _row(row: AreaRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.name, class_name="cell-meaning"),
                rx.el.span(row.context, class_name="cell-context"),
                class_name="cell-text",
            ),
            rx.el.span(row.state, class_name="cell-state"),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"{PAGE}?grid={row.code}",
            class_name="cell",
        ),
        key=row.code,
    )


def _pager() -> rx.Component:
    return rx.cond(
        (BoundariesState.page > 0) | BoundariesState.has_more,
        rx.el.div(
            rx.el.button(
                _EARLIER, type="button", disabled=BoundariesState.page == 0,
                on_click=event_of(BoundariesState.turn, -1), class_name="button plain short",
            ),
            rx.el.button(
                _LATER, type="button", disabled=~BoundariesState.has_more,
                on_click=event_of(BoundariesState.turn, 1), class_name="button plain short",
            ),
            class_name="toolbar",
        ),
    )  # fmt: skip


def _checked() -> rx.Component:
    return rx.el.div(
        rx.cond(
            BoundariesState.checked != "",
            rx.el.section(
                rx.el.h2(_CHECKED, class_name="section-title"),
                rx.el.p(BoundariesState.checked),
                rx.cond(
                    BoundariesState.faults.length() > 0,  # type: ignore[attr-defined]  # a Var
                    rx.fragment(
                        rx.el.img(
                            src="/api/v1/boundaries/check.svg?grid="
                            f"{BoundariesState.grid}&edition={BoundariesState.edition}",
                            alt=_CHECK_PICTURE,
                            class_name="picture",
                        ),
                        rx.el.ol(rx.foreach(BoundariesState.faults, _fault), class_name="cells"),
                    ),
                ),
                class_name="stack",
            ),
        ),
        role="status",
        class_name="map-checked",
    )


def _fault(fault: FaultRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(fault.number, class_name="pin", aria_hidden="true"),
        rx.el.span(fault.label, class_name="cell-text"),
        rx.el.span(fault.area, class_name="cell-state"),
        key=fault.number.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _batches() -> rx.Component:
    return rx.cond(
        BoundariesState.batches.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            rx.el.h2(_BATCHES, class_name="section-title"),
            rx.el.ul(
                rx.foreach(BoundariesState.batches, _batch), aria_label=_BATCHES, class_name="cells"
            ),
            class_name="stack",
        ),
    )


def _batch(batch: BatchRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(batch.label, class_name="cell-meaning"),
            rx.el.p(batch.when, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.cond(batch.may_undo, _ask(_UNDO, f"undo:{batch.id}")),
        key=batch.id.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _boundaries() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        _way(),
        rx.el.p(BoundariesState.said, role="status", class_name="note map-note"),
        rx.el.div(
            _map(),
            rx.el.div(_here(), _checked(), _below(), _batches(), class_name="stack wide-gap"),
            class_name="map-split",
        ),
    )


@rx.page(route=PAGE, title=f"{_TITLE} · {PRODUCT}", on_load=BoundariesState.load)
def boundaries() -> rx.Component:
    """Show the map and what is below."""
    return staff_frame(
        entered(_boundaries, is_ready=BoundariesState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        bottom=rx.el.a(
            _IMPORT,
            href=f"{PAGE}/import?grid={BoundariesState.grid}",
            class_name="button primary",
        ),
        over=ask_sheet(),
        is_covered=BoundariesState.asking != "",
        is_wide=True,
    )
