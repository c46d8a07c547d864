"""Today: the tasks addressed to the reader by deadline, and what is new in the own grids."""

import reflex as rx

from gridapp.domain.vocabulary import Status
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import SETTLERS, TASK_HOLDERS
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.ui.blanks import empty
from gridapp.ui.case_cells import CaseRow, case_cells, case_row
from gridapp.ui.cells import link_cell
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.offline import INSTALLABLE, field_shell

_TITLE = "今日"
_TASKS = "我的任务"
_NEW = "网格里的新上报"
_OFFLINE = "离线的今日"
_OFFLINE_HINT = "任务和巡查点，没有网络也能看"
_MOST = 30

_OPEN_TASKS = CaseFilter(
    statuses=(Status.DISPATCHED, Status.TAKEN, Status.PAUSED), mine=True, sort="due", limit=_MOST
)
_NEW_REPORTS = CaseFilter(statuses=(Status.REPORTED,), limit=_MOST)


class TodayState(SessionState):
    """What is to be done today."""

    is_ready: bool = False
    may_settle: bool = False
    tasks: list[CaseRow] = []
    task_count: int = 0
    reports: list[CaseRow] = []
    report_count: int = 0

    @rx.event
    @allow(*TASK_HOLDERS)
    async def load(self) -> None:
        """Read the tasks and the new reports."""
        actor = await greet(self)
        self.may_settle = bool(actor.roles & set(SETTLERS))
        tasks = await look(self, list_cases, _OPEN_TASKS)
        if tasks is None:
            return
        self.tasks, self.task_count = [case_row(card) for card in tasks.items], tasks.total
        if self.may_settle:
            new = await look(self, list_cases, _NEW_REPORTS)
            self.reports = [case_row(card) for card in new.items] if new else []
            self.report_count = new.total if new else 0
        self.is_ready = True


def _list(title: str, count: int, rows: list[CaseRow]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(f"{title}（{count}）", class_name="cells-title"),
        case_cells(rows, "/worker/case", title),
    )


def _today() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.cond(
            TodayState.task_count > 0,
            _list(_TASKS, TodayState.task_count, TodayState.tasks),
            empty("手头没有任务", "派给您的事件会按期限排在这里。"),
        ),
        rx.cond(
            TodayState.report_count > 0, _list(_NEW, TodayState.report_count, TodayState.reports)
        ),
        _ways(),
    )


def _ways() -> rx.Component:
    """Lead to what a worker keeps beside the cases."""
    return rx.cond(
        TodayState.may_settle,
        rx.el.nav(
            link_cell(_OFFLINE, _OFFLINE_HINT, "/field/today"),
            link_cell("走访", "到期的联系户、走访日记", "/worker/visits"),
            link_cell("随手记", "记过的，可以转成事件", "/worker/notes"),
            aria_label="更多",
            class_name="cells",
        ),
    )


def _captures() -> rx.Component:
    return rx.cond(
        TodayState.may_settle,
        rx.el.div(
            whole_page_link("随手清", href="/field/settle", class_name="button primary"),
            whole_page_link("签到", href="/field/check_in", class_name="button"),
            whole_page_link("上报", href="/field/report", class_name="button"),
            whole_page_link("随手记", href="/field/note", class_name="button"),
            class_name="buttons captures",
        ),
    )


@rx.page(route="/worker", title=f"{_TITLE} · {PRODUCT}", meta=INSTALLABLE, on_load=TodayState.load)
def today() -> rx.Component:
    """Show what is to be done, and the three ways to capture something."""
    return staff_frame(
        entered(_today, is_ready=TodayState.is_ready),
        head=top_bar(_TITLE),
        shell=field_shell(),
        tabs=staff_tabs("/worker"),
        bottom=_captures(),
    )
