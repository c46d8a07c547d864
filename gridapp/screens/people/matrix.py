"""Roles and reach as one table, and why somebody may or may not: ``/admin/matrix``."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.deedgroups import group_of, reach_words
from gridapp.domain.labels import DEED, ROLE
from gridapp.domain.permissions import may_at_all, reach_of
from gridapp.domain.vocabulary import Deed, Role
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, event_of, greet, notice_bar, staff_tabs
from gridapp.screens.who import ADMINISTRATORS, KEEPERS
from gridapp.services.matrix.explain import AnswerView, explain
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "权限一览"
_WHAT: Final = "谁能做什么、管到哪里。系统按这张表判断，页面上看得到的按钮就能用。"
_WHY: Final = "为什么能，为什么不能"
_WHY_WHAT: Final = "查一个人对一件事或一个网格有没有某项权限。只显示事件的状态和网格，不显示内容。"
_GROUPS: Final[list[tuple[str, list[Deed]]]] = [
    (group, [deed for deed in Deed if group_of(deed) == group])
    for group in dict.fromkeys(group_of(deed) for deed in Deed)
]


@dataclass(frozen=True)
class Reason:
    """One step of the answer."""

    words: str
    mark: str


class MatrixState(SessionState):
    """Which role is looked at, and the answer to what was asked."""

    is_ready: bool = False
    may_ask: bool = False
    role: str = ""
    answer: str = ""
    reasons: list[Reason] = []

    @rx.event
    @allow(*ADMINISTRATORS)
    async def load(self) -> None:
        """Open the table, of the role that the address names."""
        actor = await greet(self)
        keeps = may_at_all(Deed.SEE_PERSON, actor.roles)
        self.may_ask = keeps or may_at_all(Deed.SEE_ACCOUNT, actor.roles)
        role = self.router.url.query_parameters.get("role", "")
        self.role = role if role in ROLE else ""
        self.answer, self.reasons, self.is_ready = "", [], True

    @rx.event
    @allow(*ADMINISTRATORS)
    async def choose_role(self, role: str) -> None:
        """Show what one role may do, or the whole table."""
        self.role = role if role in ROLE else ""

    @rx.event
    @allow(*KEEPERS)
    async def ask(self, form: dict[str, str]) -> None:
        """Say why somebody may or may not do a deed."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.answer, self.reasons = "", []
        deed = form.get("deed", "")
        if deed not in set(Deed):
            return
        told = form.get("who", "")[:64], Deed(deed), form.get("subject", "")[:64]
        found = await look(self, explain, *told)
        if found is not None:
            _show(self, found)


def _show(page: MatrixState, view: AnswerView) -> None:
    page.answer = view.sentence
    page.reasons = [Reason(one.words, "✓" if one.speaks_for else "✗") for one in view.reasons]


def _chip(value: str, label: str) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        aria_pressed=rx.cond(MatrixState.role == value, "true", "false"),
        on_click=event_of(MatrixState.choose_role, value),
        class_name="chip",
    )


def _cell(deed: Deed, role: Role) -> rx.Component:
    reach = reach_of(deed, role)
    if reach is None:
        dash = rx.el.span("–", aria_hidden="true")
        return rx.el.td(dash, rx.el.span("不可以", class_name="unseen"), class_name="quiet")
    return rx.el.td(reach_words(deed, role, reach))


def _row(deed: Deed) -> rx.Component:
    return rx.el.tr(rx.el.th(DEED[deed], scope="row"), *(_cell(deed, role) for role in Role))


def _group(group: str, deeds: list[Deed]) -> rx.Component:
    head = rx.el.th(group, scope="rowgroup", col_span=len(Role) + 1, class_name="matrix-group")
    return rx.el.tbody(rx.el.tr(head), *(_row(deed) for deed in deeds))


def _table() -> rx.Component:
    heads = [rx.el.th(ROLE[role], scope="col") for role in Role]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(_TITLE, class_name="unseen"),
            rx.el.thead(rx.el.tr(rx.el.th("操作", scope="col"), *heads)),
            *(_group(group, deeds) for group, deeds in _GROUPS),
            class_name="table matrix",
        ),
        tab_index=0,
        role="region",
        aria_label=_TITLE,
        class_name="table-frame matrix-frame",
    )


def _of_role(role: Role) -> rx.Component:
    sections = []
    for group, deeds in _GROUPS:
        entries = [
            rx.fragment(rx.el.dt(DEED[deed]), rx.el.dd(reach_words(deed, role, reach)))
            for deed in deeds
            if (reach := reach_of(deed, role))
        ]
        if entries:
            head = rx.el.h2(group, class_name="cells-title")
            listed = rx.el.dl(*entries, class_name="facts card role-deeds")
            sections.append(rx.el.section(head, listed))
    return rx.el.div(*sections, class_name="stack")


def _why() -> rx.Component:
    deeds = [
        rx.el.optgroup(*(rx.el.option(DEED[deed], value=deed.value) for deed in some), label=group)
        for group, some in _GROUPS
    ]
    what = rx.el.select(*deeds, id="deed", name="deed", class_name="field-input")
    return rx.el.section(
        rx.el.h2(_WHY, class_name="cells-title"),
        rx.el.div(
            rx.el.p(_WHY_WHAT, class_name="quiet"),
            rx.el.form(
                _field("who", "谁", "账号或姓名", needed=True),
                rx.el.div(
                    rx.el.label("做什么", html_for="deed", class_name="field-label"),
                    what,
                    class_name="field",
                ),
                _field("subject", "对哪件事或哪个网格", "编号或编码，可不填", needed=False),
                rx.el.button("查一查", type="submit", class_name="button short"),
                on_submit=MatrixState.ask,
                class_name="form why-form",
            ),
            _answer(),
            class_name="card stack",
        ),
        class_name="no-print",
    )


def _answer() -> rx.Component:
    def reason(one: Reason) -> rx.Component:
        mark = rx.el.span(one.mark, aria_hidden="true", class_name="reason-mark")
        return rx.el.li(mark, rx.el.span(one.words), key=one.words)

    return rx.el.div(
        rx.cond(
            MatrixState.answer != "",
            rx.el.div(
                rx.el.p(MatrixState.answer, class_name="answer"),
                rx.el.ul(rx.foreach(MatrixState.reasons, reason), class_name="reasons"),
            ),
        ),
        role="status",
    )


def _field(name: str, label: str, hint: str, *, needed: bool) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="field-label"),
        rx.el.input(
            id=name, name=name, type="text", placeholder=hint, required=needed, max_length=64,
            auto_complete="off", class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _matrix() -> rx.Component:
    chips = [_chip("", "全部岗位"), *(_chip(role.value, ROLE[role]) for role in Role)]
    views = [(role.value, _of_role(role)) for role in Role]
    printing = rx.el.button(
        "打印这张表", type="button", custom_attrs={"data-print": "true"},
        class_name="button plain short",
    )  # fmt: skip
    return rx.el.div(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        rx.el.div(*chips, role="group", aria_label="岗位", class_name="chips wrap-wide"),
        rx.match(MatrixState.role, *views, _table()),
        rx.el.div(printing, class_name="row"),
        rx.cond(MatrixState.may_ask, _why()),
        class_name="stack",
    )


@rx.page(route="/admin/matrix", title=f"{_TITLE} · {PRODUCT}", on_load=MatrixState.load)
def matrix() -> rx.Component:
    """Show roles and reach."""
    return staff_frame(
        entered(_matrix, is_ready=MatrixState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        is_wide=True,
    )
