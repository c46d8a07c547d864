"""What the page of posts holds: gaps, deputies, posts that wait, titles."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.clockwords import day_words
from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.people.asking import AskState, reloads
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import KEEPERS
from gridapp.services.desk import Act
from gridapp.services.people.gaps import PAGE_COUNT, Gap, GapView, list_gaps
from gridapp.services.people.pending import (
    LeaveView,
    RequestView,
    ResetView,
    list_leaves,
    list_requests,
    list_resets,
)
from gridapp.services.people.titles import list_titles, titles_version

PLACE: Final = "posts"
TABS: Final = {
    Gap.HOLDER.value: "没有网格员",
    Gap.ACCOUNTABLE.value: "没有责任人",
    Gap.SOON.value: "即将空缺",
    "leaves": "代班",
    "requests": "待确认",
    "titles": "职务名称",
}


@dataclass(frozen=True)
class PostTab:
    """A tab with how many stand there; empty when none is counted."""

    key: str
    label: str
    count: str


@dataclass(frozen=True)
class GapRow:
    """A grid with a gap."""

    code: str
    name: str
    above: str
    state: str


@dataclass(frozen=True)
class LeaveRow:
    """Who stands in for whom."""

    id: str
    version: int
    words: str
    post: str
    days: str
    is_now: bool


@dataclass(frozen=True)
class RequestRow:
    """A post or a password that waits, or was decided lately.

    Args:
        post: Which post; of a password, that it is one.
        days: From when to when; of a password, why.
    """

    id: str
    version: int
    href: str
    person: str
    post: str
    days: str
    asked: str
    outcome: str
    may_decide: bool
    is_reset: bool = False


@dataclass(frozen=True)
class TitleRow:
    """The titles of a role."""

    role: str
    label: str
    titles: str


class PostsState(SessionState):
    """Gaps, deputies, posts that wait, and titles."""

    is_ready: bool = False
    keeps: bool = False
    tab: str = ""
    tabs: list[PostTab] = []
    gaps: list[GapRow] = []
    leaves: list[LeaveRow] = []
    requests: list[RequestRow] = []
    titles: list[TitleRow] = []
    titles_version: int = 0
    role: str = ""
    total: int = 0
    page: int = 1
    has_next: bool = False

    @rx.event
    @allow(*KEEPERS)
    async def load(self) -> None:
        """Open the page at the tab that the address names."""
        actor = await greet(self)
        self.keeps = may_at_all(Deed.GIVE_POST, actor.roles)
        wished = self.router.url.query_parameters.get("tab", "")
        first = Gap.HOLDER.value if self.keeps else "requests"
        self.tab = wished if wished in TABS and self.keeps else first
        self.page = 1
        ask = await self.get_state(AskState)
        ask.deed = ask.said = ask.password = ""
        await read_posts(self)

    @rx.event
    @allow(*KEEPERS)
    async def choose_tab(self, tab: str) -> None:
        """Show another tab."""
        if tab in TABS and (self.keeps or tab == "requests"):
            self.tab, self.page = tab, 1
            (await self.get_state(AskState)).said = ""
            await read_posts(self)

    @rx.event
    @allow(*KEEPERS)
    async def turn(self, by: int) -> None:
        """List the next page of gaps, or the one before."""
        if (by > 0 and self.has_next) or (by < 0 and self.page > 1):
            self.page += 1 if by > 0 else -1
            await read_posts(self)


async def read_posts(page: PostsState) -> None:
    """Read everything anew: each tab says how many stand there."""
    requests, resets = await look(page, list_requests), await look(page, list_resets)
    if requests is None or resets is None:
        return
    rows = [*map(_reset, resets), *map(_request, requests)]
    page.requests = sorted(rows, key=lambda row: row.outcome != "")
    counts: dict[str, int] = {"requests": sum(not row.outcome for row in rows)}
    if page.keeps:
        counts |= await _read_kept(page)
    page.tabs = [
        PostTab(key, label, str(counts[key]) if counts.get(key) else "")
        for key, label in TABS.items()
        if page.keeps or key == "requests"
    ]
    page.is_ready = True


async def _read_kept(page: PostsState) -> dict[str, int]:
    gap = Gap(page.tab) if page.tab in set(Gap) else Gap.HOLDER
    rows, counts = await look(page, _gaps, gap, page.page) or ([], {})
    page.gaps, page.total = rows, counts.get(gap, 0)
    page.has_next = page.total > page.page * PAGE_COUNT
    leaves = await look(page, list_leaves) or ()
    page.leaves = [_leave(view) for view in leaves]
    titles = await look(page, list_titles) or ()
    page.titles = [TitleRow(v.role.value, v.label, "、".join(v.titles)) for v in titles]
    page.titles_version = await look(page, titles_version) or 0
    return {gap.value: count for gap, count in counts.items()} | {"leaves": len(leaves)}


def _gaps(act: Act, gap: Gap, page: int) -> tuple[list[GapRow], dict[Gap, int]]:
    view = list_gaps(act, gap, page)
    return [_gap(act, one) for one in view.items], view.counts


def _gap(act: Act, view: GapView) -> GapRow:
    state = ""
    if view.from_on is not None:
        state = f"{day_words(act.now, view.from_on)}起（{view.last_name}离任）"
    return GapRow(view.grid_code, view.grid_name, view.above, state)


def _leave(view: LeaveView) -> LeaveRow:
    words = f"{view.deputy}代{view.holder}"
    return LeaveRow(str(view.id), view.version, words, view.post, view.days, view.is_now)


def _request(view: RequestView) -> RequestRow:
    return RequestRow(
        id=str(view.id),
        version=view.version,
        href=f"/admin/person?id={view.person_id}",
        person=view.person,
        post=view.post,
        days=view.days,
        asked=view.asked,
        outcome=view.outcome,
        may_decide=view.may_decide,
    )


def _reset(view: ResetView) -> RequestRow:
    return RequestRow(
        id=str(view.id),
        version=view.version,
        href=f"/admin/person?id={view.person_id}",
        person=view.person,
        post="重置密码",
        days=view.reason,
        asked=view.asked,
        outcome=view.outcome,
        may_decide=view.may_decide,
        is_reset=True,
    )


async def _reload(ask: AskState) -> None:
    await read_posts(await ask.get_state(PostsState))


reloads(PLACE, _reload)
