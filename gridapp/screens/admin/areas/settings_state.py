"""What the town calls its levels, how many households a micro-grid has, which lines there are."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

import reflex as rx

from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import AREA_KEEPERS
from gridapp.services.areas.lines import (
    LineView,
    count_line_contacts,
    list_lines,
    list_retired_lines,
)
from gridapp.services.areas.rules import AreaRulesView, see_area_rules
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.ui.fields import Choice

NEW: Final = "new"
# Of one retired line there is one return: a second tap asks for the same deed again.
_AGAIN: Final = UUID("0b7f0f4e-7f0c-4d0f-9a51-6b8f2f1c9d33")


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
    retired_lines: list[LineSetting] = []
    open_line: str = ""
    line_name: str = ""
    drop_what: str = ""
    said: str = ""
    today: str = ""
    ahead: str = ""
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
        facts["from_on"] = form.get("from_on") or None
        if await self._set_rules(facts):
            is_now = form.get("from_on", "") in {"", self.today}
            self.said = "已保存。" if is_now else "已保存，到那天起生效。"
        await read_rules(self)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def drop_ahead(self) -> None:
        """Give up what lies ahead; what holds now goes on."""
        names = {level.code: level.label for level in self.levels}
        facts = {"level_names": names, "least": self.least, "most": self.most, "drop_ahead": True}
        if await self._set_rules(facts):
            self.said = "已取消，照现在的继续。"
        await read_rules(self)

    async def _set_rules(self, facts: dict[str, Any]) -> bool:
        order = Order(Deed.SET_AREA_RULES, "", facts, self.version, uid=uid_of(self._uid))
        return await _done(self, order)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def edit_line(self, line: str) -> None:
        """Open the form of a line, or of a new one."""
        self.open_line, self.said = line[:9], ""
        self.line_name = next((one.name for one in self.lines if one.id == line), "")
        self._uid = str(uuid4())
        known = self.line_name != ""
        count = await look(self, count_line_contacts, int(line)) if known else None
        self.drop_what = _drop_said(self.line_name, count or 0)

    @rx.event
    @allow(*AREA_KEEPERS)
    async def use_line(self, line: str) -> None:
        """Use a line again, with what was filled in for it; a second tap asks for the same deed."""
        row = next((one for one in self.retired_lines if one.id == line), None)
        if row is None:
            return
        uid = uuid5(_AGAIN, f"{row.id}/{row.version}")
        facts = {"name": row.name, "in_use": True}
        if await _done(self, Order(Deed.CHANGE_LINE, row.id, facts, row.version, uid=uid)):
            self.said = f"已重新启用：{row.name}。"
        await read_rules(self)

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
        order = Order(Deed.CHANGE_LINE, subject, facts, version, uid=uid_of(self._uid))
        if await _done(self, order):
            self.open_line, self.said = "", _said(name, in_use=in_use)
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
    retired = await look(page, list_retired_lines)
    if rules is None or lines is None:
        return
    page.levels = [Choice(level.value, name) for level, name in rules.level_names.items()]
    page.least, page.most = str(rules.limits.least), str(rules.limits.most)
    page.today = await look(page, _today) or ""
    page.ahead = _ahead_words(rules)
    page.version, page._uid = rules.version, str(uuid4())  # noqa: SLF001 - its own
    page.lines = [_setting(line) for line in lines]
    page.retired_lines = [_setting(line) for line in retired or ()]
    page.is_ready = True


def _today(act: Act) -> str:
    return beijing_date(act.now).isoformat()


def _ahead_words(rules: AreaRulesView) -> str:
    """Say what will be otherwise, and from which day on; empty when nothing will."""
    if rules.ahead is None or rules.ahead_on is None:
        return ""
    now, then, on = rules.level_names, rules.ahead.level_names, rules.ahead_on
    told = [f"「{now[one]}」改叫「{then[one]}」" for one in now if then[one] != now[one]]
    if rules.ahead.limits != rules.limits:
        told.append(f"每格{rules.ahead.limits.least}到{rules.ahead.limits.most}户")
    return f"{on.year}年{on.month}月{on.day}日起：{'，'.join(told) or '没有变化'}。"


def _setting(line: LineView) -> LineSetting:
    context = "示例，可改" if line.is_example else ""
    return LineSetting(str(line.id), line.name, context, line.version)


def _said(name: str, *, in_use: bool) -> str:
    if in_use:
        return f"已保存：{name}。"
    return f"已停用：{name}。要恢复：在「已停用的业务线」里点「重新启用」。"


def _drop_said(name: str, count: int) -> str:
    filled = f"{count}个网格填了自己的联系人，都保留" if count else "还没有网格填联系人"
    return f"停用「{name}」？{filled}；停用后网格页不再显示这条线。以后可以重新启用。"
