"""One record of the register, a household or a shop, with what may be done on it."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.doing import RegisterFormState
from gridapp.screens.register.forms import press, register_sheet, said_bar
from gridapp.screens.register.listing_state import RegisterState
from gridapp.screens.register.parts import fact_list
from gridapp.screens.register.record_state import CheckRow, RecordState
from gridapp.screens.staff import entered, notice_bar, sheet_refusal, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.fields import words_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.marks import due_mark, word_badge
from gridapp.ui.offline import field_shell
from gridapp.ui.sheet import sheet

TITLE: Final = "登记"
_REVEAL: Final = "查看姓名和电话"
_R = RecordState.record


def _may(deed: Deed, shown: rx.Component) -> rx.Component:
    return rx.cond(RecordState.may.contains(deed.value), shown)  # type: ignore[attr-defined]  # a Var at run time


def _revealed() -> rx.Component:
    call = whole_page_link(
        "拨打电话", href=f"tel:{RecordState.revealed_phone}", class_name="button short"
    )
    hide = rx.el.button(
        "收起", type="button", on_click=RecordState.hide, class_name="button plain short"
    )
    return rx.cond(
        RecordState.revealed != "",
        rx.el.div(
            rx.el.p(RecordState.revealed),
            rx.el.div(rx.cond(RecordState.revealed_phone != "", call), hide, class_name="row"),
            class_name="notice",
        ),
        _may(
            Deed.REVEAL_RECORD,
            rx.el.button(
                _REVEAL, type="button", on_click=RecordState.ask, class_name="button plain short"
            ),
        ),
    )


def _head(base: str) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(_R.title),
            rx.cond(
                _R.is_struck,
                word_badge("已注销"),
                rx.cond(_R.due_state != "", due_mark(_R.due_state, _R.due_words)),
            ),
            class_name="row spread",
        ),
        fact_list(RecordState.facts),
        _revealed(),
        rx.el.p(
            rx.el.a("看整栋楼", href=f"{base}/building?id={_R.building}", class_name="way-to"),
            rx.cond(
                _R.contact != "",
                rx.el.a(
                    "这一户是联系户，看走访",
                    href=f"/worker/household?id={_R.contact}",
                    class_name="way-to",
                ),
            ),
            class_name="row",
        ),
        class_name="card",
    )


def _check(row: CheckRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.what, class_name="timeline-what"),
        rx.el.p(row.when, class_name="timeline-when"),
        rx.cond(row.text != "", rx.el.p(row.text, class_name="timeline-words")),
        rx.cond(
            row.case_no != "",
            rx.el.a(
                f"已上报为事件 {row.case_no}",
                href=f"/worker/case?no={row.case_no}",
                class_name="way-to",
            ),
        ),
        key=row.key,
    )


def _checks() -> rx.Component:
    return rx.el.section(
        rx.el.h2("检查记录"),
        rx.cond(
            RecordState.checks.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ol(
                rx.foreach(RecordState.checks, _check),
                aria_label="检查记录",
                class_name="timeline",
            ),
            rx.el.p("还没有检查过。", class_name="quiet"),
        ),
        class_name="card",
    )


def _changes() -> rx.Component:
    amend_home = press(Deed.AMEND_HOUSEHOLD, _R.id, "button plain short", "修改", _R.version)
    strike_home = press(Deed.STRIKE_HOUSEHOLD, _R.id, "button plain short", "注销", _R.version)
    amend_shop = press(Deed.AMEND_PREMISES, _R.id, "button plain short", "修改", _R.version)
    strike_shop = press(Deed.STRIKE_PREMISES, _R.id, "button plain short", "注销", _R.version)
    return rx.el.div(
        _may(Deed.ADD_HOUSEHOLD, press(Deed.ADD_HOUSEHOLD, _R.id, "button short", "加为联系户")),
        _may(Deed.AMEND_HOUSEHOLD, amend_home),
        _may(Deed.STRIKE_HOUSEHOLD, strike_home),
        _may(Deed.AMEND_PREMISES, amend_shop),
        _may(Deed.STRIKE_PREMISES, strike_shop),
        class_name="row",
    )


def _record(base: str) -> rx.Component:
    return rx.fragment(
        notice_bar(),
        said_bar(),
        rx.cond(
            RecordState.shown,
            rx.el.article(
                _head(base),
                rx.cond(_R.is_home, rx.fragment(), _checks()),
                _changes(),
                aria_label=TITLE,
                class_name="stack",
            ),
            empty("没有找到这条登记", "可能已经注销，或者不在您的管辖范围内。"),
        ),
    )


def _reason() -> rx.Component:
    return rx.cond(
        RecordState.asking,
        sheet(
            _REVEAL,
            sheet_refusal(),
            rx.el.form(
                words_field(
                    "words", "查看原因", needed=True, help_words="至少4个字，查看记录会留存备查。",
                    is_first=True,
                ),
                rx.el.button(f"确认{_REVEAL}", type="submit", class_name="button primary"),
                on_submit=RecordState.reveal,
                class_name="form",
            ),
            on_close=RecordState.hide,
            name="reason",
        ),
    )  # fmt: skip


def record_page(base: str, tab: str) -> rx.Component:
    """Show one record."""
    return staff_frame(
        entered(lambda: _record(base), is_ready=RecordState.shown | RecordState.missing),
        head=top_bar(TITLE, back=f"{base}?tab={RegisterState.tab}{RegisterState.more}"),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs(tab),
        bottom=_may(Deed.CHECK_PREMISES, press(Deed.CHECK_PREMISES, _R.id, "button primary")),
        over=rx.fragment(register_sheet(), _reason()),
        is_covered=(RegisterFormState.deed != "") | RecordState.asking,
    )
