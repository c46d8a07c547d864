"""Who lives behind the demo's doors, what shops there are, and a verification that is under way."""

from datetime import timedelta
from random import Random
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from gridapp.demo.areas import Place, Row
from gridapp.demo.names import draw_mobile, draw_name
from gridapp.demo.rounds import tell_round
from gridapp.demo.stage import Stage
from gridapp.demo.writing import write_rows
from gridapp.domain.registering import PremisesKind, Tenure, parse_door
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.register.households import place_of
from gridapp.tables import (
    Building,
    Household,
    Premises,
    PremisesCheck,
    RiskClass,
    Verification,
    VerificationFinding,
    VerificationGrid,
    VerificationItem,
)

_TENURES: Final = (
    *(Tenure.OWN,) * 14, *(Tenure.RENTED,) * 4, Tenure.VACANT, Tenure.UNKNOWN,
)  # fmt: skip
_ROOMS: Final = ("01", "02")
_WITH_PHONE: Final = 0.8


class _Trade(NamedTuple):
    kind: PremisesKind
    name: str
    trade: str
    risk: str


_S, _E, _P = PremisesKind.SHOP, PremisesKind.ENTERPRISE, PremisesKind.PLACE
_ON_THE_STREET: Final = (
    _Trade(_S, "小吃店", "小餐饮", "higher"), _Trade(_S, "便利店", "小商店", "ordinary"),
    _Trade(_S, "理发店", "小服务", "low"), _Trade(_S, "电动车行", "小维修", "higher"),
    _Trade(_P, "社区幼儿园", "学校", "higher"), _Trade(_E, "物业服务公司", "物业", "low"),
)  # fmt: skip
_DEDICATED: Final = (
    _Trade(_S, "火锅店", "餐饮", "higher"), _Trade(_S, "服装店", "零售", "ordinary"),
    _Trade(_S, "奶茶店", "小餐饮", "ordinary"), _Trade(_E, "贸易公司", "商贸", "low"),
    _Trade(_E, "科技公司", "办公", "low"), _Trade(_P, "地下停车库", "车库", "ordinary"),
    _Trade(_P, "仓库", "仓储", "major"),
)  # fmt: skip
_FOUND: Final = ("灭火器过了有效期", "后门堆着纸箱，通道只剩一半", "插线板串接使用")


def write_register(act: Act, stage: Stage, seed: str, contacts: list[Row]) -> None:
    """Enter everybody of the first street, with the same names that the workers' visits know."""
    chance = Random(f"{seed}:register")
    sizes = {
        row.id: (row.unit_count, row.floor_count, row.household_count)
        for row in act.session.execute(
            select(
                col(Building.id), col(Building.unit_count), col(Building.floor_count),
                col(Building.household_count),
            )
        )
    }  # fmt: skip
    known = {_door_of(row): row for row in contacts}
    homes: list[Row] = []
    for place in stage.places:
        units, floors, count = sizes[place.building_id]
        if count:
            homes += _homes(stage, chance, place, (units, floors), known, len(homes))
    write_rows(act, Household, homes)
    risks: Any = act.session.execute(select(RiskClass)).scalars().all()
    shops, checks = _shops(stage, chance, {row.code: row for row in risks})
    write_rows(act, Premises, shops)
    write_rows(act, PremisesCheck, checks)
    told = tell_round(stage, chance, homes)
    write_rows(act, Verification, told.rounds)
    write_rows(act, VerificationGrid, told.grids)
    write_rows(act, VerificationItem, told.items)
    write_rows(act, VerificationFinding, told.findings)


def _door_of(contact: Row) -> tuple[int, str, str]:
    door = parse_door(contact["door"])
    return contact["building_id"], door.unit, door.room


