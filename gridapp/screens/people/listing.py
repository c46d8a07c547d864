"""Everybody who works here, found by name, login, phone, role and standing: ``/admin/people``."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.labels import ROLE
from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, Role
from gridapp.guard.allow import allow
from gridapp.screens.people.asking import AskState, reloads
from gridapp.screens.people.pager import pager
from gridapp.screens.people.sheets import ask_button, ask_sheet, said_line
from gridapp.screens.people.standing import STANDING
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import KEEPERS
from gridapp.services.people.directory import (
    PAGE_COUNT,
    PeopleFilter,
    PersonRowView,
    Standing,
    list_people,
)
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "人员"
_PLACE: Final = "people"
_SEARCH: Final = "搜索人员"
_HINT: Final = "姓名、账号或手机"
_NONE: Final = "没有找到人员"
_NONE_WHY: Final = "换一个词，或放宽岗位和状态再看。停用的人在状态里选“已停用”。"
_ROLES: Final = [(role.value, ROLE[role]) for role in Role if role is not Role.RESIDENT]
_ALL_STANDINGS: Final = [("", "全部在用"), *((s.value, STANDING[s]) for s in Standing if s)]


@dataclass(frozen=True)
class PersonRow:
    """A person as a cell shows it."""

    href: str
    name: str
    login: str
    posts: str
    standing: str
    is_calm: bool


class PeopleState(SessionState):
    """The list, and how it has been narrowed."""

    is_ready: bool = False
    may_add: bool = False
    q: str = ""
    role: str = ""
    standing: str = ""
    grid: str = ""
    rows: list[PersonRow] = []
    total: int = 0
    page: int = 1
    has_next: bool = False

    @rx.event
    @allow(*KEEPERS)
    async def load(self) -> None:
        """Open the list, narrowed as the address says."""
        actor = await greet(self)
        asked = self.router.url.query_parameters
        self.may_add = may_at_all(Deed.ADD_PERSON, actor.roles)
        self.grid = asked.get("grid", "")[:32]
        ask = await self.get_state(AskState)
        ask.deed = ask.said = ask.password = ""
        await read_people(self)

    @rx.event
    @allow(*KEEPERS)
    async def search(self, form: dict[str, str]) -> None:
        """List the people who are called so, hold this role, stand so."""
        self.q = form.get("q", "").strip()[:64]
        self.role = form.get("role", "") if form.get("role", "") in ROLE else ""
        self.standing = form.get("standing", "") if form.get("standing") in set(Standing) else ""
        self.page = 1
        await read_people(self)

    @rx.event
    @allow(*KEEPERS)
    async def turn(self, by: int) -> None:
        """List the next page, or the one before."""
        if (by > 0 and self.has_next) or (by < 0 and self.page > 1):
            self.page += 1 if by > 0 else -1
            await read_people(self)


async def read_people(page: PeopleState) -> None:
    """Read the page that is open anew."""
    asked = PeopleFilter(
        q=page.q,
        grid=page.grid,
        role=Role(page.role) if page.role else None,
        standing=Standing(page.standing),
        page=page.page,
    )
    found = await look(page, list_people, asked)
    if found is None:
        return
    page.rows = [_row(view) for view in found.items]
    page.total, page.has_next = found.total, found.total > page.page * PAGE_COUNT
    page.is_ready = True


def _row(view: PersonRowView) -> PersonRow:
    told = [view.login, view.phone_masked] if view.phone_masked else [view.login]
    return PersonRow(
        href=f"/admin/person?id={view.id}",
        name=view.name,
        login=" · ".join(told),
        posts="；".join(view.posts),
        standing=STANDING[view.standing],
        is_calm=view.standing is Standing.ON_POST,
    )


async def _reload(ask: AskState) -> None:
    await read_people(await ask.get_state(PeopleState))


reloads(_PLACE, _reload)


def _cell(row: PersonRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.name, class_name="cell-meaning"),
                rx.cond(row.posts != "", rx.el.span(row.posts, class_name="cell-context")),
                rx.el.span(row.login, class_name="cell-context fine"),
                class_name="cell-text",
            ),
            rx.cond(row.is_calm, rx.fragment(), rx.el.span(row.standing, class_name="cell-state")),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=row.href,
            class_name="cell",
        ),
        key=row.href,
    )


def _select(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> rx.Component:
    return rx.el.select(
        *(rx.el.option(words, value=value) for value, words in options),
        name=name,
        aria_label=label,
        default_value=chosen,
        key=f"{name} {chosen}",
        class_name="field-input",
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q", type="search", aria_label=_SEARCH, placeholder=_HINT,
            default_value=PeopleState.q, enter_key_hint="search", max_length=64,
            class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        _select("role", "岗位", [("", "全部岗位"), *_ROLES], PeopleState.role),
        _select("standing", "状态", _ALL_STANDINGS, PeopleState.standing),
        on_submit=PeopleState.search,
        role="search",
        class_name="toolbar people-search",
    )  # fmt: skip


def _people() -> rx.Component:
    return rx.el.div(
        notice_bar(),
        said_line(),
        _search(),
        rx.cond(
            PeopleState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(PeopleState.rows, _cell), aria_label=_TITLE, class_name="cells"),
            empty(_NONE, _NONE_WHY),
        ),
        pager(
            f"共{PeopleState.total}人", PeopleState.page, PeopleState.turn,
            has_next=PeopleState.has_next,
        ),
        class_name="stack",
    )  # fmt: skip


@rx.page(route="/admin/people", title=f"{_TITLE} · {PRODUCT}", on_load=PeopleState.load)
def people() -> rx.Component:
    """Show everybody who works here."""
    add = ask_button(_PLACE, Deed.ADD_PERSON, "", -1, "", "button primary")
    return staff_frame(
        entered(_people, is_ready=PeopleState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        bottom=rx.cond(PeopleState.may_add, add, rx.fragment()),
        over=ask_sheet([Deed.ADD_PERSON]),
        is_covered=AskState.deed != "",
    )
