"""What must be answered for, searched and taken along by the auditor: ``/admin/audit``."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

import reflex as rx

from gridapp.guard.allow import allow
from gridapp.screens.people.pager import pager
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import AUDITORS
from gridapp.services.auditing.search import (
    TOTAL_MAX_COUNT,
    AuditFilter,
    AuditView,
    search_audit,
)
from gridapp.services.auditing.words import deed_choices
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link

_TITLE: Final = "审计"
_WHAT: Final = (
    "只能查看，不能修改或删除，记录至少保存 184 天。导出也会记下。"
    "每天的办件、签到、检查、走访和核查，记在各自的页面上。"
)
_NONE: Final = "没有找到记录"
_NONE_WHY: Final = "换一个词，或放宽日期再找。不填日期时，找最近 31 天。"
_EXPORT: Final = "导出表格"


@dataclass(frozen=True)
class AuditRow:
    """A row as a cell shows it."""

    id: int
    what: str
    who: str
    when: str
    more: str


class AuditState(SessionState):
    """The rows, and how they have been narrowed."""

    is_ready: bool = False
    who: str = ""
    deed: str = ""
    words: str = ""
    from_on: str = ""
    to_on: str = ""
    rows: list[AuditRow] = []
    total_words: str = ""
    export_at: str = ""
    page: int = 1
    has_next: bool = False
    _befores: list[int] = [0]

    @rx.event
    @allow(*AUDITORS)
    async def load(self) -> None:
        """Open the newest rows."""
        await greet(self)
        self.page, self._befores = 1, [0]
        await read_audit(self)

    @rx.event
    @allow(*AUDITORS)
    async def search(self, form: dict[str, str]) -> None:
        """Look for what somebody did, to whom, when, why."""
        self.who, self.words = form.get("who", "")[:64], form.get("words", "")[:64]
        self.deed = form.get("deed", "")[:64]
        self.from_on, self.to_on = _day(form.get("from_on", "")), _day(form.get("to_on", ""))
        self.page, self._befores = 1, [0]
        await read_audit(self)

    @rx.event
    @allow(*AUDITORS)
    async def turn(self, by: int) -> None:
        """Show the page of earlier rows, or the one of later rows."""
        if (by > 0 and self.has_next) or (by < 0 and self.page > 1):
            self.page += 1 if by > 0 else -1
            await read_audit(self)


def _day(typed: str) -> str:
    """Keep a day that is one."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return ""


async def read_audit(page: AuditState) -> None:
    """Read the page that is open."""
    befores = page._befores  # noqa: SLF001 - its own, kept from the browser
    asked = AuditFilter(
        who=page.who,
        deed=page.deed,
        words=page.words,
        from_on=date.fromisoformat(page.from_on) if page.from_on else None,
        to_on=date.fromisoformat(page.to_on) if page.to_on else None,
        before=befores[page.page - 1],
    )
    found = await look(page, search_audit, asked)
    if found is None:
        return
    page.rows = [_row(view) for view in found.items]
    page.has_next = bool(found.next)
    page._befores = [*befores[: page.page], found.next]  # noqa: SLF001 - likewise
    many = f"{TOTAL_MAX_COUNT}条以上" if found.total >= TOTAL_MAX_COUNT else f"{found.total}条"
    page.total_words = f"共{many}"
    page.export_at = f"/api/v1/audit.csv?{_query(page)}"
    page.is_ready = True


def _query(page: AuditState) -> str:
    told = {name: getattr(page, name) for name in ("who", "deed", "words", "from_on", "to_on")}
    return urlencode({name: value for name, value in told.items() if value})


def _row(view: AuditView) -> AuditRow:
    who = f"{view.who}（{view.login}）" if view.login else view.who
    reason = f"理由：{view.reason}" if view.reason else ""
    return AuditRow(
        id=view.id,
        what=f"{view.deed} · {view.subject}" if view.subject else view.deed,
        who=who,
        when=view.when,
        more="；".join(part for part in (reason, view.more) if part),
    )


def _cell(row: AuditRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.what, class_name="cell-meaning"),
            rx.el.p(row.who, class_name="cell-context"),
            rx.cond(row.more != "", rx.el.p(row.more, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.el.span(row.when, class_name="cell-state"),
        key=row.id.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _input(name: str, label: str, kind: str, value: str, hint: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="field-label"),
        rx.el.input(
            id=name, name=name, type=kind, default_value=value, placeholder=hint, max_length=64,
            auto_complete="off", class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _search() -> rx.Component:
    deeds = [rx.el.option(label, value=name) for name, label in deed_choices()]
    return rx.el.form(
        _input("who", "谁做的", "text", AuditState.who, "姓名或账号"),
        rx.el.div(
            rx.el.label("做了什么", html_for="deed", class_name="field-label"),
            rx.el.select(
                rx.el.option("全部", value=""), *deeds,
                id="deed", name="deed", default_value=AuditState.deed, class_name="field-input",
            ),
            class_name="field",
        ),
        _input("words", "对象或理由", "text", AuditState.words, "姓名、编号、词"),
        _input("from_on", "从哪天", "date", AuditState.from_on),
        _input("to_on", "到哪天", "date", AuditState.to_on),
        rx.el.button("查找", type="submit", class_name="button short"),
        on_submit=AuditState.search,
        role="search",
        class_name="audit-search card",
    )  # fmt: skip


def _audit() -> rx.Component:
    export = whole_page_link(_EXPORT, href=AuditState.export_at, class_name="button plain short")
    return rx.el.div(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        _search(),
        rx.cond(
            AuditState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.fragment(
                rx.el.div(
                    rx.el.span(AuditState.total_words, role="status", class_name="quiet small"),
                    export,
                    class_name="row spread",
                ),
                rx.el.ul(rx.foreach(AuditState.rows, _cell), aria_label="记录", class_name="cells"),
            ),
            empty(_NONE, _NONE_WHY),
        ),
        pager(
            AuditState.total_words, AuditState.page, AuditState.turn, has_next=AuditState.has_next
        ),
        class_name="stack",
    )


@rx.page(route="/admin/audit", title=f"{_TITLE} · {PRODUCT}", on_load=AuditState.load)
def audit() -> rx.Component:
    """Show what must be answered for."""
    return staff_frame(
        entered(_audit, is_ready=AuditState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
    )
