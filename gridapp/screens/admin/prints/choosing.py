"""The left side of the print page: what is printed, how, and for where."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.prints.state import PrintState
from gridapp.screens.staff import event_of
from gridapp.screens.where import where_search
from gridapp.services.prints.order import LAYOUT, SHEET
from gridapp.services.prints.views import Layout, Paper, Sheet

_WHAT: Final = {
    Sheet.POSTER: "每栋楼一张，贴在门厅。",
    Sheet.STAIRWELL: "A5 小张，贴在楼道和电梯里。",
    Sheet.BOARD: "每个网格一张：人员、照片、职责、承诺、电话。",
    Sheet.CARDS: "A4 一页十张，带裁切线，发到每一户。",
    Sheet.BADGE: "90 × 130 毫米，网格人员每人一张。",
}
_PAPER: Final = {Paper.A4: "A4", Paper.A3: "A3"}
_CHANGED: Final = "只印有变化的和没印过的"
_CHANGED_HELP: Final = "人员、电话、职责、承诺、名称或楼栋码变了，才重印。"
_TRIAL: Final = "试印，不登记"
_TRIAL_HELP: Final = "只看样张用，不算已经印过。"
_WHERE: Final = "查找社区、网格或楼栋"
_WHERE_HINT: Final = "社区、网格、地址或楼栋码"


def _choice(field: str, value: str, label: str, chosen: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=field,
            value=value,
            checked=chosen == value,
            on_change=event_of(PrintState.choose, field, value),
        ),
        rx.el.span(label),
        class_name="choice",
    )


def _choices(legend: str, field: str, labels: dict[str, str], chosen: object) -> rx.Component:
    entries = [_choice(field, value, label, chosen) for value, label in labels.items()]
    return rx.el.fieldset(rx.el.legend(legend), rx.el.div(*entries, class_name="choices"))


def _plain(labels: dict[Sheet, str] | dict[Layout, str] | dict[Paper, str]) -> dict[str, str]:
    return {str(key.value): label for key, label in labels.items()}


def _sheet_choices() -> rx.Component:
    sheet = PrintState.chosen.sheet
    return rx.el.div(
        _choices("印什么", "sheet", _plain(SHEET), sheet),
        rx.el.p(
            rx.match(sheet, *((key.value, words) for key, words in _WHAT.items()), ""),
            class_name="quiet small",
        ),
    )


def _how() -> rx.Component:
    chosen = PrintState.chosen
    has_paper = (chosen.sheet == Sheet.POSTER.value) | (chosen.sheet == Sheet.BOARD.value)
    return rx.fragment(
        _choices("版式", "layout", _plain(LAYOUT), chosen.layout),
        rx.cond(has_paper, _choices("纸张", "paper", _plain(_PAPER), chosen.paper)),
    )


def _switch(field: str, label: str, help_words: str, is_on: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", checked=is_on, on_change=event_of(PrintState.choose, field, "")
        ),
        rx.el.span(label, rx.el.br(), rx.el.span(help_words, class_name="quiet small")),
        class_name="row check",
    )


def choosing_form() -> rx.Component:
    """Ask what is printed, how, and for where."""
    return rx.el.section(
        _sheet_choices(),
        _how(),
        rx.el.fieldset(rx.el.legend("印哪里"), where_search(PrintState, _WHERE, _WHERE_HINT)),
        rx.el.div(
            _switch("changed_only", _CHANGED, _CHANGED_HELP, PrintState.chosen.changed_only),
            _switch("is_trial", _TRIAL, _TRIAL_HELP, PrintState.chosen.is_trial),
            class_name="print-switches",
        ),
        aria_label="选择打印内容",
        class_name="card print-form",
    )
