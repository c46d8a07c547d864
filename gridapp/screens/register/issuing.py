"""Codes for a whole area, on the register's list: button, question, progress and outcome."""

from typing import Final

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.issuing_state import IssueState
from gridapp.screens.register.listing_state import RegisterState
from gridapp.screens.staff import sheet_refusal
from gridapp.ui.sheet import sheet
from gridapp.ui.work import work_card, work_watch

_WHAT: Final = "每栋发一个新码，已有码的楼不变。发完就可以打印海报。"
_ALL: Final = "不只是搜索到的：这个范围里没有码的楼都会发。"
_LONG: Final = "数量多，要做一会儿：可以看进度，可以取消，关了页面也照常进行。"
_PRINT: Final = "打印没印过的海报"
_HEARD: Final = "知道了"
_UNIT: Final = "栋"


def issue_button() -> rx.Component:
    """Show how many buildings have no code, as the button that gives them one."""
    return rx.cond(
        (IssueState.count > 0) & ~IssueState.is_working,
        rx.el.button(
            f"给{IssueState.count}栋楼发楼栋码",
            type="button",
            on_click=IssueState.ask,
            class_name="button",
        ),
    )


def issue_outcome() -> rx.Component:
    """Show the long work that is not done, and say what was done last, with the next step."""
    return rx.fragment(
        rx.foreach(IssueState.works, lambda uid: rx.el.div(work_card(uid, _UNIT), key=uid)),
        work_watch(IssueState.refresh),
        rx.el.div(
            rx.cond(
                IssueState.said != "",
                rx.el.div(
                    rx.el.p(IssueState.said),
                    rx.el.div(
                        rx.cond(
                            IssueState.print_at != "",
                            rx.el.a(
                                _PRINT, href=IssueState.print_at, class_name="button plain short"
                            ),
                        ),
                        rx.el.button(
                            _HEARD,
                            type="button",
                            on_click=IssueState.hear,
                            class_name="button plain short",
                        ),
                        class_name="row",
                    ),
                    class_name="notice",
                ),
            ),
            role="status",
            class_name="notice-place",
        ),
    )


def issue_sheet() -> rx.Component:
    """Ask whether the buildings shall get their codes, over the page."""
    bare = IssueState.bare
    return rx.cond(
        IssueState.is_asking,
        sheet(
            DEED[Deed.ISSUE_CODE],
            sheet_refusal(),
            rx.el.p(bare.place, "里有", rx.el.strong(f"{bare.count}栋"), "楼还没有楼栋码。"),
            rx.el.p(_WHAT),
            rx.cond(RegisterState.q != "", rx.el.p(_ALL, class_name="quiet")),
            rx.cond(bare.is_long, rx.el.p(_LONG, class_name="quiet")),
            rx.el.button(
                f"确认给{bare.count}栋楼发楼栋码",
                type="button",
                disabled=IssueState.is_busy,
                on_click=IssueState.confirm,
                class_name="button primary",
            ),
            on_close=IssueState.put_away,
            name="issue",
        ),
    )
