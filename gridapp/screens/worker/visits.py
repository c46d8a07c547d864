"""Visits: who is due, everybody whom the grid keeps in touch with, and one's own diary."""

import reflex as rx

from gridapp.screens.session import SessionState
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.screens.worker.visits_state import TABS, AddState, VisitsState
from gridapp.ui.blanks import empty
from gridapp.ui.fields import choice_field, day_field, line_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.offline import INSTALLABLE, field_shell
from gridapp.ui.sheet import sheet
from gridapp.ui.visit_cells import VisitRow, household_cells, visit_timeline

_TITLE = "走访"
_ADD = "新增联系户"


def _tabs() -> rx.Component:
    return rx.el.div(
        *(
            rx.el.button(
                label,
                type="button",
                role="tab",
                aria_selected=rx.cond(VisitsState.tab == key, "true", "false"),
                on_click=event_of(VisitsState.choose_tab, key),
                class_name="chip",
            )
            for key, label in TABS.items()
        ),
        role="tablist",
        aria_label="走访名单",
        class_name="chips",
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q",
            type="search",
            aria_label="搜索联系户",
            placeholder="楼栋、类别或姓",
            default_value=VisitsState.q,
            key=VisitsState.tab,
            enter_key_hint="search",
            max_length=60,
            class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        on_submit=VisitsState.search,
        role="search",
        class_name="toolbar",
    )


def _households() -> rx.Component:
    return rx.cond(
        VisitsState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        household_cells(VisitsState.rows, "联系户"),
        rx.match(
            VisitsState.tab,
            ("due", empty("一周内没有要走访的", "到期的联系户会按日期排在这里。")),
            rx.cond(
                VisitsState.q != "",
                empty("没有找到", "换个词再试：楼栋、类别，或者姓。"),
                empty("还没有联系户", "点「新增联系户」，把要经常上门看看的人家记下来。"),
            ),
        ),
    )


def _diary() -> rx.Component:
    return rx.cond(
        VisitsState.diary.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            visit_timeline(VisitsState.diary, "走访日记", buttons=_no_buttons, is_diary=True),
            class_name="card",
        ),
        empty("还没有走访", "记下的走访按日期排在这里，只有您自己的。"),
    )


def _no_buttons(_row: VisitRow) -> rx.Component:
    return rx.fragment()


def _pager() -> rx.Component:
    return rx.cond(
        (VisitsState.page > 1) | VisitsState.has_next,
        rx.el.nav(
            _turn("上一页", VisitsState.previous_page, is_end=VisitsState.page == 1),
            rx.el.span(f"第{VisitsState.page}页", class_name="quiet small"),
            _turn("下一页", VisitsState.next_page, is_end=~VisitsState.has_next),
            aria_label="翻页",
            class_name="row spread pager",
        ),
    )


def _turn(label: str, event: object, *, is_end: bool | int) -> rx.Component:
    return rx.el.button(
        label, type="button", disabled=is_end, on_click=event, class_name="button plain short"
    )


def _visits() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(VisitsState.said != "", rx.el.p(VisitsState.said, class_name="notice")),
            role="status",
            class_name="notice-place",
        ),
        notice_bar(),
        _tabs(),
        rx.cond(VisitsState.tab == "diary", rx.fragment(), _search()),
        rx.cond(VisitsState.tab == "diary", _diary(), _households()),
        _pager(),
        class_name="stack",
    )


def _form() -> rx.Component:
    return rx.el.form(
        choice_field("at", "哪栋楼", AddState.buildings, nothing="请选择楼栋", is_first=True),
        line_field("door", "门牌", help_words="只给本网格的人看，查看要写原因。"),
        line_field("name", "姓名", needed=True),
        line_field("phone", "电话"),
        choice_field("kind", "为什么走访", AddState.kinds, nothing="请选择类别"),
        line_field("interval_days", "每几天走访一次", help_words="不填就按类别的间隔。"),
        day_field("next_on", "第一次走访", help_words="不填就是今天。"),
        rx.el.button(
            "确认新增", type="submit", disabled=AddState.busy, class_name="button primary"
        ),
        on_submit=AddState.submit,
        class_name="form",
    )


def _sheet() -> rx.Component:
    return rx.cond(
        AddState.is_open,
        sheet(_ADD, refusal(), _form(), on_close=AddState.close_form),
    )


def refusal() -> rx.Component:
    """Show, inside a sheet, why it was not done."""
    return rx.el.div(
        rx.cond(
            SessionState.notice != "",
            rx.el.p(
                SessionState.notice, key=f"{SessionState.notice_count}", class_name="notice error"
            ),
        ),
        role="alert",
    )


def _actions() -> rx.Component:
    return rx.cond(
        VisitsState.is_ready,
        rx.el.div(
            rx.el.button(_ADD, type="button", on_click=AddState.open_form, class_name="button"),
            whole_page_link("记走访", href="/field/visit", class_name="button primary"),
            class_name="buttons",
        ),
    )


@rx.page(
    route="/worker/visits",
    title=f"{_TITLE} · {PRODUCT}",
    meta=INSTALLABLE,
    on_load=VisitsState.load,
)
def visits() -> rx.Component:
    """Show who is to be visited, and what has been."""
    return staff_frame(
        entered(_visits, is_ready=VisitsState.is_ready),
        head=top_bar(_TITLE, back="/worker"),
        shell=field_shell(),
        tabs=staff_tabs("/worker"),
        bottom=_actions(),
        over=_sheet(),
        is_covered=AddState.is_open,
    )
