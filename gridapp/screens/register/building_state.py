"""What a building's page shows: its facts, its codes, its doors as floors and units, its shops."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from gridapp.domain.codes import spaced_code
from gridapp.domain.permissions import may_at_all
from gridapp.domain.registering import Tenure
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.guard.middleware import actor_of_event
from gridapp.screens.register.doing import HOME, PREMISES, REFRESH, RegisterFormState
from gridapp.screens.register.listing_state import RegisterRow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.register.see_building import see_building
from gridapp.services.register.views import BuildingView, CodeView, HouseholdLine
from gridapp.services.verification.found import RoundHere, list_rounds_at

_OTHER: Final = "其他"
_MORE: Final = "户数很多，这里只列出一部分，其余请在户室里搜索。"


@dataclass(frozen=True)
class DoorChip:
    """A door: its number, who lives there masked, and how, for who hears the page."""

    key: str
    door: str
    who: str
    said: str
    look: str


@dataclass(frozen=True)
class UnitDoors:
    """The doors of one unit on one floor."""

    key: str
    doors: list[DoorChip]


@dataclass(frozen=True)
class FloorRow:
    """One floor over all units."""

    label: str
    units: list[UnitDoors]


@dataclass(frozen=True)
class CodeRow:
    """A code with what became of it."""

    code: str
    words: str
    state: str
    context: str
    is_standing: bool


@dataclass(frozen=True)
class ShownBuilding:
    """The facts of a building."""

    id: str = ""
    version: int = 0
    name: str = ""
    address: str = ""
    grid: str = ""
    size: str = ""
    households: str = ""
    code: str = ""
    is_retired: bool = False
    more: str = ""


@dataclass(frozen=True)
class FoundButton:
    """What opens the form for something that a round has found in this building."""

    subject: str
    label: str


class BuildingState(SessionState):
    """One building; ``may`` are the deeds that are open to the reader."""

    shown: bool = False
    missing: bool = False
    building: ShownBuilding = ShownBuilding()
    heads: list[str] = []
    floors: list[FloorRow] = []
    codes: list[CodeRow] = []
    shops: list[RegisterRow] = []
    found_homes: list[FoundButton] = []
    found_shops: list[FoundButton] = []
    may: list[str] = []

    @rx.event
    @allow(*REGISTER_READERS)
    async def load(self) -> None:
        """Open the building that the address names."""
        await greet(self)
        (await self.get_state(RegisterFormState)).close("building")
        await read_building(self, self.router.url.query_parameters.get("id", ""))


async def read_building(page: BuildingState, building: str) -> None:
    """Read a building."""
    view = await look(page, see_building, building[:32])
    page.shown, page.missing = view is not None, view is None
    if view is None:
        return
    page.building = _shown(view)
    page.heads, page.floors = floors_of(view)
    page.codes = [_code(code) for code in view.codes]
    page.may = [button.deed for button in view.buttons]
    if page.building.code:
        page.may = [deed for deed in page.may if deed != Deed.ISSUE_CODE]
    await _read_rounds(page)
    page.shops = [
        RegisterRow(
            p.id, f"record?id={p.id}", p.name, " · ".join(filter(None, (p.place, p.trade))),
            f"{p.kind_label}，{p.risk}", p.due_state, p.due_words,
        )
        for p in view.premises
    ]  # fmt: skip


async def _read_rounds(page: BuildingState) -> None:
    page.found_homes, page.found_shops = [], []
    if page.building.is_retired or not may_at_all(Deed.VERIFY_RECORD, actor_of_event().roles):
        return
    here = await look(page, list_rounds_at, page.building.id) or ()
    page.found_homes = _buttons(page, [one for one in here if one.has_homes], HOME)
    page.found_shops = _buttons(page, [one for one in here if one.has_premises], PREMISES)


def _buttons(page: BuildingState, rounds: list[RoundHere], which: str) -> list[FoundButton]:
    several = len(rounds) > 1
    return [
        FoundButton(
            f"{one.id} {page.building.id} {which}", f"新发现（{one.name}）" if several else "新发现"
        )
        for one in rounds
    ]


async def _refresh(state: rx.State) -> None:
    page = await state.get_state(BuildingState)
    await read_building(page, page.building.id)


REFRESH["building"] = _refresh


def _shown(view: BuildingView) -> ShownBuilding:
    standing = [code.code for code in view.codes if code.state != "retired"]
    return ShownBuilding(
        id=str(view.id), version=view.version, name=view.name, address=view.address,
        grid=view.grid, size=f"{view.unit_count}个单元，{view.floor_count}层",
        households=f"已登记{view.on_record_count}户，共{view.household_count}户",
        code=standing[0] if standing else "", is_retired=view.is_retired,
        more=_MORE if view.has_more_doors else "",
    )  # fmt: skip


def floors_of(view: BuildingView) -> tuple[list[str], list[FloorRow]]:
    """Lay the doors out as floors over units, the highest floor first, as one sees the house."""
    by_place: dict[tuple[int | None, str], list[DoorChip]] = {}
    for door in view.doors:
        by_place.setdefault((door.floor, door.unit), []).append(_chip(door))
    units = list(dict.fromkeys(door.unit for door in view.doors))
    units.sort(key=lambda unit: (len(unit), unit))
    floors = sorted({door.floor for door in view.doors if door.floor is not None}, reverse=True)
    levels: list[int | None] = [
        *floors,
        *([None] if any(d.floor is None for d in view.doors) else []),
    ]
    rows = [
        FloorRow(
            _OTHER if floor is None else f"{floor}层",
            [UnitDoors(unit or "-", by_place.get((floor, unit), [])) for unit in units],
        )
        for floor in levels
    ]
    return [f"{unit}单元" if unit else "全楼" for unit in units], rows


def _chip(door: HouseholdLine) -> DoorChip:
    is_empty = door.tenure == Tenure.VACANT
    who = "空置" if is_empty else door.who or "未登记"
    return DoorChip(
        door.id, door.door, who, f"{door.tenure_label}", "vacant" if is_empty else door.tenure
    )


def _code(view: CodeView) -> CodeRow:
    told = [f"{view.issued_words}发码"]
    if view.printed_words:
        told.append(f"{view.printed_words}打印")
    if view.retired_words:
        told.append(f"{view.retired_words}停用")
    if view.successor:
        told.append(f"由{view.successor}接替")
    if view.why:
        told.append(view.why)
    words, is_standing = spaced_code(view.code), view.state != "retired"
    return CodeRow(view.code, words, view.state_label, "，".join(told), is_standing)
