"""Posts of the street: gaps, deputies, what waits for a second person, titles: ``/admin/posts``."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.people.asking import AskState
from gridapp.screens.people.pager import pager
from gridapp.screens.people.posts_state import (
    PLACE,
    GapRow,
    LeaveRow,
    PostsState,
    PostTab,
    RequestRow,
    TitleRow,
)
from gridapp.screens.people.sheets import ask_button, ask_sheet, said_line
from gridapp.screens.people.titles import titles_form
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "岗位"
_DEEDS: Final = [
    Deed.END_LEAVE, Deed.CONFIRM_POST, Deed.REFUSE_POST, Deed.CONFIRM_RESET, Deed.REFUSE_RESET,
]  # fmt: skip
_GAP_WORDS: Final = "每个网格要有网格员，其中一位是责任人。代班不算补上空缺。"
_TITLE_WORDS: Final = "安排岗位时可选的名称，用顿号分开。改动不影响已安排的岗位。"


def _tab(tab: PostTab) -> rx.Component:
    return rx.el.button(
        tab.label,
        rx.cond(tab.count != "", rx.el.span(tab.count, class_name="chip-count")),
        type="button",
        role="tab",
        aria_selected=rx.cond(PostsState.tab == tab.key, "true", "false"),
        on_click=event_of(PostsState.choose_tab, tab.key),
        key=tab.key,
        class_name="chip",
    )


def _gap(row: GapRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.name, class_name="cell-meaning"),
                rx.el.span(row.above, class_name="cell-context"),
                rx.cond(row.state != "", rx.el.span(row.state, class_name="cell-context")),
                class_name="cell-text",
            ),
            rx.el.span("看这里的人员", class_name="cell-state"),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"/admin/people?grid={row.code}",
            class_name="cell",
        ),
        key=row.code,
    )


def _gaps() -> rx.Component:
    return rx.el.div(
        rx.el.p(_GAP_WORDS, class_name="note"),
        rx.cond(
            PostsState.gaps.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(PostsState.gaps, _gap), aria_label="空缺", class_name="cells"),
            empty("没有这样的空缺", "有人离任或停用时，会列在这里。"),
        ),
        rx.cond(
            PostsState.total > 0,
            pager(
                f"共{PostsState.total}个网格", PostsState.page, PostsState.turn,
                has_next=PostsState.has_next,
            ),
        ),
        class_name="stack",
    )  # fmt: skip


def _leave(row: LeaveRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.words, class_name="cell-meaning"),
            rx.el.p(row.post, class_name="cell-context"),
            rx.el.p(row.days, class_name="cell-context"),
            class_name="cell-text",
        ),
        ask_button(PLACE, Deed.END_LEAVE, row.id, row.version, row.words),
        key=row.id,
        class_name="cell",
    )


def _leaves() -> rx.Component:
    return rx.cond(
        PostsState.leaves.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.ul(rx.foreach(PostsState.leaves, _leave), aria_label="代班", class_name="cells"),
        empty("现在没有人代班", "在人员页面的岗位上选“安排代班”。"),
    )


def _request(row: RequestRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(rx.el.a(row.person, href=row.href), f"：{row.post}", class_name="cell-meaning"),
            rx.el.p(row.days, class_name="cell-context"),
            rx.el.p(row.asked, class_name="cell-context"),
            rx.cond(row.outcome != "", rx.el.p(row.outcome, class_name="cell-context")),
            rx.cond(
                row.may_decide,
                rx.cond(
                    row.is_reset,
                    _decide(row, Deed.CONFIRM_RESET, Deed.REFUSE_RESET),
                    _decide(row, Deed.CONFIRM_POST, Deed.REFUSE_POST),
                ),
            ),
            class_name="cell-text",
        ),
        rx.cond(row.outcome == "", rx.el.span("待确认", class_name="cell-state")),
        key=f"{row.post} {row.id}",
        class_name="cell",
    )


def _decide(row: RequestRow, confirm: Deed, refuse: Deed) -> rx.Component:
    about = f"{row.person}：{row.post}"
    return rx.el.div(
        ask_button(PLACE, confirm, row.id, row.version, about, "button short"),
        ask_button(PLACE, refuse, row.id, row.version, about),
        class_name="row wrap",
    )


def _requests() -> rx.Component:
    return rx.cond(
        PostsState.requests.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.ul(
            rx.foreach(PostsState.requests, _request), aria_label="待确认", class_name="cells"
        ),
        empty(
            "没有等待确认的事", "管理员的岗位、给自己的岗位、重置管理员等人的密码，要两个人都同意。"
        ),
    )


def _titles() -> rx.Component:
    def row(one: TitleRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(one.label, class_name="cell-meaning"),
                rx.el.p(one.titles, class_name="cell-context"),
                class_name="cell-text",
            ),
            ask_button(
                PLACE,
                Deed.CHANGE_TITLES,
                one.role,
                PostsState.titles_version,
                one.label,
                word="修改",
            ),
            key=one.role,
            class_name="cell",
        )

    return rx.el.div(
        rx.el.p(_TITLE_WORDS, class_name="note"),
        rx.el.ul(rx.foreach(PostsState.titles, row), aria_label="职务名称", class_name="cells"),
        class_name="stack",
    )


def _posts() -> rx.Component:
    return rx.el.div(
        notice_bar(),
        said_line(),
        rx.cond(
            PostsState.keeps,
            rx.el.div(
                rx.foreach(PostsState.tabs, _tab),
                role="tablist", aria_label="岗位", class_name="chips",
            ),
        ),
        rx.match(
            PostsState.tab,
            ("leaves", _leaves()),
            ("requests", _requests()),
            ("titles", _titles()),
            _gaps(),
        ),
        class_name="stack",
    )  # fmt: skip


@rx.page(route="/admin/posts", title=f"{_TITLE} · {PRODUCT}", on_load=PostsState.load)
def posts() -> rx.Component:
    """Show what is to be kept right of the posts."""
    return staff_frame(
        entered(_posts, is_ready=PostsState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        over=ask_sheet(
            [*_DEEDS, Deed.CHANGE_TITLES],
            {Deed.CHANGE_TITLES: lambda: titles_form(PostsState.titles)},
        ),
        is_covered=AskState.deed != "",
    )
