"""The form that is open on the page of the category table, and what comes of it."""

from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import DEED, ROOT, URGENCY
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Urgency
from gridapp.guard.allow import allow
from gridapp.screens.admin.category_state import CategoriesState, read_table
from gridapp.screens.admin.changes import ChangeRow, cancel_once, read_changes
from gridapp.screens.admin.forming import (
    FormFacts,
    limit_said,
    limit_values,
    limits_changed,
    said,
)
from gridapp.screens.admin.once import do_once, quiet, said_from, today_of
from gridapp.screens.admin.parts import LIMITS
from gridapp.screens.session import SessionState, look
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.rulebook.table import (
    count_open_cases,
    list_table,
    list_unit_choices,
    preview_promise,
)
from gridapp.services.rulebook.urgencies import list_urgencies
from gridapp.ui.fields import Choice

_FORMS: Final = {Deed.ADD_CATEGORY, Deed.CHANGE_CATEGORY, Deed.CHANGE_URGENCY}
_QUESTIONS: Final = ("q1", "q2", "q3")
_RETIRED_SAID: Final = "已停用，办理中的事照常办完。要恢复：点「含已停用」，打开它，重新启用。"
_CHECKS: Final = ("may_settle", "is_public")


class CategoryFormState(SessionState):
    """A form. Its deed's id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    busy: bool = False
    code: str = ""
    values: dict[str, str] = {}
    units: list[Choice] = []
    preview: str = ""
    today: str = ""
    is_retired: bool = False
    retire_asked: str = ""
    changes: list[ChangeRow] = []
    _uid: str = ""
    _version: int = 0
    _tried: dict[str, str] = {}

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_form(self, deed: str, code: str) -> None:
        """Open the form of a deed, with what stands now."""
        if deed not in _FORMS:
            return
        await quiet(self)
        self.today = await today_of(self)
        self.units = [Choice(u.code, u.name) for u in await look(self, list_unit_choices) or ()]
        await self._begin(Deed(deed), code)

    async def _begin(self, deed: Deed, code: str) -> None:
        self.code, self._uid, self._version = code, str(uuid4()), 0
        self.values, self.changes, self.is_retired = _blank(), [], False
        self.retire_asked = ""
        self.label = DEED[deed]
        kind = RuleKind.URGENCY if deed is Deed.CHANGE_URGENCY else RuleKind.CATEGORY
        if code and not await self._remember(kind):
            return
        self._tried = dict(self.values)
        self.changes = await read_changes(self, kind, code) if code else []
        await self._preview()
        self.deed = deed.value

    async def _remember(self, kind: RuleKind) -> bool:
        """Take what stands now; tells whether there is such a rule."""
        if kind is RuleKind.URGENCY:
            usual = {v.urgency.value: v for v in await look(self, list_urgencies) or ()}
            one = usual.get(self.code)
            if one is None:
                return False
            self._version, self.values = one.version, _blank() | {"urgency": self.code}
            self.label = f"「{URGENCY[one.urgency]}」的默认时限"
            self.values |= _limit_values(one)
            return True
        items = {v.code: v for v in await look(self, list_table, with_retired=True) or ()}
        row = items.get(self.code)
        if row is None:
            return False
        self._version, self.is_retired = row.version, row.is_retired
        asked = dict(zip(_QUESTIONS, [*row.questions, "", "", ""], strict=False))
        self.values = _blank() | {
            "name": row.name, "urgency": row.urgency.value, "unit": row.unit,
            "may_settle": "on" if row.may_settle else "", "root": ROOT[row.root],
            "is_public": "on" if row.is_public else "", **asked, **_limit_values(row),
        }  # fmt: skip
        return True

    @rx.event
    @allow(*RULE_KEEPERS)
    async def try_value(self, name: str, value: str) -> None:
        """Say what would be promised with a value that is being typed."""
        if name in self.values and len(value) <= 64:  # noqa: PLR2004 - no field of this form is longer
            self._tried = self._tried | {name: value.strip()}
            await self._preview()

    async def _preview(self) -> None:
        urgency = Urgency(self._tried.get("urgency") or Urgency.ORDINARY.value)
        limits = [limit_said(self._tried, name) for name in ("accept_limit", "whole_limit")]
        self.preview = await look(self, preview_promise, urgency, *limits) or ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def close_form(self) -> None:
        """Put the form away."""
        await quiet(self)
        self.deed = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def submit(self, form: FormFacts) -> None:
        """Do what the form asks; a second tap finds it closed."""
        if self.deed not in _FORMS or self.busy:
            return
        facts = _facts(Deed(self.deed), form, self.values)
        await self._do(
            Deed(self.deed), facts, f"已保存，{said_from(said(form, 'from_on'), self.today)}生效。"
        )

    @rx.event
    @allow(*RULE_KEEPERS)
    async def ask_retire(self) -> None:
        """Say what depends on the item, before it is taken out of use."""
        if self.deed == Deed.CHANGE_CATEGORY and not self.is_retired:
            count = await look(self, count_open_cases, self.code)
            if count is not None:
                self.retire_asked = _depends_said(self.values["name"], count)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def keep_item(self) -> None:
        """Leave the item in use after all."""
        await quiet(self)
        self.retire_asked = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def retire(self) -> None:
        """Take the item out of use, or back into it, from today on."""
        if self.deed == Deed.CHANGE_CATEGORY and (self.is_retired or self.retire_asked):
            words = "已启用。" if self.is_retired else _RETIRED_SAID
            await self._do(Deed.RETIRE_CATEGORY, {"retired": not self.is_retired}, words)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def move(self, way: str) -> None:
        """Move the item one place up or down."""
        if self.deed == Deed.CHANGE_CATEGORY:
            await self._do(Deed.ORDER_CATEGORY, {"up": way == "up"}, "")

    @rx.event
    @allow(*RULE_KEEPERS)
    async def cancel(self, change_id: int) -> None:
        """Cancel a change that lies ahead, and begin the form anew."""
        await quiet(self)
        if await cancel_once(self, change_id) and self.deed:
            await self._begin(Deed(self.deed), self.code)
            await read_table(await self.get_state(CategoriesState))

    async def _do(self, deed: Deed, facts: dict[str, Any], words: str) -> None:
        self.busy = True
        version = None if deed in {Deed.ADD_CATEGORY, Deed.ORDER_CATEGORY} else self._version
        done = await do_once(self, deed, self.code, facts, version, self._uid)
        if done is not None:
            page = await self.get_state(CategoriesState)
            await read_table(page)
            page.said = words
            self._uid = str(uuid4())
            self.deed = self.deed if deed is Deed.ORDER_CATEGORY else ""
        self.busy = False


def _depends_said(name: str, open_count: int) -> str:
    goes_on = f"有{open_count}件事正在办，会照常办完" if open_count else "现在没有正在办的事"
    return f"停用「{name}」？{goes_on}；停用后上报时不能再选这一项。以后可以重新启用。"


def _blank() -> dict[str, str]:
    named = ("name", "unit", *_QUESTIONS, *_CHECKS)
    blank = dict.fromkeys(named, "") | {"root": "", "urgency": Urgency.ORDINARY.value}
    for name, _ in LIMITS:
        blank |= limit_values(name, "")
    return blank


def _limit_values(view: Any) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, _ in LIMITS:
        values |= limit_values(name, getattr(view, name))
    return values


def _facts(deed: Deed, form: FormFacts, began: dict[str, str]) -> dict[str, Any]:
    """Give what differs from what the form began with; an added item tells everything."""
    facts: dict[str, Any] = limits_changed(form, began)
    if deed is not Deed.CHANGE_URGENCY:
        facts |= {
            n: said(form, n) for n in ("name", "urgency", "unit") if said(form, n) != began[n]
        }
        facts |= {n: bool(form.get(n)) for n in _CHECKS if bool(form.get(n)) != bool(began[n])}
        asked = [said(form, name) for name in _QUESTIONS]
        if asked != [began[name] for name in _QUESTIONS]:
            facts["questions"] = [question for question in asked if question]
    if deed is Deed.ADD_CATEGORY:
        facts |= {"root": said(form, "root"), "name": said(form, "name")}
    if said(form, "from_on"):
        facts["from_on"] = said(form, "from_on")
    return facts
