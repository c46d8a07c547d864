"""One building: what it is, what hangs on it, who lives behind each door, which shops there are."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.building_state import (
    BuildingState,
    CodeRow,
    DoorChip,
    FloorRow,
    FoundButton,
    UnitDoors,
)
from gridapp.screens.register.doing import RegisterFormState
from gridapp.screens.register.forms import press, register_sheet, said_bar
from gridapp.screens.register.listing_state import RegisterState
from gridapp.screens.register.parts import door_link
from gridapp.screens.staff import entered, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.marks import word_badge
from gridapp.ui.offline import field_shell
from gridapp.ui.story import facts

TITLE: Final = "楼栋"
_B = BuildingState.building


def _may(deed: Deed, shown: rx.Component) -> rx.Component:
    return rx.cond(BuildingState.may.contains(deed.value), shown)  # type: ignore[attr-defined]  # a Var at run time


def _facts() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(_B.name),
            rx.cond(_B.is_retired, word_badge("已停用")),
            class_name="row spread",
        ),
        facts(("地址", _B.address), ("网格", _B.grid), ("大小", _B.size), ("户数", _B.households)),
        rx.el.div(
            _may(
                Deed.CHANGE_BUILDING,
                press(Deed.CHANGE_BUILDING, _B.id, "button plain short", "", _B.version),
            ),
            _may(Deed.RETIRE_BUILDING, press(Deed.RETIRE_BUILDING, _B.id, "button plain short")),
            class_name="row",
        ),
        class_name="card",
    )


def _code(row: CodeRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span(row.words, class_name="code-words"), word_badge(row.state),
                class_name="cell-meaning row",
            ),
            rx.el.p(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.cond(
            row.is_standing,
            rx.el.div(
                _may(Deed.REPLACE_CODE, press(Deed.REPLACE_CODE, row.code, "button short", "更换")),
                _may(Deed.RETIRE_CODE, press(Deed.RETIRE_CODE, row.code, label="停用")),
                class_name="row",
            ),
        ),
        key=row.code,
        class_name="cell code-cell",
    )  # fmt: skip


def _codes() -> rx.Component:
    preview = rx.el.img(
        src=f"/api/v1/print/poster.png?at={_B.code}", alt="海报预览", loading="lazy",
        class_name="poster-look",
    )  # fmt: skip
    return rx.el.section(
        rx.el.h2("楼栋码"),
        rx.cond(
            BuildingState.codes.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(BuildingState.codes, _code), class_name="cells"),
            rx.el.p("这栋楼还没有码，居民扫不到。", class_name="quiet"),
        ),
        _may(Deed.ISSUE_CODE, press(Deed.ISSUE_CODE, _B.id, "button short")),
        rx.cond(_B.code != "", _may(Deed.PRINT, preview)),
        class_name="card",
    )


def _found(button: FoundButton) -> rx.Component:
    return press(Deed.VERIFY_RECORD, button.subject, "button plain short", button.label)


def _door(chip: DoorChip, base: str) -> rx.Component:
    return rx.el.a(
        rx.el.span(chip.door, class_name="door-number"),
        rx.el.span(chip.who, class_name="door-who"),
        rx.el.span(chip.said, class_name="unseen"),
        href=f"{base}/record?id={chip.key}",
        key=chip.key,
        class_name=f"door {chip.look}",
    )


def _floor(row: FloorRow, base: str) -> rx.Component:
    def unit(doors: UnitDoors) -> rx.Component:
        return rx.el.td(
            rx.el.div(rx.foreach(doors.doors, lambda chip: _door(chip, base)), class_name="doors"),
            key=doors.key,
        )

    return rx.el.tr(rx.el.th(row.label, scope="row"), rx.foreach(row.units, unit), key=row.label)


def _doors(base: str) -> rx.Component:
    table = rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th("楼层", scope="col"),
                rx.foreach(BuildingState.heads, lambda head: rx.el.th(head, scope="col", key=head)),
            )
        ),
        rx.el.tbody(rx.foreach(BuildingState.floors, lambda row: _floor(row, base))),
        class_name="table house",
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2("户室"),
            rx.el.div(
                rx.foreach(BuildingState.found_homes, _found),
                _may(Deed.ENTER_HOUSEHOLD, press(Deed.ENTER_HOUSEHOLD, _B.id, "button short")),
                class_name="row",
            ),
            class_name="row spread",
        ),
        rx.cond(
            BuildingState.floors.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.div(
                table, tab_index=0, role="region", aria_label="户室分布", class_name="table-frame"
            ),
            rx.el.p("还没有登记户室。", class_name="quiet"),
        ),
        rx.cond(_B.more != "", rx.el.p(_B.more, class_name="quiet small")),
        class_name="card",
    )


def _shops(base: str) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("商铺企业场所"),
            rx.el.div(
                rx.foreach(BuildingState.found_shops, _found),
                _may(
                    Deed.ENTER_PREMISES,
                    press(Deed.ENTER_PREMISES, _B.id, "button short", "登记"),
                ),
                class_name="row",
            ),
            class_name="row spread",
        ),
        rx.cond(
            BuildingState.shops.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(BuildingState.shops, lambda row: door_link(row, base)),
                class_name="cells",
            ),
            rx.el.p("还没有登记。", class_name="quiet"),
        ),
        class_name="card",
    )  # fmt: skip


def _building(base: str) -> rx.Component:
    return rx.fragment(
        notice_bar(),
        said_bar(),
        rx.cond(
            BuildingState.shown,
            rx.el.article(
                rx.el.div(_facts(), _codes(), class_name="register-pair"),
                _doors(base),
                _shops(base),
                aria_label=TITLE,
                class_name="stack",
            ),
            empty("没有找到这栋楼", "可能已经换了网格，或者不在您的管辖范围内。"),
        ),
    )


def building_page(base: str, tab: str) -> rx.Component:
    """Show one building."""
    return staff_frame(
        entered(
            lambda: _building(base), is_ready=BuildingState.shown | BuildingState.missing
        ),
        head=top_bar(TITLE, back=f"{base}?tab={RegisterState.tab}{RegisterState.more}"),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs(tab),
        over=register_sheet(),
        is_covered=RegisterFormState.deed != "",
        is_wide=True,
    )  # fmt: skip
