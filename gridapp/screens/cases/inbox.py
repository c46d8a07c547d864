"""The inbox: which cases are listed, by tab, words, grid and deadline, page by page."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import reflex as rx

from gridapp.domain.labels import ROOT, SOURCE
from gridapp.domain.vocabulary import Role, Root, Source, Status
from gridapp.domain.workflow import OPEN
from gridapp.guard.allow import allow
from gridapp.guard.middleware import actor_of_event
from gridapp.screens.cases.state import CaseState, open_addressed
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import CASE_READERS, SORTERS
from gridapp.services.case_access import statuses_in_reach
from gridapp.services.cases.choices import grid_choices
from gridapp.services.cases.heap import count_heap
from gridapp.services.cases.lists import TOTAL_MAX_COUNT, UNSORTED, CaseFilter, list_cases
from gridapp.services.cases.search import may_find_phones
from gridapp.services.cases.tally import tally_open
from gridapp.services.desk import Actor
from gridapp.ui.case_cells import CaseRow, case_row
from gridapp.ui.fields import Choice

PAGE_COUNT: Final = 20
_MOST_GRIDS: Final = 150
_TABS: Final[dict[str, tuple[str, tuple[Status, ...]]]] = {
    "reported": ("待受理", (Status.REPORTED,)),
    "accepted": ("待派遣", (Status.ACCEPTED,)),
    "working": ("办理中", (Status.DISPATCHED, Status.TAKEN, Status.PAUSED)),
    "handled": ("待核查", (Status.HANDLED,)),
    "verified": ("待结案", (Status.VERIFIED,)),
    "open": ("在办", tuple(sorted(OPEN))),
    "all": ("全部", ()),
}
_DUES: Final = ("", "soon", "late")


@dataclass(frozen=True)
class InboxTab:
    """A tab of the inbox with how many cases wait there; empty when none is counted."""

    key: str
    label: str
    count: str


class InboxState(SessionState):
    """The list of the inbox, and how it has been narrowed."""

    is_ready: bool = False
    tabs: list[InboxTab] = []
    tab: str = ""
    q: str = ""
    q_is_unsearchable: bool = False
    grid: str = ""
    due: str = ""
    root: str = ""
    source: str = ""
    from_on: str = ""
    to_on: str = ""
    by_closing: bool = False
    narrowed: str = ""
    grids: list[Choice] = []
    rows: list[CaseRow] = []
    total_words: str = ""
    aside_count: str = ""
    page: int = 1
    has_next: bool = False
    _keys: list[str] = [""]

    @rx.event
    @allow(*CASE_READERS)
    async def load(self) -> None:
        """Open the inbox, narrowed as the address says."""
        actor = await greet(self)
        asked = self.router.url.query_parameters
        self.tab = _known(asked.get("tab", self.tab), tabs_for(actor)) or _first_tab(actor)
        # Words that were looked for stand in the address: whoever comes anew looks for none.
        self.q = asked.get("q", "").strip()[:100]
        self.due = _known(asked.get("due", self.due), _DUES)
        self.grid = asked.get("grid", self.grid)[:32]
        self.root = _known(asked.get("root", ""), (*Root, UNSORTED))
        self.source = _known(asked.get("source", ""), tuple(Source))
        self.from_on, self.to_on = _day(asked.get("from", "")), _day(asked.get("to", ""))
        self.by_closing = asked.get("by", "") == "closed"
        await read_inbox(self)

    @rx.event
    @allow(*CASE_READERS)
    async def load_beside(self) -> None:
        """Open one case, with the inbox beside it as it was left."""
        actor = await greet(self)
        if not self.is_ready:
            self.tab = self.tab or _first_tab(actor)
            await read_inbox(self)
        await open_addressed(await self.get_state(CaseState))

    @rx.event
    @allow(*CASE_READERS)
    async def choose_tab(self, tab: str) -> None:
        """List the cases of another tab."""
        self.tab = _known(tab, tabs_for(actor_of_event())) or self.tab
        await read_inbox(self)

    @rx.event
    @allow(*CASE_READERS)
    async def search(self, form: dict[str, str]) -> None:
        """List the cases that hold these words, in this grid, with this deadline."""
        self.q = form.get("q", "").strip()[:100]
        self.grid = form.get("grid", "")[:32]
        self.due = _known(form.get("due", ""), _DUES)
        if self.q:
            # Who looks for words does not know where the case stands.
            self.tab = "all"
        await read_inbox(self)

    @rx.event
    @allow(*CASE_READERS)
    async def clear_search(self) -> None:
        """List without the words that were searched for."""
        self.q = ""
        await read_inbox(self)

    @rx.event
    @allow(*CASE_READERS)
    async def widen(self) -> None:
        """List without what a figure had narrowed the list to."""
        self.root = self.source = self.from_on = self.to_on = ""
        self.by_closing = False
        await read_inbox(self)

    @rx.event
    @allow(*CASE_READERS)
    async def refresh(self) -> None:
        """List again."""
        await read_inbox(self)

    @rx.event
    @allow(*CASE_READERS)
    async def next_page(self) -> None:
        """List the following cases."""
        if self.has_next:
            self.page += 1
            await read_page(self)

    @rx.event
    @allow(*CASE_READERS)
    async def previous_page(self) -> None:
        """List the cases before."""
        if self.page > 1:
            self.page -= 1
            await read_page(self)


async def read_inbox(inbox: InboxState) -> None:
    """List the first page anew, and count what waits in each tab."""
    inbox.page, inbox._keys = 1, [""]  # noqa: SLF001 - its own, kept from the browser
    await read_page(inbox)
    inbox.narrowed = _narrowed_words(inbox)
    counts = await look(inbox, tally_open, _filter_of(inbox)) or {}
    inbox.tabs = [
        InboxTab(key, label, _count_words(sum(counts.get(s, 0) for s in statuses)))
        for key, (label, statuses) in tabs_for(actor_of_event()).items()
    ]
    inbox.aside_count = ""
    if actor_of_event().roles & set(SORTERS):
        inbox.aside_count = _count_words(await look(inbox, count_heap) or 0)
    grids = await look(inbox, grid_choices, inbox.grid) or ()
    inbox.grids = [Choice(grid.code, grid.label) for grid in grids[:_MOST_GRIDS]]


async def read_page(inbox: InboxState) -> None:
    """List the page that is open."""
    keys = inbox._keys  # noqa: SLF001 - its own, kept from the browser
    asked = replace(_filter_of(inbox), after=keys[inbox.page - 1])
    # A search by phone is written down, so it is a deed.
    find = do if asked.phones else look
    found = await find(inbox, list_cases, asked)
    if found is None:
        return
    inbox.rows = [case_row(card) for card in found.items]
    inbox.q_is_unsearchable = found.q_is_unsearchable
    inbox.has_next = bool(found.next)
    inbox._keys = [*keys[: inbox.page], found.next]  # noqa: SLF001 - likewise
    inbox.total_words = _total_words(found.total)
    inbox.is_ready = True


def _filter_of(inbox: InboxState) -> CaseFilter:
    """Give what the inbox is narrowed to, from its first page on."""
    return CaseFilter(
        statuses=_TABS[inbox.tab][1],
        grid=inbox.grid,
        q=inbox.q,
        due=inbox.due,
        root=inbox.root,
        source=inbox.source,
        from_on=date.fromisoformat(inbox.from_on) if inbox.from_on else None,
        to_on=date.fromisoformat(inbox.to_on) if inbox.to_on else None,
        closed=inbox.by_closing,
        sort="newest" if inbox.tab == "all" else "due",
        limit=PAGE_COUNT,
        phones=may_find_phones(actor_of_event(), inbox.q),
    )


def _day(text: str) -> str:
    """Give a day as the address tells it, or nothing when it is none."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _narrowed_words(inbox: InboxState) -> str:
    """Say what a figure has narrowed the list to, beside what the search form shows itself."""
    days = [text for text in (inbox.from_on, inbox.to_on) if text]
    day_of = "结案" if inbox.by_closing else "上报"
    root = "未分类" if inbox.root == UNSORTED else ROOT[Root(inbox.root)] if inbox.root else ""
    parts = (
        f"大类：{root}" if root else "",
        f"来源：{SOURCE[Source(inbox.source)]}" if inbox.source else "",
        f"{day_of}：{'至'.join(dict.fromkeys(days))}" if days else "",
    )
    return "，".join(part for part in parts if part)


def _known(word: str, words: object) -> str:
    return word if word in words else ""  # type: ignore[operator]  # any collection of words


def tabs_for(actor: Actor) -> dict[str, tuple[str, tuple[Status, ...]]]:
    """Give the tabs in which a case can ever stand that this person may see."""
    seen = statuses_in_reach(actor)
    return {key: tab for key, tab in _TABS.items() if not tab[1] or seen & set(tab[1])}


def _first_tab(actor: Actor) -> str:
    """Give the tab with which somebody's day begins."""
    if Role.DISPATCHER in actor.roles:
        return "reported"
    if Role.VERIFIER in actor.roles:
        return "handled"
    return "working" if Role.UNIT_OFFICER in actor.roles else "all"


def _count_words(count: int) -> str:
    return "" if not count else str(count) if count < TOTAL_MAX_COUNT else f"{TOTAL_MAX_COUNT}+"


def _total_words(total: int) -> str:
    return f"{total}件" if total < TOTAL_MAX_COUNT else f"{TOTAL_MAX_COUNT}件以上"
