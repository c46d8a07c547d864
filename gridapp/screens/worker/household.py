"""One contact household: masked, with its visits; who it is, is shown for a reason."""

from typing import Final

import reflex as rx

from gridapp.domain.labels import DEED, VISIT_OUTCOME
from gridapp.domain.vocabulary import Deed
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.screens.worker.household_state import HouseholdState
from gridapp.screens.worker.visits import refusal
from gridapp.ui.blanks import empty
from gridapp.ui.fields import Choice, choice_field, day_field, line_field, words_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.marks import due_mark
from gridapp.ui.offline import INSTALLABLE, field_shell
from gridapp.ui.sheet import sheet
from gridapp.ui.story import facts
from gridapp.ui.visit_cells import VisitRow, visit_timeline

_TITLE = "联系户"
_HOME = HouseholdState.home
_OUTCOMES: Final = [Choice(key.value, word) for key, word in VISIT_OUTCOME.items()]
_REVEAL: Final = "查看姓名、电话和门牌"


def _press(label: str, deed: Deed, subject: str, look: str = "button plain short") -> rx.Component:
    event = event_of(HouseholdState.open_form, deed.value, subject)
    return rx.el.button(label, type="button", on_click=event, class_name=look)


def _household() -> rx.Component:
    return rx.cond(
        HouseholdState.shown,
        _whole(),
        empty("没有找到这一户", "可能已经换了网格，或者不在您的管辖范围内。"),
    )


def _whole() -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.cond(HouseholdState.said != "", rx.el.p(HouseholdState.said, class_name="notice")),
            role="status",
            class_name="notice-place",
        ),
        notice_bar(),
        rx.el.section(
            rx.el.div(
                rx.el.h2(_HOME.who),
                rx.cond(
                    _HOME.ended != "",
                    rx.fragment(),
                    due_mark(_HOME.next_state, _HOME.next_words),
                ),
                class_name="row spread",
            ),
            rx.cond(_HOME.ended != "", rx.el.p(_HOME.ended, class_name="notice")),
            facts(
                ("类别", _HOME.kind),
                ("间隔", _HOME.rhythm),
                ("上次", _HOME.last_words),
                ("电话", _HOME.phone),
                ("网格", _HOME.grid),
            ),
            _revealed(),
            class_name="card",
        ),
        rx.el.section(rx.el.h2("走访记录"), _history(), class_name="card"),
        _changes(),
        aria_label="联系户",
        class_name="stack",
    )


def _revealed() -> rx.Component:
    """Offer to see who it is, for a reason; show it until it is put away."""
    return rx.cond(
        HouseholdState.revealed != "",
        rx.el.div(
            rx.el.p(HouseholdState.revealed),
            rx.el.div(
                rx.cond(
                    HouseholdState.revealed_phone != "",
                    whole_page_link(
                        "拨打电话",
                        href=f"tel:{HouseholdState.revealed_phone}",
                        class_name="button short",
                    ),
                ),
                rx.el.button(
                    "收起",
                    type="button",
                    on_click=HouseholdState.hide,
                    class_name="button plain short",
                ),
                class_name="row",
            ),
            class_name="notice",
        ),
        rx.cond(_HOME.is_open, _press(_REVEAL, Deed.REVEAL_HOUSEHOLD, "")),
    )


def _history() -> rx.Component:
    return rx.cond(
        HouseholdState.visits.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        visit_timeline(HouseholdState.visits, "走访记录", buttons=_on_visit),
        rx.el.p("还没有走访过。", class_name="quiet"),
    )


def _on_visit(row: VisitRow) -> rx.Component:
    return rx.el.div(
        rx.cond(row.may_correct, _press(DEED[Deed.CORRECT_VISIT], Deed.CORRECT_VISIT, row.id)),
        rx.cond(
            row.may_promote,
            whole_page_link(
                DEED[Deed.PROMOTE_VISIT],
                href=f"/field/promote?visit={row.id}",
                class_name="button plain short",
            ),
        ),
        class_name="row",
    )


