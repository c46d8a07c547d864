"""What a record's page shows: a household or a shop, masked; who it is, is shown for a reason."""

from dataclasses import dataclass

import reflex as rx

from gridapp.domain.errors import NotThereError
from gridapp.guard.allow import allow
from gridapp.screens.register.doing import REFRESH, RegisterFormState
from gridapp.screens.register.parts import FactRow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.desk import Act
from gridapp.services.register.read import see_premises, see_record
from gridapp.services.register.reveal import reveal_record
from gridapp.services.register.views import PremisesView, RecordView


@dataclass(frozen=True)
class ShownRecord:
    """The head of a record."""

    id: str = ""
    version: int = 0
    title: str = ""
    building: int = 0
    due_state: str = ""
    due_words: str = ""
    contact: str = ""
    is_home: bool = True
    is_struck: bool = False


@dataclass(frozen=True)
class CheckRow:
    """One check that was made."""

    key: str
    what: str
    when: str
    text: str
    case_no: str


class RecordState(SessionState):
    """One record. What was revealed stands only until the page is opened again or left."""

    shown: bool = False
    missing: bool = False
    record: ShownRecord = ShownRecord()
    facts: list[FactRow] = []
    checks: list[CheckRow] = []
    may: list[str] = []
    asking: bool = False
    revealed: str = ""
    revealed_phone: str = ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def load(self) -> None:
        """Open the record that the address names."""
        await greet(self)
        (await self.get_state(RegisterFormState)).close("record")
        self.revealed = self.revealed_phone = ""
        self.asking = False
        await read_record(self, self.router.url.query_parameters.get("id", ""))

    @rx.event
    @allow(*REGISTER_READERS)
    async def ask(self) -> None:
        """Ask for the reason."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.asking = True

    @rx.event
    @allow(*REGISTER_READERS)
    async def hide(self) -> None:
        """Put the reason's form away, and mask again what was revealed."""
        self.asking = False
        self.revealed = self.revealed_phone = ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def reveal(self, form: dict[str, str]) -> None:
        """Show who it is, for a reason that stays on record."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        found = await do(self, reveal_record, self.record.id, str(form.get("words", "")))
        if found is not None:
            told = (found.name or "没有登记姓名", found.phone or "没有登记电话")
            self.revealed = "，".join(told)
            self.revealed_phone = found.phone.replace(" ", "")
            self.asking = False


async def read_record(page: RecordState, record: str) -> None:
    """Read a record, whichever it is."""
    view = await look(page, _see, record[:64])
    page.shown, page.missing = view is not None, view is None
    if isinstance(view, RecordView):
        page.record, page.facts, page.checks = _home(view), _home_facts(view), []
    elif view is not None:
        page.record, page.facts, page.checks = _shop(view), _shop_facts(view), _checks(view)
    page.may = [button.deed for button in view.buttons] if view else []


def _see(act: Act, record: str) -> RecordView | PremisesView:
    try:
        return see_record(act, record)
    except NotThereError:
        return see_premises(act, record)


async def _refresh(state: rx.State) -> None:
    page = await state.get_state(RecordState)
    await read_record(page, page.record.id)


REFRESH["record"] = _refresh


def _home(view: RecordView) -> ShownRecord:
    return ShownRecord(
        id=view.id, version=view.version, title=f"{view.building} {view.door_words}",
        building=view.building_id, contact=view.contact, is_struck=view.is_struck,
    )  # fmt: skip


def _home_facts(view: RecordView) -> list[FactRow]:
    return _told(
        ("户主", view.who), ("电话", view.phone_masked),
        ("人数", f"{view.head_count}人" if view.head_count else ""),
        ("居住性质", view.tenure_label), ("备注", view.remarks), ("网格", view.grid),
        ("最近修改", view.changed_words),
    )  # fmt: skip


def _shop(view: PremisesView) -> ShownRecord:
    return ShownRecord(
        id=view.id, version=view.version, title=view.line.name, building=view.building_id,
        due_state=view.line.due_state, due_words=view.line.due_words, is_home=False,
        is_struck=view.is_struck,
    )  # fmt: skip


def _shop_facts(view: PremisesView) -> list[FactRow]:
    return _told(
        ("类型", view.line.kind_label), ("业态", view.line.trade), ("地点", view.line.place),
        ("风险等级", f"{view.line.risk}，{view.rhythm_words}检查"), ("负责人", view.who),
        ("电话", view.phone_masked), ("信用代码", view.credit_code), ("备注", view.remarks),
        ("网格", view.line.grid),
    )  # fmt: skip


def _told(*pairs: tuple[str, str]) -> list[FactRow]:
    return [FactRow(label, value) for label, value in pairs if value]


def _checks(view: PremisesView) -> list[CheckRow]:
    return [
        CheckRow(
            str(number), check.outcome_label, f"{check.on_words} · {check.by}",
            check.text, check.case_no,
        )
        for number, check in enumerate(view.checks)
    ]  # fmt: skip
