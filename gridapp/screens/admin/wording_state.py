"""What the page of duties and promises shows, and the form in which one is written."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.printed_words import Wording, joined, lines_of, room_words
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.changes import ChangeRow, cancel_once, read_changes
from gridapp.screens.admin.forming import FormFacts, said
from gridapp.screens.admin.once import do_once, quiet, said_from, today_of
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act
from gridapp.services.prints.views import Sheet
from gridapp.services.prints.wording import WordingView, list_wordings, printing_fault

_LONGEST: Final = 2000
_LABEL: Final = {
    Wording.WORKER_DUTIES: "网格员的职责",
    Wording.HEAD_DUTIES: "网格长的职责",
    Wording.BOARD_PROMISES: "公示牌上的承诺",
    Wording.POSTER_PROMISE: "海报上的承诺",
}
_WHERE: Final = {
    Wording.WORKER_DUTIES: "印在标准版公示牌上，每位网格员名下。大字版不印职责。",
    Wording.HEAD_DUTIES: "印在标准版公示牌上，每位网格长名下。大字版不印职责。",
    Wording.BOARD_PROMISES: "印在公示牌右下角，标准版和大字版都印。",
    Wording.POSTER_PROMISE: "印在楼栋海报上。没改过时，大字版印得短一些。",
}
_HANGS_ON: Final = {Wording.POSTER_PROMISE: Sheet.POSTER}


@dataclass(frozen=True)
class WordingRow:
    """Words on a print as a cell shows them; ``walls`` is where it is told what hangs."""

    wording: str
    label: str
    where: str
    lines: list[str]
    room: str
    is_own: bool
    ahead: int
    version: int
    walls: str


NO_ROW: Final = WordingRow("", "", "", [], "", is_own=False, ahead=0, version=0, walls="")


class WordingState(SessionState):
    """The list, and the words that are being written; their deed's id is made with the form."""

    is_ready: bool = False
    rows: list[WordingRow] = []
    said: str = ""
    walls: str = ""
    open: WordingRow = NO_ROW
    words: str = ""
    fault: str = ""
    tally: str = ""
    today: str = ""
    busy: bool = False
    changes: list[ChangeRow] = []
    _uid: str = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        self.said, self.walls, self.open = "", "", NO_ROW
        await self._read()

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_form(self, wording: str) -> None:
        """Open the form with the words that stand now."""
        await quiet(self)
        await self._begin(wording)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def try_words(self, words: str) -> None:
        """Tell what does not fit, while it is being typed."""
        if self.open.wording and len(words) <= _LONGEST:
            await self._weigh(words)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def close_form(self) -> None:
        """Put the form away."""
        await quiet(self)
        self.open = NO_ROW

    @rx.event
    @allow(*RULE_KEEPERS)
    async def save(self, form: FormFacts) -> None:
        """Keep the words; a second tap finds the form closed."""
        typed, on = str(form.get("words", ""))[:_LONGEST], said(form, "from_on")
        facts = {"words": typed} | ({"from_on": on} if on else {})
        is_now = on in {"", self.today}
        await self._keep(
            facts, is_now=is_now, told=f"已保存，{said_from(on, self.today)}印的用新内容。"
        )

    @rx.event
    @allow(*RULE_KEEPERS)
    async def reset_words(self) -> None:
        """Go back to the words that the program brings, from today on."""
        told = "已恢复系统默认，现在起印的用默认内容。"
        await self._keep({"words": ""}, is_now=True, told=told)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def cancel(self, change_id: int) -> None:
        """Cancel a change that lies ahead, and begin the form anew."""
        await quiet(self)
        if await cancel_once(self, change_id) and self.open.wording:
            await self._begin(self.open.wording)

    async def _begin(self, wording: str) -> None:
        await self._read()
        row = next((row for row in self.rows if row.wording == wording), None)
        if row is None:
            return
        self.words, self._uid = "\n".join(row.lines), str(uuid4())
        self.today = await today_of(self)
        self.changes = await read_changes(self, RuleKind.WORDING, wording)
        self.open = row
        await self._weigh(self.words)

    async def _weigh(self, words: str) -> None:
        lines = lines_of(words)
        self.fault = await look(self, _fault, Wording(self.open.wording), lines) or ""
        self.tally = f"共{len(lines)}条，{len(joined(lines))}个字。" if lines else ""

    async def _keep(self, facts: dict[str, Any], *, is_now: bool, told: str) -> None:
        row = self.open
        if not row.wording or self.busy:
            return
        self.busy = True
        done = await do_once(self, Deed.CHANGE_WORDING, row.wording, facts, row.version, self._uid)
        if done is not None:
            self.open, self.said, self.walls = NO_ROW, told, row.walls if is_now else ""
        await self._read()
        self.busy = False

    async def _read(self) -> None:
        found = await look(self, list_wordings)
        if found is not None:
            self.rows = [_row(view) for view in found]
            self.is_ready = True


def _fault(_act: Act, wording: Wording, lines: tuple[str, ...]) -> str:
    return printing_fault(wording, lines)


def _row(view: WordingView) -> WordingRow:
    hangs_on = _HANGS_ON.get(view.wording, Sheet.BOARD)
    return WordingRow(
        wording=view.wording.value, label=_LABEL[view.wording], where=_WHERE[view.wording],
        lines=list(view.lines), room=room_words(view.wording), is_own=view.is_own,
        ahead=view.ahead_count, version=view.version,
        walls=f"/admin/print/walls?sheet={hangs_on.value}&kept=changed",
    )  # fmt: skip
