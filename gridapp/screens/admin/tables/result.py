"""What an import would do: counts, lines by their fate, and the way to go on."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.tables.file_state import ImportFileState
from gridapp.screens.admin.tables.lines_state import FateTab, ImportLinesState
from gridapp.screens.admin.tables.rows import LineRow
from gridapp.screens.staff import event_of
from gridapp.ui.asked import asked
from gridapp.ui.blanks import empty
from gridapp.ui.links import whole_page_link

_MEND: Final = "下载有问题的行（XLSX）"
_MEND_CSV: Final = "下载CSV"
_APPLY: Final = "确认导入"
_AGAIN: Final = "改列的对应"
_DROP: Final = "放弃这个文件"
_DROP_WHAT: Final = "这个文件不再保留，什么也不会写入。要再导入，重新上传。"
_SAME: Final = "表里的内容和系统里完全一样，不用导入。"
_KEPT: Final = (
    "没有可以写入的：这些行系统里都有了。表里有些内容和系统里不同，或者不导入，"
    "逐行写在「不修改」里；要改，请到相应的页面修改。"
)
_GOOD: Final = "检查通过，还没有写入。确认后全部写入；中途出错就一行也不写。"
_BAD: Final = "改好再上传：有一行有问题，就一行也不会写入。"
_NO_LINES: Final = "没有这样的行"
_NO_LINES_WHY: Final = "换一个标签，或者换几个字再找。"


def result() -> rx.Component:
    """Show what an import would do."""
    file = ImportFileState.file
    return rx.fragment(
        rx.cond(
            file.bad > 0,
            rx.el.div(
                rx.el.p(f"{file.bad}行有问题，一共{file.total}行"),
                rx.el.p(_BAD),
                rx.el.div(
                    _download(_MEND, "xlsx", "button short"),
                    _download(_MEND_CSV, "csv", "button plain short"),
                    class_name="buttons",
                ),
                class_name="notice error",
            ),
            rx.el.p(
                rx.cond((file.new + file.changed) > 0, _GOOD, rx.cond(file.kept > 0, _KEPT, _SAME)),
                class_name="notice",
            ),
        ),
        rx.el.div(
            rx.foreach(ImportLinesState.tabs, _tab),
            role="tablist",
            aria_label="按结果看",
            class_name="chips",
        ),
        _search(),
        rx.cond(
            ImportLinesState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(ImportLinesState.rows, _line), aria_label="逐行结果", class_name="cells"
            ),
            empty(_NO_LINES, _NO_LINES_WHY),
        ),
        _pager(),
        rx.el.div(
            rx.cond(
                (file.bad == 0) & ((file.new + file.changed) > 0),
                rx.el.button(
                    f"{_APPLY}（{file.new + file.changed}行）",
                    type="button",
                    on_click=ImportFileState.apply,
                    class_name="button primary",
                ),
            ),
            rx.el.button(
                _AGAIN,
                type="button",
                on_click=ImportFileState.plan_again,
                class_name="button plain",
            ),
            asked(_DROP, _DROP_WHAT, "确认放弃", ImportFileState.drop),
            class_name="stack form-end",
        ),
    )


def _download(label: str, ending: str, look: str) -> rx.Component:
    address = f"/api/v1/imports/{ImportFileState.file.uid}/bad-rows?format={ending}"
    return whole_page_link(label, href=address, download=True, class_name=look)


def _tab(tab: FateTab) -> rx.Component:
    return rx.el.button(
        tab.label,
        rx.el.span(tab.count, class_name="chip-count"),
        type="button",
        role="tab",
        aria_selected=rx.cond(ImportLinesState.fate == tab.key, "true", "false"),
        on_click=event_of(ImportLinesState.choose, tab.key),
        key=tab.key,
        class_name="chip",
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="words",
            type="search",
            aria_label="在这些行里找",
            placeholder="名称、编码、地址",
            enter_key_hint="search",
            max_length=60,
            class_name="field-input",
        ),
        rx.el.button("查找", type="submit", class_name="button short"),
        on_submit=ImportLinesState.search,
        role="search",
        class_name="toolbar",
    )


def _line(row: LineRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.head, class_name="cell-meaning"),
            rx.cond(row.reason != "", rx.el.p(row.reason, class_name="import-reason")),
            rx.foreach(row.changes, lambda change: rx.el.p(change, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.el.div(
            rx.el.span(row.label),
            rx.el.span(f"第{row.line}行", class_name="quiet"),
            class_name="cell-state",
        ),
        key=row.line.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _pager() -> rx.Component:
    page, pages = ImportLinesState.page, ImportLinesState.pages
    return rx.cond(
        pages > 1,
        rx.el.nav(
            _turn("上一页", -1, is_end=page == 1),
            rx.el.span(
                f"共{ImportLinesState.total}行，第{page}页，共{pages}页", class_name="quiet small"
            ),
            _turn("下一页", 1, is_end=page == pages),
            aria_label="翻页",
            class_name="row spread pager",
        ),
    )


def _turn(label: str, by: int, *, is_end: bool) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        disabled=is_end,
        on_click=event_of(ImportLinesState.turn, by),
        class_name="button plain short",
    )
