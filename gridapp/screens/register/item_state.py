"""The record of a round that is open: what each found of it, the finding or decision to come."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.registering import VERIFIED, Verified
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.register.parts import FactRow
from gridapp.screens.register.verify_state import VerifyState, read_round
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.services.register.risks import list_risks
from gridapp.services.verification.see_item import NOTHING, FindingView, ItemView, see_item
from gridapp.ui.fields import Choice

_NO: Final = "无"
_SAID: Final = frozenset(
    {Verified.CONFIRMED, Verified.CORRECTED, Verified.GONE, Verified.NOT_FOUND}
)
_KEEP: Final = "按登记簿现在的内容"


@dataclass(frozen=True)
class FindingRow:
    """What one verifier found."""

    id: str
    what: str
    when: str
    changes: str
    words: str


@dataclass(frozen=True)
class ShownItem:
    """The head of the record that is open."""

    record: str = ""
    version: int = 0
    item_version: int = 0
    title: str = ""
    status: str = ""
    decided: str = ""
    is_home: bool = True
    may_verify: bool = False
    may_decide: bool = False


class ItemState(SessionState):
    """One record of a round; each deed's id is made when its form opens."""

    item: ShownItem = ShownItem()
    facts: list[FactRow] = []
    findings: list[FindingRow] = []
    picks: list[Choice] = []
    risks: list[Choice] = []
    outcome: str = ""
    busy: bool = False
    uid: str = ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def open_item(self, record: str) -> None:
        """Open a record of the round."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = self.outcome = ""
        self.uid, self.busy = str(uuid4()), False
        await _read(self, record[:64])

    @rx.event
    @allow(*REGISTER_READERS)
    async def choose(self, outcome: str) -> None:
        """Say what came of it; 已更正 asks what is right instead."""
        self.outcome = outcome if outcome in _SAID else ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def close_item(self) -> None:
        """Put the record away."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.item = ShownItem()

    @rx.event
    @allow(*REGISTER_READERS)
    async def verify(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Record the finding whose form is open; a second tap finds it closed."""
        if not self.item.record or self.outcome not in _SAID or self.busy:
            return
        self.busy = True
        yield
        page = await self.get_state(VerifyState)
        facts = finding_of(form, self.outcome, page.round.id, is_home=self.item.is_home)
        order = Order(
            Deed.VERIFY_RECORD, self.item.record, facts, self.item.version, uid=uid_of(self.uid)
        )
        await _finish(self, page, order)

    @rx.event
    @allow(*REGISTER_READERS)
    async def decide(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Decide a disputed record; a second tap finds it closed."""
        if not self.item.record or self.busy:
            return
        self.busy = True
        yield
        page = await self.get_state(VerifyState)
        facts = {
            "verification": page.round.id,
            "finding": str(form.get("finding", "")),
            "words": str(form.get("words", "")).strip(),
        }
        item, uid = self.item, uid_of(self.uid)
        order = Order(Deed.DECIDE_RECORD, item.record, facts, item.item_version, uid=uid)
        await _finish(self, page, order)


async def _finish(state: ItemState, page: VerifyState, order: Order) -> None:
    session = await state.get_state(SessionState)
    session.notice = session.notice_code = ""
    done = await do(state, do_deed, order)
    state.busy = False
    if done is not None:
        state.item, state.outcome = ShownItem(), ""
        await read_round(page)


def finding_of(
    form: dict[str, Any], outcome: str, verification: str, *, is_home: bool
) -> dict[str, Any]:
    """Turn what a form sent into a finding: what was left empty is as it was."""
    said = {
        name: value.strip()
        for name, value in form.items()
        if isinstance(value, str) and value.strip()
    }
    facts: dict[str, Any] = {
        "verification": verification, "outcome": outcome, "words": said.pop("words", ""),
    }  # fmt: skip
    if outcome == Verified.CORRECTED:
        right = {name: "" if value == _NO else value for name, value in said.items()}
        facts["household" if is_home else "premises"] = right
    return facts


async def _read(state: ItemState, record: str) -> None:
    page = await state.get_state(VerifyState)
    found = await look(state, _see, page.round.id, record)
    if found is None:
        return
    view, risks = found
    state.item = ShownItem(
        record=view.record, version=view.version, item_version=view.item_version,
        title=f"{view.place} {view.who}".strip(), status=view.status_label,
        decided=view.decided_words, is_home=view.is_home, may_verify=view.may_verify,
        may_decide=view.may_decide,
    )  # fmt: skip
    state.facts = [FactRow(label, value) for label, value in view.facts if value != NOTHING]
    state.findings = [_finding(one) for one in view.findings]
    picks = [one for one in view.findings if one.outcome != Verified.NOT_FOUND]
    state.picks = [Choice("", _KEEP), *(Choice(one.id, _pick(one)) for one in picks)]
    state.risks = risks


def _see(act: Act, verification: str, record: str) -> tuple[ItemView, list[Choice]]:
    view = see_item(act, verification, record)
    return view, [Choice(risk.code, risk.name) for risk in list_risks(act)]


def _changes(one: FindingView) -> str:
    return "；".join(f"{c.label}：{c.before}改为{c.after}" for c in one.changes)


def _pick(one: FindingView) -> str:
    told = f"（{_changes(one)}）" if one.changes else ""
    return f"按{one.by}：{VERIFIED[Verified(one.outcome)]}{told}"


def _finding(one: FindingView) -> FindingRow:
    stands = "，已写入登记簿" if one.is_applied else "，没有写入登记簿"
    what = one.outcome_label + (stands if one.changes else "")
    return FindingRow(one.id, what, f"{one.at_words} · {one.by}", _changes(one), one.words)
