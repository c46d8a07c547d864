"""The state of a checked file's lines: by fate, by words, page by page."""

from dataclasses import dataclass

import reflex as rx

from gridapp.guard.allow import allow
from gridapp.screens.admin.tables.rows import FATE, FileRow, LineRow, line_row
from gridapp.screens.session import SessionState, look
from gridapp.screens.who import IMPORTERS
from gridapp.services.imports.views import LINES_A_PAGE, see_lines


@dataclass(frozen=True)
class FateTab:
    """A tab with how many lines have this fate."""

    key: str
    label: str
    count: int


class ImportLinesState(SessionState):
    """The lines of a checked file."""

    tabs: list[FateTab] = []
    fate: str = ""
    words: str = ""
    rows: list[LineRow] = []
    total: int = 0
    page: int = 1
    pages: int = 1
    _file: str = ""

    @rx.event
    @allow(*IMPORTERS)
    async def choose(self, fate: str) -> None:
        """Show the lines of another fate."""
        self.fate, self.page = fate if fate in FATE else "", 1
        await self._read()

    @rx.event
    @allow(*IMPORTERS)
    async def search(self, form: dict[str, str]) -> None:
        """Show the lines with these words."""
        self.words, self.page = str(form.get("words", "")).strip()[:60], 1
        await self._read()

    @rx.event
    @allow(*IMPORTERS)
    async def turn(self, by: int) -> None:
        """Show another page."""
        self.page = max(1, min(self.pages, self.page + (1 if by > 0 else -1)))
        await self._read()

    async def _read(self) -> None:
        first = (self.page - 1) * LINES_A_PAGE
        found = await look(self, see_lines, self._file, self.fate, self.words, first)
        if found is not None:
            self.total, lines = found
            self.pages = max(1, -(-self.total // LINES_A_PAGE))
            self.rows = [line_row(line) for line in lines]


async def read_lines_anew(lines: ImportLinesState, file: FileRow) -> None:
    """Show the lines of a file from the beginning: the wrong ones first when there are any."""
    counts = {"bad": file.bad, "new": file.new, "changed": file.changed, "same": file.same}
    counts |= {"kept": file.kept} if file.kept else {}
    lines.tabs = [FateTab("", "全部", file.total)]
    lines.tabs += [FateTab(key, FATE[key], count) for key, count in counts.items()]
    lines._file = file.uid  # noqa: SLF001 - its own, kept from the browser
    lines.words, lines.page = "", 1
    lines.fate = next((key for key in ("bad", "changed", "new", "kept") if counts.get(key)), "")
    await lines._read()  # noqa: SLF001 - likewise
