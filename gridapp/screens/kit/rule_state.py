"""The state of a page of rules: its lists, the form that is open, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import reflex as rx

from gridapp.domain.errors import NotThereError
from gridapp.domain.fields import OneOf, labels_of, read_all, read_changed, typed
from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.screens.kit.changes import ChangeRow, cancel_once, read_changes
from gridapp.screens.kit.form_state import CLOSED, FormFacts, FormState, OpenForm, from_words
from gridapp.screens.kit.rule_list import RuleItem, RuleList, Swatch
from gridapp.screens.session import look
from gridapp.screens.staff import greet
from gridapp.services.desk import Act
from gridapp.ui.fields import Choice

_SEARCH_MAX: Final = 40
_RESTORED: Final = "已启用。"


@dataclass(frozen=True)
class RuleCell:
    """A row as the list shows it."""

    code: str
    title: str
    context: str
    lines: list[str]
    swatch: Swatch
    is_example: bool
    is_own: bool
    is_retired: bool
    ahead: int


@dataclass(frozen=True)
class RuleGroup:
    """The rows under one heading; without a name there is but one."""

    name: str
    count: str
    rows: list[RuleCell]


@dataclass(frozen=True)
class _Read:
    """What stands now of one list, and what its form may choose from."""

    items: Sequence[RuleItem]
    options: dict[str, list[Choice]]


class RulePageState(FormState, mixin=True):
    """The lists of a page, and the rule whose form is open."""

    lists: ClassVar[tuple[RuleList, ...]] = ()

    is_ready: bool = False
    groups: dict[str, list[RuleGroup]] = {}
    q: str = ""
    with_retired: bool = False
    link: str = ""
    retire_asked: str = ""
    changes: list[ChangeRow] = []
    _kind: str = ""

    @rx.event
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        self.said = self.q = self.link = ""
        self.open = CLOSED
        await self._read()

    @rx.event
    async def search(self, form: FormFacts) -> None:
        """Show the rows whose title holds these words."""
        self.q = typed(form, "q")[:_SEARCH_MAX]
        await self._read()

    @rx.event
    async def clear_search(self) -> None:
        """Show all rows again."""
        self.q = ""
        await self._read()

    @rx.event
    async def toggle_retired(self) -> None:
        """Show the rows out of use too, or no longer."""
        self.with_retired = not self.with_retired
        await self._read()

    async def _read(self) -> None:
        groups = {}
        for each in self.lists:
            items = await look(self, each.read)
            if items is None:
                return
            groups[each.kind.value] = _groups(self._shown(each, items))
        self.groups, self.is_ready = groups, True

    def _shown(self, of: RuleList, items: Sequence[RuleItem]) -> list[RuleItem]:
        if not of.is_searched:
            return list(items)
        return [
            item
            for item in items
            if self.q.casefold() in item.title.casefold()
            and (self.with_retired or not item.is_retired or item.ahead_count)
        ]

    def _list_of(self, kind: str) -> RuleList | None:
        return next((each for each in self.lists if each.kind == kind), None)

    @rx.event
    async def open_form(self, kind: str, code: str) -> None:
        """Open the form of a row, with what stands now; without a code that of a new one."""
        await self._quiet()
        await self._open(kind, code)

    async def _open(self, kind: str, code: str) -> None:
        of = self._list_of(kind)
        if of is None or (not code and of.add is None):
            return
        found = await look(self, _read_list, of)
        item = next((item for item in found.items if item.code == code), None) if found else None
        if found is None or (code and item is None):
            return
        deed = of.change if item else of.add
        assert deed is not None, "asked above"
        self._kind, self.retire_asked, self.said, self.link = kind, "", "", ""
        self.changes = await read_changes(self, of.kind, code) if item else []
        form = OpenForm(
            deed=deed.value, label=(item.label if item else "") or DEED[deed], code=code,
            fills=of.begin(item), options=found.options,
            is_retired=item.is_retired if item else False, is_own=item.is_own if item else False,
            notes=[*_fixed(of, item), *item.notes] if item else [],
        )  # fmt: skip
        await self._begin(form, item.version if item else None)

    async def _weigh(self) -> None:
        of = self._list_of(self._kind)
        if of is not None and of.weigh is not None and self.open.deed:
            weighed = await look(self, of.weigh, self.open.code, dict(self._tried))
            self.preview = weighed or self.preview

    @rx.event
    async def submit(self, form: FormFacts) -> None:
        """Do what the form asks; a second tap finds it closed."""
        of = self._list_of(self._kind)
        if of is None or not self.open.deed:
            return
        await self._quiet()
        facts = await look(self, _facts, of, dict(form), dict(self.open.fills), self.open.code)
        if facts is not None:
            on = str(facts.get("from_on", ""))
            when = from_words(on, self.open.today)
            await self._finish(of, Deed(self.open.deed), facts, of.saved.format(when=when))

    @rx.event
    async def ask_retire(self) -> None:
        """Say what hangs on it, before it is taken out of use."""
        await self._quiet()
        of = self._list_of(self._kind)
        if of is not None and of.retire and self.open.code and not self.open.is_retired:
            self.retire_asked = await look(self, _asked, of, self.open.code) or ""

    @rx.event
    async def keep_it(self) -> None:
        """Leave it in use after all."""
        await self._quiet()
        self.retire_asked = ""

    @rx.event
    async def retire(self) -> None:
        """Take it out of use, or back into it, from today on."""
        of, is_out = self._list_of(self._kind), self.open.is_retired
        if of is not None and of.retire and self.open.code and (is_out or self.retire_asked):
            said = _RESTORED if is_out else of.retired
            await self._finish(of, of.retire, {"retired": not is_out}, said)

    @rx.event
    async def restore(self) -> None:
        """Go back to the words that the program brings."""
        of = self._list_of(self._kind)
        if of is not None and of.restore and self.open.is_own:
            await self._finish(of, of.change, {"words": ""}, of.restored)

    @rx.event
    async def place(self, way: str) -> None:
        """Move the row one place up or down; its form stays open."""
        of = self._list_of(self._kind)
        if of is None or of.place is None or not self.open.code:
            return
        code, self._version = self.open.code, None
        if await self._do(of.place, {"up": way == "up"}, {}) is not None:
            await self._read()
            await self._open(of.kind.value, code)

    @rx.event
    async def cancel(self, change_id: int) -> None:
        """Cancel a change that lies ahead, and begin the form anew."""
        await self._quiet()
        if await cancel_once(self, change_id) and self.open.code:
            await self._open(self._kind, self.open.code)
            await self._read()

    async def _finish(self, of: RuleList, deed: Deed, facts: dict[str, Any], said: str) -> None:
        is_now = facts.get("from_on", self.open.today) == self.open.today
        if await self._do(deed, facts, labels_of(of.fields)) is None:
            return
        link = next((i.link for i in await self._items(of) if i.code == self.open.code), "")
        self.open, self.said, self.link = CLOSED, said, link if is_now else ""
        await self._read()

    async def _items(self, of: RuleList) -> Sequence[RuleItem]:
        return await look(self, of.read) or ()


def _fixed(of: RuleList, item: RuleItem) -> list[str]:
    """Say what never changes of a row."""
    return [
        f"{each.label}：{each.kind.words[item.values[each.name]]}"
        for each in of.fields
        if each.is_fixed and isinstance(each.kind, OneOf)
    ]


def _read_list(act: Act, of: RuleList) -> _Read:
    return _Read(of.read(act), of.options(act) if of.options else {})


def _facts(
    _act: Act, of: RuleList, form: FormFacts, began: dict[str, str], code: str
) -> dict[str, Any]:
    """Give what differs from what the form began with; of something new everything.

    Raises:
        FactsError: A field cannot be read.
    """
    fields = of.asked(is_new=not code)
    facts = read_changed(fields, form, began) if code else read_all(fields, form)
    from_on = typed(form, "from_on")
    return facts | ({"from_on": from_on} if from_on else {})


def _asked(act: Act, of: RuleList, code: str) -> str:
    item = next((item for item in of.read(act) if item.code == code), None)
    if item is None:
        raise NotThereError
    return of.ask(act, item)


def _groups(items: Sequence[RuleItem]) -> list[RuleGroup]:
    names = dict.fromkeys(item.group for item in items)
    return [
        RuleGroup(name, f"{len(rows)}项", rows)
        for name in names
        if (rows := [_cell(item) for item in items if item.group == name])
    ]


def _cell(item: RuleItem) -> RuleCell:
    return RuleCell(
        code=item.code, title=item.title, context=item.context, lines=list(item.lines),
        swatch=item.swatch, is_example=item.is_example, is_own=item.is_own,
        is_retired=item.is_retired, ahead=item.ahead_count,
    )  # fmt: skip
