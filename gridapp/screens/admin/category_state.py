"""What the page of the category table shows: the items by root, and the usual limits."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.deadlines import parse_limit
from gridapp.domain.labels import ROOT, URGENCY
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.rulebook.table import CategoryRowView, list_table
from gridapp.services.rulebook.urgencies import UrgencyView, list_urgencies

_SEARCH_MAX: Final = 40


@dataclass(frozen=True)
class ItemRow:
    """An item as a cell shows it."""

    code: str
    name: str
    context: str
    questions: str
    is_example: bool
    is_retired: bool
    ahead: int


@dataclass(frozen=True)
class RootGroup:
    """A root with its items."""

    name: str
    count: str
    rows: list[ItemRow]


@dataclass(frozen=True)
class UrgencyRow:
    """An urgency with its four limits in words."""

    code: str
    name: str
    limits: str
    ahead: int


class CategoriesState(SessionState):
    """The table, its search, and what was said last."""

    is_ready: bool = False
    groups: list[RootGroup] = []
    urgencies: list[UrgencyRow] = []
    q: str = ""
    with_retired: bool = False
    total: str = ""
    said: str = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        self.said = self.q = ""
        await read_table(self)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def search(self, form: dict[str, str]) -> None:
        """Show the items whose name holds these words."""
        self.q = str(form.get("q", "")).strip()[:_SEARCH_MAX]
        await read_table(self)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def toggle_retired(self) -> None:
        """Show the items out of use too, or no longer."""
        self.with_retired = not self.with_retired
        await read_table(self)


async def read_table(page: CategoriesState) -> None:
    """Read everything anew."""
    found = await look(page, list_table, page.q, with_retired=page.with_retired)
    usual = await look(page, list_urgencies)
    if found is None or usual is None:
        return
    page.groups = _groups(found)
    page.total = f"共{len(found)}项"
    page.urgencies = [_urgency(view) for view in usual]
    page.is_ready = True


def _groups(found: tuple[CategoryRowView, ...]) -> list[RootGroup]:
    groups = []
    for root, name in ROOT.items():
        rows = [_item(view) for view in found if view.root is root]
        if rows:
            groups.append(RootGroup(name, f"{len(rows)}项", rows))
    return groups


def _item(view: CategoryRowView) -> ItemRow:
    parts = [URGENCY[view.urgency], f"{view.whole_in_force.replace(' 个', '个')}内办结"]
    parts += [view.unit_name] if view.unit_name else []
    parts += ["可随手清"] if view.may_settle else []
    parts += ["对外公开"] if view.is_public else []
    return ItemRow(
        code=view.code, name=view.name, context="，".join(parts),
        questions=" ".join(view.questions), is_example=view.is_example,
        is_retired=view.is_retired, ahead=view.ahead_count,
    )  # fmt: skip


def _urgency(view: UrgencyView) -> UrgencyRow:
    told = (
        ("受理", view.accept_limit), ("接单", view.take_limit),
        ("处置", view.handle_limit), ("全程", view.whole_limit),
    )  # fmt: skip
    limits = [f"{step} {limit.label}" for step, text in told if (limit := parse_limit(text))]
    return UrgencyRow(
        view.urgency.value, URGENCY[view.urgency], "，".join(limits), view.ahead_count
    )
