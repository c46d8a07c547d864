"""The form that is open on a page of the register, and what came of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.labels import DEED
from gridapp.domain.registering import Verified
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.register.contact import add_contact
from gridapp.screens.register.naming import named
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.services.register.risks import list_risks
from gridapp.services.visits.kinds import list_kinds
from gridapp.ui.fields import Choice

_NO: Final = "无"
# The last word of what a finding's form is opened for: the round, the building, and which of them.
HOME: Final = "home"
PREMISES: Final = "premises"
_ON_RECORD: Final = "{}不算新发现，请到「人户核查」里核对那一条。"
_SAID: Final = {Deed.VERIFY_RECORD: "已写入登记簿，并计入「新发现」。"}
_NEEDS_RISKS: Final = {Deed.ENTER_PREMISES, Deed.AMEND_PREMISES, Deed.VERIFY_RECORD}
FORMS: Final = frozenset(
    {
        Deed.ADD_BUILDING, Deed.CHANGE_BUILDING, Deed.RETIRE_BUILDING, Deed.ISSUE_CODE,
        Deed.REPLACE_CODE, Deed.RETIRE_CODE, Deed.ENTER_HOUSEHOLD, Deed.AMEND_HOUSEHOLD,
        Deed.STRIKE_HOUSEHOLD, Deed.ENTER_PREMISES, Deed.AMEND_PREMISES, Deed.STRIKE_PREMISES,
        Deed.CHECK_PREMISES, Deed.ADD_HOUSEHOLD, Deed.START_VERIFICATION, Deed.END_VERIFICATION,
        Deed.VERIFY_RECORD,
    }
)  # fmt: skip


# How each page is read anew after a deed; a page writes itself down where it is written.
REFRESH: Final[dict[str, Callable[[rx.State], Awaitable[None]]]] = {}


class RegisterFormState(SessionState):
    """The form of a deed. The id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    subject: str = ""
    version: int = 0
    busy: bool = False
    said: str = ""
    choices: list[Choice] = []
    uid: str = ""
    where: str = ""

    def close(self, where: str) -> None:
        """Put form and words away, for a page that opens."""
        self.where = where
        self.deed = self.said = ""
        self.busy = False

    @rx.event
    @allow(*REGISTER_READERS)
    async def open_form(self, deed: str, subject: str, version: int) -> None:
        """Open the form of a deed."""
        if deed not in FORMS:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = self.said = ""
        self.subject, self.version, self.uid = subject[:200], version, str(uuid4())
        self.label = _label(deed, self.subject)
        if deed in _NEEDS_RISKS:
            risks = await look(self, list_risks) or ()
            self.choices = [Choice(risk.code, risk.name) for risk in risks]
        elif deed == Deed.ADD_HOUSEHOLD:
            kinds = await look(self, list_kinds) or ()
            self.choices = [Choice(kind.code, kind.name) for kind in kinds]
        self.deed = deed

    @rx.event
    @allow(*REGISTER_READERS)
    async def close_form(self) -> None:
        """Put the form away."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = self.deed = ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def submit(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Do the deed whose form is open; a second tap finds the form closed."""
        if self.deed not in FORMS or self.busy:
            return
        self.busy = True
        yield
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        order = self.deed, self.subject, self.version, self.uid
        done = await do(self, do_named, *order, form)
        self.busy = False
        if done is not None:
            self.said = _SAID.get(Deed(self.deed), f"已{self.label}。")
            self.deed = ""
            if self.where in REFRESH:
                await REFRESH[self.where](self)


def _label(deed: str, subject: str) -> str:
    if deed != Deed.VERIFY_RECORD:
        return DEED[Deed(deed)]
    return "新发现的商铺、企业或场所" if subject.endswith(PREMISES) else "新发现的户"


def do_named(  # noqa: PLR0913, PLR0917 - what an order is made of
    act: Act, deed: str, subject: str, version: int, uid: str, form: dict[str, Any]
) -> Done:
    """Do the deed; a refusal names the fields as the form does, and says what to do instead.

    Raises:
        FactsError: What the form says does not fit.
        ConflictError: Something stands in the way.
    """
    try:
        return _do_once(act, deed, subject, version, uid, form)
    except FactsError as refusal:
        raise named(refusal, deed, subject) from refusal
    except ConflictError as refusal:
        if deed == Deed.VERIFY_RECORD and "record" in (refusal.facts.get("current") or {}):
            raise ConflictError(_ON_RECORD.format(refusal.sentence), **refusal.facts) from refusal
        raise


def _do_once(  # noqa: PLR0913, PLR0917 - what an order is made of
    act: Act, deed: str, subject: str, version: int, uid: str, form: dict[str, Any]
) -> Done:
    facts = facts_of(deed, subject, form)
    if deed == Deed.ADD_HOUSEHOLD:
        return add_contact(act, subject, str(facts.get("kind", "")), uid_of(uid))
    new = {
        Deed.ENTER_HOUSEHOLD, Deed.ENTER_PREMISES, Deed.ISSUE_CODE, Deed.ADD_BUILDING,
        Deed.VERIFY_RECORD,
    }  # fmt: skip
    named = "" if Deed(deed) in new else subject
    return do_deed(act, Order(deed, named, facts, version or None, uid=uid_of(uid)))


def facts_of(deed: str, subject: str, form: dict[str, Any]) -> dict[str, Any]:
    """Turn what a form sent into a deed's facts: what was left empty was not said."""
    facts: dict[str, Any] = {
        name: value.strip()
        for name, value in form.items()
        if isinstance(value, str) and value.strip()
    }
    facts = {name: "" if value == _NO else value for name, value in facts.items()}
    if deed in {Deed.ENTER_HOUSEHOLD, Deed.ENTER_PREMISES}:
        facts["building"] = subject
    if deed == Deed.VERIFY_RECORD:
        return _found(subject, facts)
    if deed == Deed.ADD_BUILDING:
        return facts | {"is_other": bool(form.get("is_other"))}
    if deed == Deed.ISSUE_CODE:
        return {"buildings": [subject] if subject.isdecimal() else []}
    if deed == Deed.CHECK_PREMISES:
        facts["report"] = bool(form.get("report"))
    if deed == Deed.START_VERIFICATION:
        kinds = [
            name for name in ("household", "shop", "enterprise", "place") if facts.pop(name, 0)
        ]
        kinds += [
            name for name in ("household", "shop", "enterprise", "place") if form.get(name) is True
        ]
        facts["kinds"] = list(dict.fromkeys(kinds))
        facts["grids"] = str(facts.get("grids", "")).replace("，", " ").replace("、", " ").split()
    return facts


def _found(subject: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Turn a form about what was not on record into a finding of the round that it opened for."""
    verification, building, *_ = [*subject.split(), "", ""]
    kind = "new_premises" if subject.endswith(f" {PREMISES}") else "new_household"
    return {
        "verification": verification, "outcome": Verified.NEW.value, "building": building,
        kind: facts,
    }  # fmt: skip
