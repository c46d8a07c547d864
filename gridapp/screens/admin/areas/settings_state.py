"""What the town calls its levels, how many households a micro-grid has, which lines there are."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

import reflex as rx

from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import AREA_KEEPERS
from gridapp.services.areas.lines import list_lines
from gridapp.services.areas.rules import see_area_rules
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.ui.fields import Choice

NEW: Final = "new"


@dataclass(frozen=True)
class LineSetting:
    """A business line in use."""

    id: str
    name: str
    context: str
    version: int


class AreaRulesState(SessionState):
    """The rules, and the line whose form is open."""

    is_ready: bool = False
    levels: list[Choice] = []
    least: str = ""
    most: str = ""
    version: int = 0
    lines: list[LineSetting] = []
    open_line: str = ""
    line_name: str = ""
    said: str = ""
    _uid: str = ""

    @rx.event
    @allow(*AREA_KEEPERS)
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        self.open_line, self.said = "", ""
        await read_rules(self)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def save_rules(self, form: dict[str, str]) -> None:
        """Keep the names of the levels and the limits."""
        names = {level.value: form.get(level.value, "").strip() for level in GridLevel}
        facts = {"level_names": names, "least": form.get("least"), "most": form.get("most")}
        order = Order(Deed.SET_AREA_RULES, "", facts, self.version, uid=UUID(self._uid))
        if await _done(self, order):
            self.said = "已保存。"
        await read_rules(self)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def edit_line(self, line: str) -> None:
        """Open the form of a line, or of a new one."""
        self.open_line, self.said = line[:9], ""
        self.line_name = next((one.name for one in self.lines if one.id == line), "")
        self._uid = str(uuid4())

    @rx.event
    @allow(*AREA_KEEPERS)
    async def close_line(self) -> None:
        """Put the form away."""
        self.open_line = ""

    @rx.event
    @allow(*AREA_KEEPERS)
    async def save_line(self, form: dict[str, str]) -> None:
        """Keep a line's name."""
        await self._change_line(form.get("name", "").strip(), in_use=True)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def drop_line(self) -> None:
        """Use a line no longer; what was filled in for it stays kept."""
        await self._change_line(self.line_name, in_use=False)

    async def _change_line(self, name: str, *, in_use: bool) -> None:
        if not self.open_line:
            return
        version = next((one.version for one in self.lines if one.id == self.open_line), None)
        subject = "" if self.open_line == NEW else self.open_line
        facts = {"name": name, "in_use": in_use}
        order = Order(Deed.CHANGE_LINE, subject, facts, version, uid=UUID(self._uid))
        if await _done(self, order):
            self.open_line, self.said = "", f"已保存：{name}。" if in_use else f"已停用：{name}。"
            await read_rules(self)


async def _done(page: AreaRulesState, order: Order) -> bool:
    session = await page.get_state(SessionState)
    session.notice = session.notice_code = ""
    return await do(page, _do_once, order) is not None


def _do_once(act: Act, order: Order) -> Done:
    return do_deed(act, order)


async def read_rules(page: AreaRulesState) -> None:
    """Read everything anew, with the id for the next change."""
    rules = await look(page, see_area_rules)
    lines = await look(page, list_lines)
    if rules is None or lines is None:
        return
    page.levels = [Choice(level.value, name) for level, name in rules.level_names.items()]
    page.least, page.most = str(rules.limits.least), str(rules.limits.most)
    page.version, page._uid = rules.version, str(uuid4())  # noqa: SLF001 - its own
    page.lines = [
        LineSetting(str(line.id), line.name, "示例，可改" if line.is_example else "", line.version)
        for line in lines
    ]
    page.is_ready = True
