"""The tree as it is opened branch by branch, or what a search or a filter finds."""

from dataclasses import replace
from typing import Final

import reflex as rx

from gridapp.domain.labels import GRID_KIND
from gridapp.domain.vocabulary import GridKind, GridLevel
from gridapp.guard.allow import allow
from gridapp.screens.admin.areas.shown import TreeRow, more_row, tree_row
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import AREA_KEEPERS
from gridapp.services.areas.rules import see_area_rules
from gridapp.services.areas.tree import (
    TYPED_MAX_CHARACTERS,
    AreaFilter,
    AreaPage,
    Show,
    count_outside,
    list_areas,
)
from gridapp.ui.fields import Choice

_SHOWS: Final[dict[str, Show]] = {"used": "used", "outside": "outside", "retired": "retired"}
_CODE_MAX: Final = 32


class TreeState(SessionState):
    """The lines that are shown, and how they have been narrowed."""

    is_ready: bool = False
    rows: list[TreeRow] = []
    is_tree: bool = True
    q: str = ""
    level: str = ""
    kind: str = ""
    show: str = "used"
    levels: list[Choice] = []
    kinds: list[Choice] = []
    outside_words: str = ""
    rule_words: str = ""
    total_words: str = ""
    next_after: str = ""

    @rx.event
    @allow(*AREA_KEEPERS)
    async def load(self) -> None:
        """Open the tree, narrowed as the address says."""
        await greet(self)
        asked = self.router.url.query_parameters
        self.show = asked.get("show", "used") if asked.get("show") in _SHOWS else "used"
        self.q, self.level, self.kind = "", "", ""
        rules = await look(self, see_area_rules)
        counts = await look(self, count_outside)
        if rules is None or counts is None:
            return
        self.levels = [Choice(level.value, name) for level, name in rules.level_names.items()]
        self.kinds = [Choice(kind.value, label) for kind, label in GRID_KIND.items()]
        micro = rules.level_names[GridLevel.MICRO]
        self.outside_words = f"{counts[0]}个{micro}"
        limits = f"{rules.limits.least}到{rules.limits.most}户"
        self.rule_words = f"不在{limits}之内，共有{counts[1]}个。"
        await read_tree(self)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def search(self, form: dict[str, str]) -> None:
        """List what has these words, of this level and kind."""
        self.q = form.get("q", "").strip()[:TYPED_MAX_CHARACTERS]
        self.level = _known(form.get("level", ""), GridLevel)
        self.kind = _known(form.get("kind", ""), GridKind)
        await read_tree(self)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def choose_show(self, show: str) -> None:
        """List those in use, those outside the rule, or those retired."""
        self.show = show if show in _SHOWS else self.show
        await read_tree(self)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def toggle(self, code: str) -> None:
        """Open a branch, closing its brothers', or close it."""
        at = next((n for n, row in enumerate(self.rows) if row.code == code and row.opens), None)
        if at is None or not self.is_tree:
            return
        is_open, depth = self.rows[at].is_open, _depth(self.rows[at])
        rows = _without_open(self.rows, depth)
        at = next(n for n, row in enumerate(rows) if row.code == code and row.opens)
        if not is_open:
            page = await look(self, list_areas, AreaFilter(under=code[:_CODE_MAX]))
            if page is None:
                return
            rows[at] = replace(rows[at], is_open=True)
            rows[at + 1 : at + 1] = _lines(page, code, depth + 1, 0)
        self.rows = rows

    @rx.event
    @allow(*AREA_KEEPERS)
    async def lead_on(self, above: str, after: str) -> None:
        """Show the next page of a level, where the line stood that leads on."""
        at = next((n for n, row in enumerate(self.rows) if row.after == after != ""), None)
        if at is None or self.rows[at].code != above:
            return
        depth = _depth(self.rows[at])
        page = await look(self, list_areas, AreaFilter(under=above, after=after))
        if page is not None:
            shown = sum(1 for row in self.rows if _depth(row) == depth and not row.after)
            self.rows = [*self.rows[:at], *_lines(page, above, depth, shown), *self.rows[at + 1 :]]

    @rx.event
    @allow(*AREA_KEEPERS)
    async def next_page(self) -> None:
        """Add the next page of what was found."""
        page = await look(self, list_areas, replace(_asked(self), after=self.next_after))
        if page is not None and self.next_after:
            self.rows = [*self.rows, *(tree_row(row) for row in page.items)]
            self.next_after = page.next


def _known(word: str, words: type[GridLevel] | type[GridKind]) -> str:
    return word if word in {one.value for one in words} else ""


def _depth(row: TreeRow) -> int:
    return int(row.depth[-1])


def _without_open(rows: list[TreeRow], depth: int) -> list[TreeRow]:
    """Close every branch that stands as deep: one is open at a time, so a page stays short."""
    kept = [row for row in rows if _depth(row) <= depth]
    return [replace(row, is_open=False) if _depth(row) == depth else row for row in kept]


def _lines(page: AreaPage, above: str, depth: int, shown: int) -> list[TreeRow]:
    lines = [tree_row(row, depth) for row in page.items]
    left = page.total - shown - len(lines)
    return lines + ([more_row(above, page.next, depth, left)] if page.next else [])


def _asked(tree: TreeState) -> AreaFilter:
    return AreaFilter(
        q=tree.q,
        level=GridLevel(tree.level) if tree.level else None,
        kind=GridKind(tree.kind) if tree.kind else None,
        show=_SHOWS[tree.show],
    )


async def read_tree(tree: TreeState) -> None:
    """List from the beginning."""
    asked = _asked(tree)
    page = await look(tree, list_areas, asked)
    if page is None:
        return
    tree.is_tree, tree.next_after = asked.is_level, "" if asked.is_level else page.next
    tree.rows = _lines(page, "", 0, 0) if asked.is_level else [tree_row(row) for row in page.items]
    tree.total_words = f"共{page.total}个网格"
    tree.is_ready = True
    if asked.is_level and len(page.items) == 1:
        # A town of one district begins with what is below it.
        await _open_first(tree, page.items[0].code)


async def _open_first(tree: TreeState, code: str) -> None:
    page = await look(tree, list_areas, AreaFilter(under=code))
    if page is not None and page.items:
        tree.rows = [replace(tree.rows[0], is_open=True), *_lines(page, code, 1, 0)]