def _homes(  # noqa: PLR0913, PLR0917 - a building is told by all of them
    stage: Stage,
    chance: Random,
    place: Place,
    size: tuple[int, int],
    known: dict[tuple[int, str, str], Row],
    already: int,
) -> list[Row]:
    homes: list[Row] = []
    made_at = stage.now - timedelta(days=chance.randint(60, 300))
    units, floors = size
    for unit in map(str, range(1, units + 1)):
        for door in (f"{floor}{room}" for floor in range(1, floors + 1) for room in _ROOMS):
            contact = known.get((place.building_id, unit, door))
            tenure = Tenure.OWN if contact else chance.choice(_TENURES)
            is_empty = tenure is Tenure.VACANT
            phone = draw_mobile(chance) if chance.random() < _WITH_PHONE else ""
            homes.append(
                {
                    "id": already + len(homes) + 1, "uid": draw_uid(chance), "version": 1,
                    "building_id": place.building_id, **place_of(unit, door, None),
                    "name": contact["name"] if contact else "" if is_empty else draw_name(chance),
                    "phone": contact["phone"] if contact else "" if is_empty else phone,
                    "head_count": 0 if is_empty else chance.choice((1, 2, 2, 3, 3, 3, 4, 5)),
                    "tenure": tenure, "remarks": "", "made_at": made_at, "changed_at": made_at,
                    "retired_at": None,
                }
            )  # fmt: skip
    return homes


def _shops(
    stage: Stage, chance: Random, risks: dict[str, RiskClass]
) -> tuple[list[Row], list[Row]]:
    shops: list[Row] = []
    checks: list[Row] = []
    by_home: dict[int, list[Place]] = {}
    for place in stage.places:
        by_home.setdefault(place.home_id, []).append(place)
    for home_id, places in by_home.items():
        is_dedicated = len(places) == 1
        for number, trade in enumerate(_DEDICATED if is_dedicated else _ON_THE_STREET):
            place = chance.choice(places)
            shop = _shop(stage, chance, place, trade, risks[trade.risk], len(shops) + 1)
            shop["spot"] = f"{number // 3 + 1}层{number % 3 + 1}号" if is_dedicated else "一层临街"
            shops.append(shop)
            if shop["last_check_on"]:
                worker = stage.staff.worker_of[home_id]
                checks.append(_check(stage, chance, shop, worker))
    return shops, checks


def _shop(  # noqa: PLR0913, PLR0917 - a shop is told by all of them
    stage: Stage, chance: Random, place: Place, trade: _Trade, risk: RiskClass, number: int
) -> Row:
    today = beijing_date(stage.now)
    back = chance.randint(1, risk.interval_days + 4)
    last_on = today - timedelta(days=back)
    family = draw_name(chance)
    made_at = stage.now - timedelta(days=300)
    return {
        "id": number, "uid": draw_uid(chance), "version": 1, "kind": trade.kind,
        "building_id": place.building_id, "spot": "", "name": f"{family[0]}记{trade.name}"
        if trade.kind is PremisesKind.SHOP else f"{place.name[:2]}{trade.name}",
        "trade": trade.trade, "credit_code": "", "contact": family,
        "phone": draw_mobile(chance), "risk_id": risk.id, "remarks": "", "last_check_on": last_on,
        "next_check_on": last_on + timedelta(days=risk.interval_days), "made_at": made_at,
        "changed_at": made_at, "retired_at": None,
    }  # fmt: skip


def _check(stage: Stage, chance: Random, shop: Row, worker: int) -> Row:
    found = chance.random() < 0.1
    if found:
        shop["next_check_on"] = shop["last_check_on"] + timedelta(days=3)
    back = (beijing_date(stage.now) - shop["last_check_on"]).days
    return {
        "uid": draw_uid(chance), "premises_id": shop["id"], "person_id": worker,
        "checked_on": shop["last_check_on"], "outcome": "found" if found else "fine",
        "text": chance.choice(_FOUND) if found else "", "next_on": shop["next_check_on"],
        "case_id": None, "received_at": stage.now - timedelta(days=back),
    }  # fmt: skip


def draw_uid(chance: Random) -> UUID:
    """Draw an id that is the same each time."""
    return UUID(int=chance.getrandbits(128), version=4)
