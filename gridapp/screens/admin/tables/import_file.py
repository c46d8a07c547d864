"""One brought file, step by step: how it is read, what it would do, what came of it."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.tables.file_state import (
    DONE,
    GONE,
    PLAN,
    RESULT,
    WORKING,
    ImportFileState,
)
from gridapp.screens.admin.tables.plan_form import plan_form
from gridapp.screens.admin.tables.result import result
from gridapp.screens.staff import PRODUCT, entered, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.sheet import sheet

_TITLE: Final = "导入文件"
_BACK: Final = "/admin/import"
_STOP: Final = "停止"
_GO_ON: Final = "继续"
_REFRESH: Final = "刷新进度"
_LEAVE_IT: Final = "可以离开这个页面，任务照常进行；回来时在导入记录里找到它。"
_UNDO: Final = "撤销这次导入"
_UNDO_WHY: Final = "新增的会删除，更新过的会恢复成导入前的样子。导入之后有人改过的，不能撤销。"
_UNDO_NOT: Final = "只能撤销这一种表最近一次、30天以内的导入。"
_MORE: Final = "再导入一个文件"
_GONE: Final = "这个文件已经不在了"
_GONE_WHY: Final = "上传的文件导入后马上删除，没有导入的保留7天，放弃的一小时内删除。请重新上传。"
_MISSING: Final = "没有这个文件"
_MISSING_WHY: Final = "可能是别人上传的，还没有导入。"


def _head() -> rx.Component:
    file = ImportFileState.file
    return rx.el.section(
        rx.el.h2(file.title),
        rx.el.p(file.context, class_name="quiet small"),
        class_name="import-head",
    )


def _failed() -> rx.Component:
    file = ImportFileState.file
    return rx.cond(
        file.failed != "",
        rx.el.div(
            rx.el.p(file.failed), rx.el.p(file.fault), role="alert", class_name="notice error"
        ),
    )


def _working() -> rx.Component:
    file = ImportFileState.file
    return rx.el.section(
        rx.el.p(file.doing, class_name="cell-meaning"),
        rx.cond(
            file.all_count > 0,
            rx.el.progress(
                value=file.done_count,
                max=file.all_count,
                aria_label=file.doing,
                class_name="import-bar",
            ),
            rx.el.progress(aria_label=file.doing, class_name="import-bar"),
        ),
        rx.el.p(file.done_words, role="status", class_name="quiet small"),
        rx.cond(
            file.is_late,
            rx.el.p(file.alive, role="alert", class_name="notice"),
            rx.fragment(
                rx.cond(file.alive != "", rx.el.p(file.alive, class_name="quiet small")),
                rx.el.p(_LEAVE_IT, class_name="note"),
            ),
        ),
        rx.el.div(
            # Pressed every other second by the module, as long as it stands here.
            rx.el.button(
                _REFRESH,
                type="button",
                on_click=ImportFileState.refresh,
                custom_attrs={"data-again": "1500"},
                class_name="button plain short",
            ),
            rx.cond(
                file.is_late,
                rx.el.button(
                    _GO_ON,
                    type="button",
                    on_click=ImportFileState.go_on,
                    class_name="button short",
                ),
            ),
            rx.el.button(
                _STOP,
                type="button",
                on_click=ImportFileState.stop,
                class_name="button plain short",
            ),
            class_name="buttons",
        ),
        class_name="card stack",
    )


def _done() -> rx.Component:
    file = ImportFileState.file
    return rx.el.section(
        rx.el.h3(file.state_label),
        rx.el.p(file.counts),
        rx.cond(
            file.can_undo,
            rx.el.button(
                _UNDO, type="button", on_click=ImportFileState.ask_undo, class_name="button grave"
            ),
            rx.cond(file.state == "applied", rx.el.p(_UNDO_NOT, class_name="note")),
        ),
        whole_page_link(_MORE, href=_BACK, class_name="button plain"),
        class_name="card stack",
    )


def _steps() -> rx.Component:
    again = whole_page_link(_MORE, href=_BACK, class_name="button short")
    return rx.fragment(
        notice_bar(),
        rx.cond(
            ImportFileState.is_missing,
            empty(_MISSING, _MISSING_WHY, again),
            rx.fragment(
                _head(),
                _failed(),
                rx.match(
                    ImportFileState.step,
                    (PLAN, plan_form()),
                    (WORKING, _working()),
                    (RESULT, result()),
                    (DONE, _done()),
                    (GONE, empty(_GONE, _GONE_WHY, again)),
                    rx.fragment(),
                ),
            ),
        ),
    )


def _question() -> rx.Component:
    return rx.cond(
        ImportFileState.is_asking,
        sheet(
            _UNDO,
            rx.el.p(_UNDO_WHY),
            rx.el.div(
                rx.el.button(
                    f"确认{_UNDO}",
                    type="button",
                    on_click=ImportFileState.undo,
                    class_name="button grave",
                ),
                rx.el.button(
                    "不撤销",
                    type="button",
                    on_click=ImportFileState.close_undo,
                    class_name="button plain",
                ),
                class_name="stack",
            ),
            on_close=ImportFileState.close_undo,
        ),
    )


@rx.page(route="/admin/import-file", title=f"{_TITLE} · {PRODUCT}", on_load=ImportFileState.load)
def import_file() -> rx.Component:
    """Show one brought file."""
    return staff_frame(
        rx.el.script(src="/staff/tables.js", type="module"),
        entered(_steps, is_ready=ImportFileState.is_ready),
        head=top_bar(_TITLE, back=_BACK),
        tabs=staff_tabs("/admin"),
        over=_question(),
        is_covered=ImportFileState.is_asking,
    )
