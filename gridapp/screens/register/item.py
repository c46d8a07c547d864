"""The sheet of one record in a round: what it says, what was found, and what one finds now."""

from typing import Final

import reflex as rx

from gridapp.domain.registering import TENURE, VERIFIED, Verified
from gridapp.screens.register.forms import number_field
from gridapp.screens.register.item_state import FindingRow, ItemState
from gridapp.screens.register.parts import fact_list
from gridapp.screens.staff import event_of, sheet_refusal
from gridapp.ui.fields import Choice, choice_field, line_field, words_field
from gridapp.ui.sheet import sheet

_ASK: Final = (Verified.CONFIRMED, Verified.CORRECTED, Verified.GONE, Verified.NOT_FOUND)
_TENURES: Final = [Choice(key.value, word) for key, word in TENURE.items()]
_ONLY_WRONG: Final = "只填登记得不对的，其余留空；要删去原来的内容，写「无」。"
_GONE: Final = "确认后，这条登记从登记簿里注销，门牌空出来。"


def _home_fields() -> rx.Component:
    return rx.fragment(
        line_field("name", "户主"),
        line_field("phone", "电话"),
        number_field("head_count", "人数"),
        choice_field("tenure", "居住性质", _TENURES, nothing="没有变化"),
        line_field("unit", "单元"),
        line_field("door", "门牌"),
    )


def _shop_fields() -> rx.Component:
    return rx.fragment(
        line_field("name", "名称"),
        line_field("trade", "业态"),
        line_field("contact", "负责人"),
        line_field("phone", "电话"),
        choice_field("risk", "风险等级", ItemState.risks, nothing="没有变化"),
        line_field("spot", "位置"),
    )


def _finding(row: FindingRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.what, class_name="timeline-what"),
        rx.el.p(row.when, class_name="timeline-when"),
        rx.cond(row.changes != "", rx.el.p(row.changes, class_name="timeline-words")),
        rx.cond(row.words != "", rx.el.p(row.words, class_name="timeline-words")),
        key=row.id,
    )


def _ask() -> rx.Component:
    buttons = [
        rx.el.button(
            VERIFIED[outcome], type="button",
            aria_pressed=rx.cond(ItemState.outcome == outcome.value, "true", "false"),
            on_click=event_of(ItemState.choose, outcome.value), class_name="chip",
        )
        for outcome in _ASK
    ]  # fmt: skip
    corrected = rx.cond(
        ItemState.outcome == Verified.CORRECTED.value,
        rx.fragment(
            rx.el.p(_ONLY_WRONG, class_name="quiet"),
            rx.cond(ItemState.item.is_home, _home_fields(), _shop_fields()),
        ),
    )
    return rx.el.div(
        rx.el.div(*buttons, role="group", aria_label="核查结果", class_name="chips"),
        rx.cond(
            ItemState.outcome != "",
            rx.el.form(
                corrected,
                rx.cond(
                    ItemState.outcome == Verified.GONE.value, rx.el.p(_GONE, class_name="notice")
                ),
                line_field("words", "说明", help_words="不要写别人的隐私。"),
                rx.el.button(
                    "记下结果", type="submit", disabled=ItemState.busy, class_name="button primary"
                ),
                on_submit=ItemState.verify,
                class_name="form",
                key=ItemState.outcome,
            ),
        ),
        class_name="stack",
    )


def _decide() -> rx.Component:
    return rx.el.form(
        rx.el.h3("裁定"),
        choice_field("finding", "以哪个为准", ItemState.picks),
        words_field("words", "理由", needed=True, help_words="至少4个字。"),
        rx.el.button(
            "确认裁定", type="submit", disabled=ItemState.busy, class_name="button primary"
        ),
        on_submit=ItemState.decide,
        class_name="form",
    )


def item_sheet() -> rx.Component:
    """Show the record that is open, over the page."""
    return rx.cond(
        ItemState.item.record != "",
        sheet(
            ItemState.item.title,
            sheet_refusal(),
            rx.el.p(ItemState.item.status, class_name="quiet"),
            rx.cond(ItemState.item.decided != "", rx.el.p(ItemState.item.decided)),
            fact_list(ItemState.facts),
            rx.cond(
                ItemState.findings.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.ol(
                    rx.foreach(ItemState.findings, _finding),
                    aria_label="核查记录",
                    class_name="timeline",
                ),
            ),
            rx.cond(ItemState.item.may_decide, _decide()),
            rx.cond(ItemState.item.may_verify & ~ItemState.item.may_decide, _ask()),
            on_close=ItemState.close_item,
            name="item",
        ),
    )