def _changes() -> rx.Component:
    return rx.cond(
        _HOME.is_open,
        rx.el.div(
            _press("修改", Deed.CHANGE_HOUSEHOLD, ""),
            _press("结束联系", Deed.END_HOUSEHOLD, "", "button grave short"),
            class_name="stack",
        ),
    )


def _form(deed: Deed, *fields: rx.Component) -> rx.Component:
    kind = "grave" if deed is Deed.END_HOUSEHOLD else "primary"
    return rx.el.form(
        *fields,
        rx.el.button(
            f"确认{DEED[deed]}", type="submit", disabled=HouseholdState.busy,
            class_name=f"button {kind}",
        ),
        on_submit=HouseholdState.submit,
        class_name="form",
    )  # fmt: skip


def _change_form() -> rx.Component:
    return _form(
        Deed.CHANGE_HOUSEHOLD,
        rx.el.p("只填要改的，其余留空。", class_name="quiet"),
        choice_field(
            "kind", "类别", HouseholdState.kinds, chosen=_HOME.kind_code, nothing="保持不变",
            is_first=True,
        ),
        line_field("interval_days", "每几天走访一次"),
        day_field("next_on", "下次走访"),
        line_field("door", "门牌"),
        line_field("name", "姓名"),
        line_field("phone", "电话", help_words="写「无」就删去原来的号码。"),
    )  # fmt: skip


def _sheet() -> rx.Component:
    forms = {
        Deed.REVEAL_HOUSEHOLD: _form(
            Deed.REVEAL_HOUSEHOLD,
            words_field(
                "words", "查看原因", needed=True, help_words="查看记录会留存备查。", is_first=True
            ),
        ),
        Deed.CHANGE_HOUSEHOLD: _change_form(),
        Deed.END_HOUSEHOLD: _form(
            Deed.END_HOUSEHOLD,
            words_field(
                "words", "为什么结束", needed=True, help_words="走访记录仍然保留。", is_first=True
            ),
        ),
        Deed.CORRECT_VISIT: _form(
            Deed.CORRECT_VISIT,
            words_field(
                "words", "更正内容", needed=True, help_words="原来写的不改，更正接在后面。",
                is_first=True,
            ),
            choice_field("outcome", "结果", _OUTCOMES, nothing="保持不变"),
            day_field("on", "哪天走访的", help_words="日期不对才填。"),
            choice_field("household", "是哪一户", HouseholdState.others, nothing="就是这一户"),
            day_field("next_on", "下次走访", help_words="不填就按结果和间隔推算。"),
        ),
    }  # fmt: skip
    titled = [(deed.value, DEED[deed]) for deed in forms]
    return rx.cond(
        HouseholdState.deed != "",
        sheet(
            rx.match(HouseholdState.deed, *titled, ""),
            refusal(),
            rx.match(
                HouseholdState.deed,
                *((deed.value, form) for deed, form in forms.items()),
                rx.fragment(),
            ),
            on_close=HouseholdState.close_form,
        ),
    )


def _actions() -> rx.Component:
    return rx.cond(
        HouseholdState.shown & _HOME.is_open,
        whole_page_link(
            "记走访", href=f"/field/visit?household={_HOME.id}", class_name="button primary"
        ),
    )


@rx.page(
    route="/worker/household",
    title=f"{_TITLE} · {PRODUCT}",
    meta=INSTALLABLE,
    on_load=HouseholdState.load,
)
def household() -> rx.Component:
    """Show one household with what may be done on it."""
    return staff_frame(
        entered(_household, is_ready=HouseholdState.shown | HouseholdState.missing),
        head=top_bar(_TITLE, back="/worker/visits"),
        shell=field_shell(),
        tabs=staff_tabs("/worker"),
        bottom=_actions(),
        over=_sheet(),
        is_covered=HouseholdState.deed != "",
    )
