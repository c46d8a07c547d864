"""The heap of what is set aside, narrowed by place, time and words, and what is chosen of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.vocabulary import AsideChoice, Deed, Status
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import SORTERS
from gridapp.services.cases.aside import SORTED_AT_ONCE_MAX_COUNT
from gridapp.services.cases.heap import heap_numbers, list_heap_places
from gridapp.services.cases.lists import PAGE_MAX_COUNT, TOTAL_MAX_COUNT, CaseFilter, list_cases
from gridapp.services.cases.views import CaseCard, CasePage
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.ui.fields import Choice

HOURS: Final = {"": "全部时间", "1": "最近1小时", "6": "最近6小时", "24": "最近24小时"}
DONE: Final = {
    AsideChoice.LET_IN: "已放行{count}件，现在在收件箱里。",
    AsideChoice.DECLINE: "已不予受理{count}件。",
    AsideChoice.MERGE: "已并案{count}件。",
}
_LEFT: Final = "另有{count}件刚被别人处理过，没有动。"
_UNDONE: Final = "已撤销，{count}件回到待甄别。"


@dataclass(frozen=True)
class AsideRow:
    """A report that is set aside, as its cell shows it."""

    no: str
    headline: str
    place: str
    reported: str
    why: str


@dataclass(frozen=True)
class _Narrowed:
    """How the heap is narrowed."""

    at: str
    hours: str
    q: str

    def filter(self, act: Act) -> CaseFilter:
        since = act.now - timedelta(hours=int(self.hours)) if self.hours else None
        return CaseFilter(
            statuses=(Status.REPORTED.value,), aside=True, at=self.at, q=self.q, since=since,
            limit=PAGE_MAX_COUNT,
        )  # fmt: skip


class AsideState(SessionState):
    """The heap as it is narrowed; the next deed's id is made anew with each reading."""

    is_ready: bool = False
    places: list[Choice] = []
    rows: list[AsideRow] = []
    chosen: list[str] = []
    total: int = 0
    total_words: str = ""
    at: str = ""
    hours: str = ""
    q: str = ""
    form: str = ""
    busy: bool = False
    said: str = ""
    undo_uid: str = ""
    _uid: str = ""

    @rx.event
    @allow(*SORTERS)
    async def load(self) -> None:
        """Open the heap."""
        await greet(self)
        self.form = self.said = self.undo_uid = ""
        await read_heap(self)

    @rx.event
    @allow(*SORTERS)
    async def search(self, form: dict[str, str]) -> None:
        """Narrow the heap."""
        self.at, self.q = form.get("at", "")[:32], form.get("q", "").strip()[:100]
        hours = form.get("hours", "")
        self.hours = hours if hours in HOURS else ""
        await read_heap(self)

    @rx.event
    @allow(*SORTERS)
    async def toggle(self, no: str) -> None:
        """Choose one, or leave it out again."""
        if no in self.chosen:
            self.chosen = [one for one in self.chosen if one != no]
        elif any(row.no == no for row in self.rows):
            self.chosen = [*self.chosen, no][:SORTED_AT_ONCE_MAX_COUNT]

    @rx.event
    @allow(*SORTERS)
    async def choose_all(self) -> None:
        """Choose all that the filter finds, beyond those on the page too."""
        self.chosen = list(await look(self, _numbers, _narrowed(self)) or ())

    @rx.event
    @allow(*SORTERS)
    async def choose_none(self) -> None:
        """Choose nothing."""
        self.chosen = []

    @rx.event
    @allow(*SORTERS)
    async def open_form(self, choice: str) -> None:
        """Ask for the reason, or for the case to merge into."""
        if self.chosen and choice in {AsideChoice.DECLINE, AsideChoice.MERGE}:
            self.form = choice

    @rx.event
    @allow(*SORTERS)
    async def close_form(self) -> None:
        """Put the form away."""
        self.form = ""

    @rx.event
    @allow(*SORTERS)
    async def let_in(self) -> AsyncIterator[None]:
        """Let in what is chosen; a second tap finds nothing chosen."""
        self.busy = True
        yield
        await self._sort(AsideChoice.LET_IN, {})
        self.busy = False

    @rx.event
    @allow(*SORTERS)
    async def submit(self, form: dict[str, str]) -> AsyncIterator[None]:
        """Do what the open form asks about; a second tap finds it closed."""
        if self.form not in {AsideChoice.DECLINE, AsideChoice.MERGE}:
            return
        self.busy = True
        yield
        told = {name: form.get(name, "").strip() for name in ("words", "into")}
        await self._sort(AsideChoice(self.form), told)
        self.busy = False

    @rx.event
    @allow(*SORTERS)
    async def undo(self) -> None:
        """Take back what was done last."""
        if not self.undo_uid:
            return
        subject, self.undo_uid = self.undo_uid, ""
        done = await do(self, _deed, Deed.UNDO_SORT, subject, {}, self._uid)
        if done is not None:
            self.said = _UNDONE.format(count=len(done.reply["done"]))
        await read_heap(self)

    async def _sort(self, choice: AsideChoice, told: dict[str, str]) -> None:
        if not self.chosen:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        facts: dict[str, Any] = {"choice": choice.value, "nos": list(self.chosen)}
        facts |= {name: words for name, words in told.items() if words}
        uid = self._uid
        done = await do(self, _deed, Deed.SORT_ASIDE, "", facts, uid)
        if done is not None:
            self.said, self.undo_uid, self.form = _said(choice, done.reply), uid, ""
            await read_heap(self)


def _said(choice: AsideChoice, reply: dict[str, Any]) -> str:
    left = reply["left_count"]
    more = _LEFT.format(count=left) if left else ""
    return DONE[choice].format(count=len(reply["done"])) + more


def _deed(act: Act, deed: Deed, subject: str, facts: dict[str, Any], uid: str) -> Done:
    return do_deed(act, Order(deed, subject, facts, uid=uid_of(uid)))


def _narrowed(page: AsideState) -> _Narrowed:
    return _Narrowed(page.at, page.hours, page.q)


def _numbers(act: Act, narrowed: _Narrowed) -> tuple[str, ...]:
    return heap_numbers(act, narrowed.filter(act))


def _listed(act: Act, narrowed: _Narrowed) -> CasePage:
    return list_cases(act, narrowed.filter(act))


async def read_heap(page: AsideState) -> None:
    """Read the heap anew; what is chosen is forgotten, and the next deed gets an id of its own."""
    places = await look(page, list_heap_places)
    if places is None:
        return
    if page.at not in {place.code for place in places}:
        page.at = ""  # the last of that place has been sorted: what else is there?
    found = await look(page, _listed, _narrowed(page))
    if found is None:
        return
    page.places = [Choice(one.code, f"{one.place} {one.count}件 {one.when}") for one in places]
    page.rows = [_row(card) for card in found.items]
    page.total = found.total
    many = found.total >= TOTAL_MAX_COUNT
    page.total_words = f"{TOTAL_MAX_COUNT}件以上" if many else f"{found.total}件"
    page.chosen, page._uid = [], str(uuid4())  # noqa: SLF001 - its own, kept from the browser
    page.is_ready = True


def _row(card: CaseCard) -> AsideRow:
    why = "、".join(flag for flag in card.flags if flag != "待甄别")
    return AsideRow(card.no, card.headline, card.place, card.reported_words, why)
