"""What the pages of verification show: the rounds, one round's progress, the records left."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.indicators import Rate
from gridapp.domain.permissions import may_at_all
from gridapp.domain.registering import VERIFIED, Verified
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.register.doing import REFRESH, RegisterFormState
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.verification.progress import ProgressView
from gridapp.services.verification.see import (
    LEFT,
    ItemFilter,
    ItemLine,
    VerificationLine,
    list_items,
    list_verifications,
    see_verification,
)
from gridapp.ui.fields import Choice

STATUSES: Final = [
    Choice(LEFT, "待核查"), Choice(Verified.CONFLICT.value, VERIFIED[Verified.CONFLICT]),
    Choice(Verified.CORRECTED.value, VERIFIED[Verified.CORRECTED]),
    Choice(Verified.GONE.value, VERIFIED[Verified.GONE]),
    Choice(Verified.NEW.value, VERIFIED[Verified.NEW]), Choice("", "全部"),
]  # fmt: skip
_PER_PAGE: Final = 20


@dataclass(frozen=True)
class RoundRow:
    """A verification as a cell shows it."""

    id: str
    version: int
    name: str
    context: str
    state: str


@dataclass(frozen=True)
class GridRow:
    """How far a grid is."""

    code: str
    name: str
    share: str
    of: str
    others: str


@dataclass(frozen=True)
class ItemRow:
    """A record to be gone through."""

    record: str
    meaning: str
    context: str
    status: str
    is_disputed: bool


class VerifyState(SessionState):
    """The rounds, or the one that is open, with its records page by page."""

    is_ready: bool = False
    may_start: bool = False
    rounds: list[RoundRow] = []
    round: RoundRow = RoundRow("", 0, "", "", "")
    may_end: bool = False
    may_verify: bool = False
    grids: list[GridRow] = []
    items: list[ItemRow] = []
    status: str = LEFT
    q: str = ""
    total: int = 0
    page: int = 1
    has_next: bool = False
    _keys: list[str] = []

    @rx.event
    @allow(*REGISTER_READERS)
    async def load(self) -> None:
        """Open the rounds, or the one that the address names."""
        actor = await greet(self)
        self.may_start = may_at_all(Deed.START_VERIFICATION, actor.roles)
        (await self.get_state(RegisterFormState)).close("verify")
        asked = self.router.url.query_parameters.get("id", "")[:64]
        self.round, self.q, self.status = RoundRow(asked, 0, "", "", ""), "", LEFT
        await self._first()

    @rx.event
    @allow(*REGISTER_READERS)
    async def choose(self, status: str) -> None:
        """Show the records of another status."""
        self.status = status if status in {one.code for one in STATUSES} else LEFT
        await self._first()

    @rx.event
    @allow(*REGISTER_READERS)
    async def search(self, form: dict[str, str]) -> None:
        """Search among the records."""
        self.q = str(form.get("q", ""))[:60]
        await self._first()

    @rx.event
    @allow(*REGISTER_READERS)
    async def turn(self, pages: int) -> None:
        """Turn on or back."""
        wanted = self.page + (1 if pages > 0 else -1)
        if wanted >= 1 and (pages < 0 or self.has_next):
            self.page = wanted
            await read_round(self)

    async def _first(self) -> None:
        self.page, self._keys = 1, [""]
        await read_round(self)


async def read_round(page: VerifyState) -> None:
    """Read the rounds, or one of them with its records."""
    if not page.round.id:
        found = await look(page, list_verifications)
        if found is not None:
            page.rounds, page.is_ready = [_round(line) for line in found], True
        return
    view = await look(page, see_verification, page.round.id)
    if view is None:
        page.round, page.is_ready = RoundRow("", 0, "", "", ""), True
        return
    page.round = _round(view.line)
    page.may_end, page.may_verify = view.may_end, view.may_verify
    page.grids = [_grid(one) for one in view.grids]
    await _read_items(page)
    page.is_ready = True


async def _read_items(page: VerifyState) -> None:
    keys = page._keys or [""]  # noqa: SLF001 - the state's own keys, from its own module
    key = keys[min(page.page, len(keys)) - 1]
    asked = ItemFilter(status=page.status, q=page.q, after=key, limit=_PER_PAGE)
    found = await look(page, list_items, page.round.id, asked)
    if found is None:
        return
    page.items = [_item(line) for line in found.items]
    page.total, page.has_next = found.total, bool(found.next)
    page._keys = [*keys[: page.page], found.next]  # noqa: SLF001 - likewise


async def _refresh(state: rx.State) -> None:
    await read_round(await state.get_state(VerifyState))


REFRESH["verify"] = _refresh


def share_of(progress: ProgressView) -> str:
    """Say a share of what was to be gone through."""
    if not progress.due_count:
        return "暂无"
    return Rate(progress.settled_count, progress.due_count).percent


def _others(progress: ProgressView) -> str:
    told = (
        ("没见到人", progress.not_found_count), ("有出入", progress.conflict_count),
        ("新发现", progress.new_count),
    )  # fmt: skip
    return "，".join(f"{word}{count}" for word, count in told if count)


def _round(line: VerificationLine) -> RoundRow:
    p = line.progress
    done = f"已核查{p.settled_count}/{p.due_count}（{share_of(p)}）"
    context = "，".join(filter(None, (line.days_words, f"核查{line.kinds_words}", _others(p))))
    return RoundRow(line.id, line.version, line.name, context, "已结束" if line.is_ended else done)


def _grid(p: ProgressView) -> GridRow:
    return GridRow(p.code, p.name, share_of(p), f"{p.settled_count}/{p.due_count}", _others(p))


def _item(line: ItemLine) -> ItemRow:
    return ItemRow(
        line.record, f"{line.place} {line.who}".strip(), f"{line.kind_label} · {line.grid}",
        line.status_label, line.status == Verified.CONFLICT,
    )  # fmt: skip
