"""The register's own words and rules: doors, tenure, risk, and how a verification stands (登记簿).

Which risk classes there are and how often each is checked is the street's own affair: every class
here is an example to be edited (``gridapp import risk-classes``), never a duty of ours.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

CHECK_INTERVAL_MAX_DAYS: Final = 731
SOON_DAYS: Final = 7
_RETRY_DAYS: Final = 3


class Tenure(StrEnum):
    """How a dwelling is lived in (居住性质)."""

    OWN = "own"
    RENTED = "rented"
    VACANT = "vacant"
    OTHER = "other"
    UNKNOWN = "unknown"


class PremisesKind(StrEnum):
    """What stands in a building beside dwellings (六小场所, 一企一档)."""

    SHOP = "shop"
    ENTERPRISE = "enterprise"
    PLACE = "place"


class CheckOutcome(StrEnum):
    """What came of a check; that nobody opened is an honest outcome."""

    FINE = "fine"
    FOUND = "found"
    CLOSED = "closed"


class RecordKind(StrEnum):
    """What a verification goes through."""

    HOUSEHOLD = "household"
    SHOP = "shop"
    ENTERPRISE = "enterprise"
    PLACE = "place"


class Verified(StrEnum):
    """How a record of a verification stands; what a verifier says is one of the middle five."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    GONE = "gone"
    NOT_FOUND = "not_found"
    NEW = "new"
    CONFLICT = "conflict"


# What tells how it is; a closed door tells nothing, and may be knocked at again.
SETTLED: Final = frozenset({Verified.CONFIRMED, Verified.CORRECTED, Verified.GONE})

TENURE: Final = {
    Tenure.OWN: "自住",
    Tenure.RENTED: "出租",
    Tenure.VACANT: "空置",
    Tenure.OTHER: "其他用途",
    Tenure.UNKNOWN: "未登记",
}

PREMISES_KIND: Final = {
    PremisesKind.SHOP: "商铺",
    PremisesKind.ENTERPRISE: "企业",
    PremisesKind.PLACE: "场所",
}

CHECK_OUTCOME: Final = {
    CheckOutcome.FINE: "未发现问题",
    CheckOutcome.FOUND: "发现问题",
    CheckOutcome.CLOSED: "没开门",
}

RECORD_KIND: Final = {
    RecordKind.HOUSEHOLD: "户室",
    RecordKind.SHOP: "商铺",
    RecordKind.ENTERPRISE: "企业",
    RecordKind.PLACE: "场所",
}

VERIFIED: Final = {
    Verified.OPEN: "待核查",
    Verified.CONFIRMED: "属实",
    Verified.CORRECTED: "已更正",
    Verified.GONE: "已不在",
    Verified.NOT_FOUND: "没见到人",
    Verified.NEW: "新发现",
    Verified.CONFLICT: "有出入",
}


@dataclass(frozen=True, slots=True)
class ExampleRisk:
    """One risk class.

    Args:
        code: Stable for machines, never shown.
        name: What a person chooses.
        interval_days: How often it is checked; 0 is never by itself.
    """

    code: str
    name: str
    interval_days: int


EXAMPLE_RISKS: Final = (
    ExampleRisk("low", "低风险", 180),
    ExampleRisk("ordinary", "一般风险", 90),
    ExampleRisk("higher", "较大风险", 30),
    ExampleRisk("major", "重大风险", 7),
)


# --- doors (门牌) -------------------------------------------------------------------------


class Door(NamedTuple):
    """A door in a building: its staircase, its floor, and what stands on it.

    Args:
        unit: ``2`` of 2单元, or empty where there is but one entrance.
        floor: By the number on the door; None when it does not tell.
        room: ``302``.
    """

    unit: str
    floor: int | None
    room: str


