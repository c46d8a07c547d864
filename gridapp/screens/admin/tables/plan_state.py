"""The state of how a brought file is read: its sheet, its headings, which column is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import reflex as rx

from gridapp.domain.labels import SOURCE
from gridapp.guard.allow import allow
from gridapp.screens.admin.tables.rows import HeadingRow, heading_row
from gridapp.screens.session import SessionState, look
from gridapp.screens.who import IMPORTERS
from gridapp.services.exchange.kind import TWINS
from gridapp.services.imports.looks import LookView, look_at, look_otherwise
from gridapp.ui.fields import Choice

_WISHES: Final[Mapping[str, Mapping[Any, str]]] = {"source": SOURCE, "twins": TWINS}


@dataclass(frozen=True)
class LineChoice:
    """A line that may hold the headings."""

    code: str
    label: str


class ImportPlanState(SessionState):
    """How the file is read; ``turn`` grows with each look, so that fields are made anew."""

    sheets: list[str] = []
    sheet: str = ""
    lines: list[LineChoice] = []
    header_line: int = 1
    header_rows: int = 1
    fill_merged: bool = False
    has_merges: bool = False
    wish: str = ""
    wishes: list[Choice] = []
    wished: str = ""
    headings: list[HeadingRow] = []
    columns: list[Choice] = []
    needed: str = ""
    left_out: int = 0
    turn: int = 0
    _file: str = ""

    @rx.event
    @allow(*IMPORTERS)
    async def choose_sheet(self, sheet: str) -> None:
        """Read another sheet; its headings are found."""
        await self._look(sheet[:64], 0, 1)

    @rx.event
    @allow(*IMPORTERS)
    async def choose_line(self, line: str) -> None:
        """Take another line for the headings."""
        if line.isascii() and line.isdigit():
            await self._look(self.sheet, min(int(line), 1000), self.header_rows)

    @rx.event
    @allow(*IMPORTERS)
    async def choose_rows(self, count: str) -> None:
        """Read the headings from one line or from two."""
        await self._look(self.sheet, self.header_line, 2 if count == "2" else 1)

    async def _look(self, sheet: str, line: int, rows: int) -> None:
        found = await look(self, look_otherwise, self._file, sheet, line, rows)
        self.turn += 1
        if found is not None:
            put_look(self, found)


async def read_look(plan: ImportPlanState, file: str) -> None:
    """Look at the file as it is to be read by now."""
    plan._file = file  # noqa: SLF001 - its own, kept from the browser
    found = await look(plan, look_at, file)
    if found is not None:
        put_look(plan, found)


def put_look(plan: ImportPlanState, view: LookView) -> None:
    """Show how the file looks."""
    told = view.plan
    plan.sheets, plan.sheet = list(view.sheets), told.sheet or next(iter(view.sheets), "")
    plan.lines = [LineChoice(str(row.line), f"第{row.line}行：{row.words}") for row in view.rows]
    plan.header_line, plan.header_rows = told.header_line, told.header_rows
    plan.fill_merged, plan.has_merges = told.fill_merged, view.has_merges
    plan.wish = view.wish
    plan.wished = str(getattr(told, view.wish, ""))
    plan.wishes = [Choice(word.value, label) for word, label in _WISHES.get(view.wish, {}).items()]
    plan.headings = [heading_row(one) for one in view.headings]
    plan.columns = [
        Choice(one.name, f"{one.label}（必填）" if one.is_needed else one.label)
        for one in view.columns
    ]
    plan.needed = "、".join(view.needed)
    plan.left_out = sum(not one.column for one in view.headings)
    plan.turn += 1
