"""One grid: ``/admin/areas/grid?code=``, its facts, what is below, who answers, its history."""

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.areas.area_state import AreaState
from gridapp.screens.admin.areas.around import (
    focus,
    has,
    history,
    lines,
    may,
    more,
    pairs,
    people,
    plain_cell,
    section,
)
from gridapp.screens.admin.areas.doing import AreaFormState
from gridapp.screens.admin.areas.forms import area_sheet, open_button
from gridapp.screens.admin.areas.shown import (
    AboveRow,
    TreeRow,
)
from gridapp.screens.staff import PRODUCT, entered, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.marks import word_badge
from gridapp.ui.story import facts

_TITLE = "网格"
_TO_MAP = "到地图上看边界"
_AREA = AreaState.area
_CHANGES = (
    Deed.ADD_AREA, Deed.RENAME_AREA, Deed.MOVE_AREA, Deed.SPLIT_AREA, Deed.MERGE_AREAS,
    Deed.REASSIGN,
)  # fmt: skip


def _way_up() -> rx.Component:
    def step(one: AboveRow) -> rx.Component:
        return rx.el.li(rx.el.a(one.name, href=f"/admin/areas/grid?code={one.code}"), key=one.code)

    return rx.cond(
        has(AreaState.above),
        rx.el.nav(
            rx.el.ol(rx.foreach(AreaState.above, step), class_name="crumbs"), aria_label="上级"
        ),
    )


def _face() -> rx.Component:
    return rx.el.section(
        _way_up(),
        rx.el.h2(_AREA.name),
        rx.el.p(
            word_badge(_AREA.level, "blue"),
            rx.cond(_AREA.is_kind_shown, word_badge(_AREA.kind)),
            rx.cond(_AREA.retired != "", word_badge("已停用", "alert")),
            class_name="row",
        ),
        rx.cond(_AREA.retired != "", _retired()),
        rx.cond(_AREA.beyond != "", rx.el.p(_AREA.beyond, class_name="notice")),
        facts(
            ("编码", _AREA.code),
            ("户数", _AREA.households),
            ("楼栋", _AREA.buildings),
            ("在办事件", _AREA.cases),
        ),
        rx.cond(has(AreaState.deeds), _changes()),
        class_name="card",
    )


def _retired() -> rx.Component:
    return rx.el.p(
        f"这个网格{_AREA.retired}停用，以前的记录都还在。",
        rx.cond(
            _AREA.into_code != "",
            rx.el.a(
                f"现在由「{_AREA.into_name}」接手",
                href=f"/admin/areas/grid?code={_AREA.into_code}",
                class_name="way-to",
            ),
        ),
        class_name="notice",
    )


def _changes() -> rx.Component:
    buttons = [rx.cond(may(deed), open_button(deed)) for deed in _CHANGES]
    return rx.el.div(
        rx.el.div(*buttons, role="group", aria_label="调整这个网格", class_name="buttons tiles"),
        rx.cond(
            may(Deed.RETIRE_AREA), open_button(Deed.RETIRE_AREA, look="button plain short apart")
        ),
        class_name="stack",
    )


def _child(row: TreeRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(
                    row.name,
                    rx.cond(row.kind != "", word_badge(row.kind)),
                    rx.cond(row.beyond != "", word_badge(row.beyond, "alert")),
                    class_name="cell-meaning row",
                ),
                rx.el.span(row.context, class_name="cell-context"),
                rx.el.span(row.code, class_name="cell-context fine"),
                class_name="cell-text",
            ),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"/admin/areas/grid?code={row.code}",
            class_name="cell",
        ),
        key=row.code,
    )


def _below() -> rx.Component:
    return rx.cond(
        has(AreaState.children),
        section(
            "下级网格",
            rx.el.ul(
                rx.foreach(AreaState.children, _child), aria_label="下级网格", class_name="cells"
            ),
            more(0, AreaState.more_children),
        ),
    )


def _buildings() -> rx.Component:
    return rx.cond(
        has(AreaState.buildings),
        section(
            "楼栋",
            rx.el.ul(
                rx.foreach(AreaState.buildings, plain_cell), aria_label="楼栋", class_name="cells"
            ),
            more(1, AreaState.more_buildings),
        ),
    )


def _whole() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.div(
            rx.cond(
                AreaState.said != "",
                rx.el.div(
                    rx.el.p(AreaState.said),
                    rx.cond(
                        AreaState.map_at != "",
                        rx.el.a(_TO_MAP, href=AreaState.map_at, class_name="button short"),
                    ),
                    class_name="notice",
                ),
            ),
            role="status",
            class_name="notice-place",
        ),
        rx.cond(
            AreaState.shown,
            rx.el.article(
                rx.el.div(_face(), people(), lines(), class_name="stack"),
                rx.el.div(_below(), _buildings(), pairs(), focus(), history(), class_name="stack"),
                aria_label=_AREA.name,
                class_name="area-columns",
            ),
            empty(
                "没有找到这个网格",
                "编码可能写错了，或者不在您的管辖范围内。",
                rx.el.a("回到网格树", href="/admin/areas", class_name="button short"),
            ),
        ),
    )


@rx.page(route="/admin/areas/grid", title=f"{_TITLE} · {PRODUCT}", on_load=AreaState.load)
def area() -> rx.Component:
    """Show one grid."""
    return staff_frame(
        entered(_whole, is_ready=AreaState.shown | AreaState.missing),
        head=top_bar(_TITLE, back="/admin/areas"),
        tabs=staff_tabs("/admin"),
        over=area_sheet(),
        is_covered=AreaFormState.deed != "",
        is_wide=True,
    )
