"""One case on a page: how it stands, what it is about, how it went on, and the main action."""

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.cases.doing import MORE, DeedState
from gridapp.screens.cases.forms import deed_button, deed_sheet
from gridapp.screens.cases.state import CaseState
from gridapp.screens.staff import event_of, notice_bar
from gridapp.ui.blanks import empty, waiting_cells
from gridapp.ui.links import whole_page_link
from gridapp.ui.marks import colour_badge, due_mark, word_badge
from gridapp.ui.sheet import photo_look
from gridapp.ui.story import facts, five_step_bar, photo_strip, timeline

_CASE = CaseState.case


def case_detail() -> rx.Component:
    """Show the case that has been opened, or that there is none to show."""
    return rx.cond(
        CaseState.shown,
        _whole_case(),
        rx.cond(
            CaseState.missing,
            empty("没有找到这件事", "编号可能写错了，或者不在您的管辖范围内。"),
            waiting_cells(),
        ),
    )


def _whole_case() -> rx.Component:
    return rx.el.article(
        _said(),
        notice_bar(),
        _standing(),
        _matter(),
        rx.cond(
            CaseState.photos.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.section(
                rx.el.h2("照片"),
                photo_strip(CaseState.photos, CaseState.open_photo),
                class_name="card",
            ),
        ),
        _result(),
        rx.el.section(
            rx.el.h2("办理过程"), timeline(CaseState.steps, "办理过程"), class_name="card"
        ),
        aria_label=f"事件 {_CASE.no}",
        class_name="stack case",
    )


def _said() -> rx.Component:
    return rx.el.div(
        rx.cond(CaseState.said != "", rx.el.p(CaseState.said, class_name="notice")),
        role="status",
        class_name="notice-place",
    )


def _standing() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            colour_badge(_CASE.colour, _CASE.shape, _CASE.status),
            rx.cond(_CASE.due_words != "", due_mark(_CASE.due_state, _CASE.due_words)),
            class_name="row spread",
        ),
        five_step_bar(CaseState.five_steps, "五步闭环"),
        rx.cond(
            _CASE.extension != "", rx.el.p(_CASE.extension, class_name="notice"), rx.fragment()
        ),
        rx.cond(_CASE.pause != "", rx.el.p(_CASE.pause, class_name="notice")),
        class_name="card",
    )


def _matter() -> rx.Component:
    return rx.el.section(
        rx.el.h2(
            _CASE.text,
            tab_index=-1,
            # ``staff/opened.js`` gives the page this name, and brings the focus here.
            custom_attrs={"data-opened": _CASE.no, "data-title": _CASE.title},
            class_name="kept-lines",
        ),
        rx.cond(
            _CASE.rest != "",
            rx.el.details(
                rx.el.summary("展开全文"),
                rx.el.p(_CASE.rest, class_name="kept-lines"),
                class_name="fold",
            ),
        ),
        rx.cond(_CASE.flags != "", rx.el.div(word_badge(_CASE.flags, "alert"))),
        facts(
            ("地点", _CASE.place),
            ("网格", _CASE.grid),
            ("分类", _CASE.category),
            ("紧急程度", _CASE.urgency),
            ("来源", _CASE.source),
            ("上报人", _CASE.reporter),
            ("上报时间", _CASE.reported),
            ("承办", _CASE.handler),
            ("承诺", _CASE.promise),
            ("", _CASE.provisional),
            ("并入", _CASE.merged_into),
            ("编号", _CASE.no),
        ),
        _reporter(),
        class_name="card",
    )


def _reporter() -> rx.Component:
    """Offer to see who reported, for a reason; show it as long as the case is open."""
    return rx.cond(
        CaseState.revealed != "",
        rx.el.p(
            "上报人：",
            CaseState.revealed,
            " ",
            rx.cond(
                CaseState.revealed_phone != "",
                whole_page_link("拨打电话", href=f"tel:{CaseState.revealed_phone}"),
            ),
            class_name="notice",
        ),
        rx.cond(
            _CASE.may_reveal,
            rx.el.button(
                "查看上报人完整信息",
                type="button",
                on_click=event_of(DeedState.open_form, Deed.REVEAL.value),
                class_name="button plain short",
            ),
        ),
    )


def _result() -> rx.Component:
    return rx.cond(
        _CASE.reply != "",
        rx.el.section(
            rx.el.h2("答复"),
            rx.el.p(_CASE.reply, class_name="kept-lines"),
            facts(("结果", _CASE.outcome), ("居民评价", _CASE.rating)),
            class_name="card",
        ),
    )


def case_actions() -> rx.Component:
    """Show the main action of the case, and beside it the way to the others."""
    return rx.cond(
        CaseState.shown,
        rx.el.div(
            rx.cond(
                CaseState.more.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.button(
                    "更多操作",
                    type="button",
                    on_click=event_of(DeedState.open_form, MORE),
                    class_name="button plain",
                ),
            ),
            rx.foreach(CaseState.main, lambda button: deed_button(button, "button primary")),
            class_name="buttons",
        ),
    )


def over_case() -> rx.Component:
    """Show what lies over the case: a form, or one photo large."""
    return rx.fragment(
        deed_sheet(),
        rx.cond(
            CaseState.photo != "",
            photo_look(CaseState.photo, CaseState.photo_label, on_close=CaseState.close_photo),
        ),
    )


def is_case_covered() -> bool:
    """Tell whether something lies over the case."""
    return (DeedState.deed != "") | (CaseState.photo != "")
