"""The form that is open on the page of care colours: a colour, or a reason to visit."""

import re
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.errors import FactsError
from gridapp.domain.labels import DEED
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.changes import ChangeRow, cancel_once, read_changes
from gridapp.screens.admin.colour_state import ColourRow, ColoursState, KindRow, read_colours
from gridapp.screens.admin.forming import FormFacts, said, whole_said
from gridapp.screens.admin.once import do_once, quiet, said_from, today_of
from gridapp.screens.session import SessionState, look
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act
from gridapp.services.rulebook.visit_kinds import KindUseView, see_kind_use

_FORMS: Final = {Deed.CHANGE_COLOUR, Deed.ADD_VISIT_KIND, Deed.CHANGE_VISIT_KIND}
_BETWEEN: Final = re.compile(r"[、，,;；\n]+")
_RETIRED_SAID: Final = "已停用，以前的记录还在。要恢复：打开它，点「重新启用」。"
_COLOUR_ASKED: Final = (
    "停用「{word}」（{meaning}）？联系户目前不按颜色登记，没有登记受影响；"
    "停用后它的颜色、形状和标签可以给别的用。以后可以重新启用。"
)
_BLANK: Final = {
    "name": "", "interval_days": "30", "hue": "", "shape": "", "word": "", "meaning": "",
    "triggers": "",
}  # fmt: skip


class ColourFormState(SessionState):
    """A form. Its deed's id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    busy: bool = False
    code: str = ""
    values: dict[str, str] = {}
    today: str = ""
    is_retired: bool = False
    retire_asked: str = ""
    changes: list[ChangeRow] = []
    _uid: str = ""
    _version: int | None = None

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_form(self, deed: str, code: str) -> None:
        """Open the form of a deed, with what stands now."""
        if deed not in _FORMS:
            return
        await quiet(self)
        await self._begin(Deed(deed), code)

    async def _begin(self, deed: Deed, code: str) -> None:
        row = await self._row(deed, code)
        if row is None and deed is not Deed.ADD_VISIT_KIND:
            return
        self.code, self._uid, self.label = code, str(uuid4()), DEED[deed]
        self.today, self.values = await today_of(self), _values(row)
        self._version = row.version if row else None
        self.is_retired, self.retire_asked = (row.is_retired if row else False), ""
        kind = RuleKind.COLOUR if deed is Deed.CHANGE_COLOUR else RuleKind.VISIT_KIND
        self.changes = await read_changes(self, kind, code) if row else []
        self.deed = deed.value

    async def _row(self, deed: Deed, code: str) -> ColourRow | KindRow | None:
        page = await self.get_state(ColoursState)
        await read_colours(page)
        rows = page.colours if deed is Deed.CHANGE_COLOUR else page.kinds
        return next((row for row in rows if row.code == code), None)

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
        if self.deed not in _FORMS:
            return
        await quiet(self)
        facts = await look(self, _facts, Deed(self.deed), form, dict(self.values))
        if facts is not None:
            when = said_from(said(form, "from_on"), self.today)
            await self._do(Deed(self.deed), facts, f"已保存，{when}生效。")

    @rx.event
    @allow(*RULE_KEEPERS)
    async def ask_retire(self) -> None:
        """Say what hangs on it, before it is taken out of use."""
        await quiet(self)
        if self.is_retired:
            return
        if self.deed == Deed.CHANGE_COLOUR:
            self.retire_asked = _COLOUR_ASKED.format(**self.values)
        elif self.deed == Deed.CHANGE_VISIT_KIND:
            use = await look(self, see_kind_use, self.code)
            self.retire_asked = _kind_asked(self.values["name"], use) if use else ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def keep(self) -> None:
        """Leave it in use after all."""
        await quiet(self)
        self.retire_asked = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def retire(self) -> None:
        """Take it out of use, or back into it, from today on."""
        if not (self.is_retired or self.retire_asked):
            return
        words = "已启用。" if self.is_retired else _RETIRED_SAID
        facts = {"retired": not self.is_retired}
        if self.deed == Deed.CHANGE_VISIT_KIND:
            await self._do(Deed.RETIRE_VISIT_KIND, facts, words)
        elif self.deed == Deed.CHANGE_COLOUR:
            await self._do(Deed.CHANGE_COLOUR, facts, words)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def cancel(self, change_id: int) -> None:
        """Cancel a change that lies ahead, and begin the form anew."""
        await quiet(self)
        if await cancel_once(self, change_id) and self.deed:
            await self._begin(Deed(self.deed), self.code)

    async def _do(self, deed: Deed, facts: dict[str, Any], words: str) -> None:
        if self.busy:
            return
        self.busy = True
        done = await do_once(self, deed, self.code, facts, self._version, self._uid)
        if done is not None:
            page = await self.get_state(ColoursState)
            await read_colours(page)
            page.said, self.deed = words, ""
        self.busy = False


def _kind_asked(name: str, use: KindUseView) -> str:
    due = f"，其中{use.due_count}户已到期" if use.due_count else ""
    goes_on = f"有{use.households_count}户联系户按这一类走访{due}，都照常到期、照常走访"
    hangs = goes_on if use.households_count else "现在没有联系户按这一类走访"
    return f"停用「{name}」？{hangs}；停用后登记联系户、记走访时不能再选。以后可以重新启用。"


def _values(row: ColourRow | KindRow | None) -> dict[str, str]:
    if isinstance(row, ColourRow):
        told = {n: str(getattr(row, n)) for n in ("hue", "shape", "word", "meaning")}
        told["triggers"] = "、".join(row.triggers)
    else:
        told = {"name": row.name} if row else {}
    days = {"interval_days": str(row.interval_days)} if row else {}
    return _BLANK | told | days


def _facts(_act: Act, deed: Deed, form: FormFacts, began: dict[str, str]) -> dict[str, Any]:
    """Give what differs from what the form began with; an added reason tells everything.

    Raises:
        FactsError: The days are no number, or there are too many occasions.
    """
    is_new = deed is Deed.ADD_VISIT_KIND
    names = ("hue", "shape", "word", "meaning") if deed is Deed.CHANGE_COLOUR else ("name",)
    facts: dict[str, Any] = {
        name: said(form, name) for name in names if is_new or said(form, name) != began[name]
    }
    if is_new or said(form, "interval_days") != began["interval_days"]:
        facts["interval_days"] = whole_said(form, "interval_days", "走访间隔")
    if deed is Deed.CHANGE_COLOUR and said(form, "triggers") != began["triggers"]:
        musts = [part.strip() for part in _BETWEEN.split(said(form, "triggers")) if part.strip()]
        if len(musts) > 5 or any(len(must) > 20 for must in musts):  # noqa: PLR2004 - as the words say
            raise FactsError("必访情形最多5项，每项最多20个字，用顿号分开。")
        facts["triggers"] = musts
    if said(form, "from_on"):
        facts["from_on"] = said(form, "from_on")
    return facts
