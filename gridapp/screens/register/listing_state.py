"""What the register's list shows: which part, how it is narrowed, and which page of it."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.permissions import may_at_all
from gridapp.domain.registering import PREMISES_KIND, TENURE
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.register.doing import REFRESH, RegisterFormState
from gridapp.screens.register.issuing_state import IssueState
from gridapp.screens.register.picking import GridPickState, asked_grid, grid_query
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.register.lists import (
    RegisterFilter,
    list_buildings,
    list_premises,
    list_register,
)
from gridapp.services.register.scope import see_scope
from gridapp.services.register.views import RegisterPage
from gridapp.ui.fields import Choice

BUILDINGS, _HOMES, _SHOPS, _DUE = "buildings", "homes", "shops", "due"
TABS: Final = {BUILDINGS: "楼栋", _HOMES: "户室", _SHOPS: "商铺企业场所", _DUE: "待检查"}
_NARROW: Final = {
    BUILDINGS: [Choice("", "全部楼栋"), Choice("bare", "还没有楼栋码")],
    _HOMES: [Choice("", "全部性质"), *(Choice(key.value, word) for key, word in TENURE.items())],
    _SHOPS: [Choice("", "全部类型"), *(Choice(k.value, word) for k, word in PREMISES_KIND.items())],
    _DUE: [Choice("", "全部类型"), *(Choice(k.value, word) for k, word in PREMISES_KIND.items())],
}
_PER_PAGE: Final = 20


@dataclass(frozen=True)
class RegisterRow:
    """One cell of the list; ``href`` goes behind the base of the page."""

    key: str
    href: str
    meaning: str
    context: str
    badge: str
    state: str
    state_words: str


class RegisterState(SessionState):
    """The list: which tab, what is searched, and which page of it."""

    is_ready: bool = False
    tab: str = BUILDINGS
    q: str = ""
    narrow: str = ""
    choices: list[Choice] = []
    rows: list[RegisterRow] = []
    total: int = 0
    page: int = 1
    has_next: bool = False
    may_add: bool = False
    grid: str = ""
    grid_name: str = ""
    is_lost: bool = False
    more: str = ""
    _keys: list[str] = []

    @rx.event
    @allow(*REGISTER_READERS)
    async def load(self) -> None:
        """Open the list at the tab that the address names."""
        actor = await greet(self)
        self.may_add = may_at_all(Deed.ADD_BUILDING, actor.roles)
        (await self.get_state(RegisterFormState)).close("list")
        (await self.get_state(GridPickState)).is_open = False
        asked = self.router.url.query_parameters
        self._turn_to(asked.get("tab", self.tab))
        scope = await look(self, see_scope, asked_grid(asked))
        if scope is not None:
            self.grid, self.grid_name, self.is_lost = scope.code, scope.name, not scope.is_there
            self.more = grid_query(scope.code)
            await self._first()
            await (await self.get_state(IssueState)).open_for(actor, scope)

    def _turn_to(self, tab: str) -> None:
        """Show a part of the register; the words searched stay, the choice beside them does not."""
        tab = tab if tab in TABS else BUILDINGS
        if tab != self.tab:
            self.tab, self.narrow = tab, ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def search(self, form: dict[str, str]) -> None:
        """Search and narrow."""
        self.q = str(form.get("q", ""))[:60]
        self.narrow = str(form.get("narrow", ""))[:32]
        await self._first()

    @rx.event
    @allow(*REGISTER_READERS)
    async def next_page(self) -> None:
        """Turn on."""
        if self.has_next:
            self.page += 1
            await read_register(self)

    @rx.event
    @allow(*REGISTER_READERS)
    async def previous_page(self) -> None:
        """Turn back."""
        if self.page > 1:
            self.page -= 1
            await read_register(self)

    async def _first(self) -> None:
        self.page, self._keys, self.choices = 1, [""], _NARROW[self.tab]
        await read_register(self)


async def read_register(state: RegisterState) -> None:
    """Read the page of the list that is open; for a grid that is not there, nothing."""
    if state.is_lost:
        state.rows, state.total, state.has_next, state.is_ready = [], 0, False, True
        return
    keys = state._keys or [""]  # noqa: SLF001 - the state's own keys, from its own module
    key = keys[min(state.page, len(keys)) - 1]
    reader = {BUILDINGS: list_buildings, _HOMES: list_register}.get(state.tab, list_premises)
    found: RegisterPage | None = await look(state, reader, _asked(state, key))
    if found is None:
        return
    state.rows = _rows(found)
    state.total, state.has_next = found.total, bool(found.next)
    state._keys = [*keys[: state.page], found.next]  # noqa: SLF001 - likewise
    state.is_ready = True


async def _refresh(state: rx.State) -> None:
    await read_register(await state.get_state(RegisterState))
    await (await state.get_state(IssueState)).read()


REFRESH["list"] = _refresh


def _asked(state: RegisterState, key: str) -> RegisterFilter:
    is_shops = state.tab in {_SHOPS, _DUE}
    return RegisterFilter(
        q=state.q, grid=state.grid, after=key, limit=_PER_PAGE, due=state.tab == _DUE,
        kind=state.narrow if is_shops else "",
        tenure=state.narrow if state.tab == _HOMES else "",
        bare=state.tab == BUILDINGS and state.narrow == "bare",
    )  # fmt: skip


def _rows(found: RegisterPage) -> list[RegisterRow]:
    buildings = [
        RegisterRow(
            str(b.id), f"building?id={b.id}", b.name, " · ".join(filter(None, (b.address, b.grid))),
            f"{b.premises_count}家" if b.premises_count else "", "" if b.at else "warn",
            f"已登记{b.on_record_count}/{b.household_count}户" if b.at else "没有楼栋码",
        )
        for b in found.buildings
    ]  # fmt: skip
    homes = [
        RegisterRow(
            h.id, f"record?id={h.id}", f"{h.place} {h.who}".strip(), h.grid, h.tenure_label, "",
            f"{h.head_count}人" if h.head_count else "",
        )
        for h in found.households
    ]  # fmt: skip
    shops = [
        RegisterRow(
            p.id, f"record?id={p.id}", p.name, " · ".join(filter(None, (p.place, p.trade))),
            f"{p.kind_label}，{p.risk}", p.due_state, p.due_words,
        )
        for p in found.premises
    ]  # fmt: skip
    return buildings + homes + shops
