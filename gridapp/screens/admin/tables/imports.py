"""Bring a table's file, and see what was imported: ``/admin/import``."""

from typing import Final

import reflex as rx

from gridapp.guard.allow import allow
from gridapp.screens.admin.tables.rows import FileRow, file_row
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import IMPORTERS
from gridapp.services.imports.views import KindView, list_imports, list_kinds_in
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link

_TITLE: Final = "导入"
_LEAD: Final = (
    "用您现有的表格就行：列名不用改，上传后再对应一次，下次会记住。先检查，看过结果再导入。"
    "上传的文件导入后马上删除，没有导入的保留7天，身份证号不显示也不导入。"
)
_KIND: Final = "表里是什么"
_FILE: Final = "选择文件"
_FILE_HELP: Final = "XLSX或CSV，不超过64 MB。"
_SEND: Final = "上传"
_TEMPLATES: Final = "没有现成的表？下载模板"
_BEFORE: Final = "导入记录"
_NONE: Final = "还没有导入过"
_NONE_WHY: Final = "建议的顺序：先导入网格，再导入楼栋，然后是人员和其他。"
# Said by the module that sends the file.
_SAID: Final = {
    "data-none": "请先选择一个文件。",
    "data-large": "文件超过64 MB，没有上传。请删去不用的工作表和图片，或者分成几个文件。",
    "data-empty": "这个文件是空的，请另选一个。",
    "data-sending": "正在上传",
    "data-reading": "已上传，正在读取",
    "data-away": "没有传上去，请检查网络后再点一次上传。",
    "data-signed-out": "登录已过期，请重新登录后再上传。",
    "data-trouble": "服务器没有收下，请稍后再试。",
}


class ImportsState(SessionState):
    """The kinds there are, and what was brought before."""

    is_ready: bool = False
    kinds: list[KindView] = []
    rows: list[FileRow] = []

    @rx.event
    @allow(*IMPORTERS)
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        found = await look(self, list_imports)
        if found is None:
            return
        self.rows = [file_row(view) for view in found]
        self.kinds = list_kinds_in()
        self.is_ready = True


def _option(kind: KindView) -> rx.Component:
    return rx.el.option(f"{kind.label}：{kind.hint}", value=kind.name, key=kind.name)


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.label(_KIND, html_for="kind", class_name="field-label"),
            rx.el.select(
                rx.foreach(ImportsState.kinds, _option),
                id="kind",
                name="kind",
                class_name="field-input",
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label(_FILE, html_for="file", class_name="field-label"),
            rx.el.p(_FILE_HELP, id="file-help", class_name="field-help"),
            rx.el.input(
                id="file",
                name="file",
                type="file",
                accept=".xlsx,.xlsm,.csv,.txt",
                aria_describedby="file-help",
                class_name="field-input",
            ),
            class_name="field",
        ),
        rx.el.progress(
            max=100, aria_label="上传进度", custom_attrs={"hidden": True}, class_name="import-bar"
        ),
        # What is said here is the module's; React never writes into them.
        rx.el.p(role="status", class_name="note"),
        rx.el.p(role="alert", class_name="field-error"),
        rx.el.button(_SEND, type="submit", class_name="button primary"),
        custom_attrs={"data-upload": "/api/v1/imports/", **_SAID},
        class_name="form card import-form",
    )


def _template(kind: KindView) -> rx.Component:
    return rx.el.li(
        whole_page_link(
            kind.label,
            href=f"/api/v1/import-templates/{kind.name}",
            download=f"{kind.label}-模板.xlsx",
            class_name="button plain short",
        ),
        key=kind.name,
    )


def _cell(row: FileRow) -> rx.Component:
    return rx.el.li(
        whole_page_link(
            rx.el.span(
                rx.el.span(row.title, class_name="cell-meaning"),
                rx.el.span(row.context, class_name="cell-context"),
                rx.cond(row.counts != "", rx.el.span(row.counts, class_name="cell-context")),
                class_name="cell-text",
            ),
            rx.el.span(row.state_label, class_name="cell-state"),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"/admin/import-file?of={row.uid}",
            class_name="cell",
        ),
        key=row.uid,
    )


def _imports() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_LEAD, class_name="note"),
        _form(),
        rx.el.details(
            rx.el.summary(_TEMPLATES),
            rx.el.ul(rx.foreach(ImportsState.kinds, _template), class_name="template-list"),
            class_name="card fold",
        ),
        rx.el.section(
            rx.el.h2(_BEFORE, class_name="cells-title"),
            rx.cond(
                ImportsState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.ul(
                    rx.foreach(ImportsState.rows, _cell), aria_label=_BEFORE, class_name="cells"
                ),
                empty(_NONE, _NONE_WHY),
            ),
        ),
    )


@rx.page(route="/admin/import", title=f"{_TITLE} · {PRODUCT}", on_load=ImportsState.load)
def imports() -> rx.Component:
    """Show where a file is brought."""
    return staff_frame(
        rx.el.script(src="/staff/tables.js", type="module"),
        entered(_imports, is_ready=ImportsState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
    )