_UNIT: Final = re.compile(r"^(\w{1,4}?)(?:单元|门洞|门(?=-?\d))[-\s]*")
_DASHED: Final = re.compile(r"^(\w{1,4})\s*[-–—－]\s*(\w{2,})$")
_ROOM_ENDING: Final = re.compile(r"\s*(?:号房|房间|室|号|房|户)$")
_NUMBERED: Final = re.compile(r"^(\d{1,2})(\d{2})\D?$", re.ASCII)
_FLOORED: Final = re.compile(r"^(\d{1,2})[楼层](\d{3,4})$", re.ASCII)
_COUNTING: Final = {
    sign: str(value)
    for signs in ("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
    for value, sign in enumerate(signs, start=1)
}
_LONGEST: Final = 40


def parse_door(written: str) -> Door:
    """Read a door as people write it: 2单元302室, 2-302 and 二单元 302 are the same one."""
    plain = "".join(unicodedata.normalize("NFKC", written[:_LONGEST]).split())
    unit, room = "", plain
    if found := _UNIT.match(plain):
        unit, room = found[1], plain[found.end() :]
    elif found := _DASHED.match(plain):
        unit, room = found[1], found[2]
    return Door(plain_unit(unit), floor_of(plain_room(room)), plain_room(room))


def read_door(unit: str, door: str) -> Door:
    """Read a door from two fields, whichever of them says the staircase.

    1单元 1101室 written whole into the second field is the same door as 1 and 1101. Where both
    fields say a staircase and not the same one, the second is kept as it was written.
    """
    given, written = plain_unit(unit), parse_door(door)
    if given and written.unit not in {"", given}:
        room = plain_room(door)
        return Door(given, floor_of(room), room)
    return written._replace(unit=given or written.unit)


def clashing_door(door: Door, others: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Give the door on record that may be the same one: equal, or one of both without staircase.

    Args:
        door: The door to be entered.
        others: Staircase and room of what is on record in the building, as they stand.
    """
    may_be = None
    for unit, room in others:
        there = read_door(unit, room)
        if room_key(there.room) != room_key(door.room):
            continue
        if there.unit == door.unit:
            return unit, room
        if "" in {there.unit, door.unit}:
            may_be = unit, room
    return may_be


def only_unit(units: Iterable[str]) -> str:
    """Give the one staircase that all doors of a building have; empty with none or several."""
    known = {plain_unit(unit) for unit in units}
    return known.pop() if len(known) == 1 else ""


def plain_unit(unit: str) -> str:
    """Give a staircase without its ending: 二单元 and 2 are both 2."""
    bare = "".join(unicodedata.normalize("NFKC", unit).split())
    bare = re.sub(r"\s*(?:号?单元|门洞|号?门|[#号栋幢])$", "", bare) or bare
    return _COUNTING.get(bare, bare).upper()


def plain_room(room: str) -> str:
    """Give a room without its ending: 302室 is 302."""
    bare = "".join(unicodedata.normalize("NFKC", room).split()).lstrip("-")
    return (_ROOM_ENDING.sub("", bare) or bare).upper()


def room_key(room: str) -> str:
    """Give what rooms are told apart by: 0302, 302室, #302, 3楼302 and ３０２ are one."""
    plain = plain_room(room).strip("#-")
    found = _FLOORED.match(plain)
    if found and floor_of(found[2]) == int(found[1]):
        plain = found[2]
    return plain.lstrip("0") or plain if plain.isascii() and plain.isdigit() else plain


def floor_of(room: str) -> int | None:
    """Tell the floor by the number on a door: 302 is on 3, 1102 on 11; a name tells none."""
    found = _NUMBERED.match(room)
    return int(found[1]) if found else None


def door_words(unit: str, room: str) -> str:
    """Write a door as people read it: 2单元302室."""
    told = f"{room}室" if room[-1:].isdigit() else room
    return f"{unit}单元{told}" if unit else told


def door_order(unit: str, floor: int | None, room: str) -> str:
    """Give what doors of a building are put in order by: staircase, floor, door; 2 before 10."""
    level = 500 + (floor or 0)
    return f"{_padded(unit, 4)} {level:03d} {_padded(room, 6)}"[:_LONGEST]


def _padded(text: str, digits: int) -> str:
    return re.sub(r"\d+", lambda found: found[0].zfill(digits), text, flags=re.ASCII)


# --- checks (检查) ------------------------------------------------------------------------


def next_check_on(on: date, interval_days: int, outcome: CheckOutcome) -> date | None:
    """Tell when to check again: after the interval, sooner where something was found or closed."""
    if outcome is CheckOutcome.FINE:
        return on + timedelta(days=interval_days) if interval_days else None
    return on + timedelta(days=min(interval_days or _RETRY_DAYS, _RETRY_DAYS))


def check_state(next_on: date | None, today: date) -> str:
    """Tell how a check stands, in the words of ``CaseCard.due_state``."""
    if next_on is None:
        return "done"
    left = (next_on - today).days
    return "yellow" if left < 0 else "warn" if left <= SOON_DAYS else "calm"


def check_words(next_on: date | None, today: date) -> str:
    """Say when the next check is due: 已过3天, 今天到期, 还有5天, 不定期检查."""
    if next_on is None:
        return "不定期检查"
    left = (next_on - today).days
    if left == 0:
        return "今天到期"
    return f"还有{left}天" if left > 0 else f"已过{-left}天"
