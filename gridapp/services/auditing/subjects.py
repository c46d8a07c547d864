"""Names for the auditor what each row was done to: a shop, a door, a patrol point, not an id.

A shop, a grid, a staff member by name. A household by building and door and without its people, a
contact household by building and masked name: whose data was opened can be told from it, and more
is not the auditor's to read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.privacy import mask_name
from gridapp.domain.registering import door_words
from gridapp.services.desk import Act
from gridapp.tables import (
    Building,
    BusinessLine,
    Category,
    ContactHousehold,
    Grid,
    Household,
    ImportFile,
    Notice,
    PatrolDuty,
    PatrolNight,
    PatrolPoint,
    PatrolRoster,
    Person,
    Premises,
    Unit,
    Verification,
    VisitKind,
)

_ID_DIGITS: Final = 9
_FOUND_MAX_COUNT: Final = 200


class _Names(NamedTuple):
    """How subjects of one kind are read: what their key is, and the rows that name them."""

    key: Any
    rows: Any
    words: Callable[..., str]


def _plain(label: str, key: Any, name: Any) -> _Names:
    return _Names(key, select(key, name), lambda named: f"{label} {named}")


_POINT: Final = select(col(PatrolPoint.uid), col(PatrolPoint.name), col(Grid.name)).join(
    Grid, col(Grid.id) == col(PatrolPoint.grid_id)
)
_HOME: Final = select(
    col(Household.uid), col(Building.name), col(Household.unit), col(Household.door)
).join(Building, col(Building.id) == col(Household.building_id))
_SHOP: Final = select(col(Premises.uid), col(Premises.name), col(Building.name)).join(
    Building, col(Building.id) == col(Premises.building_id)
)
_CONTACT: Final = select(
    col(ContactHousehold.uid), col(Building.name), col(ContactHousehold.name)
).join(Building, col(Building.id) == col(ContactHousehold.building_id))
_NIGHT: Final = select(
    col(PatrolNight.uid), col(PatrolRoster.theme), col(PatrolNight.night_on)
).join(PatrolRoster, col(PatrolRoster.id) == col(PatrolNight.roster_id))


_CALLED: Final[tuple[tuple[str, Any, Any], ...]] = (
    ("unit", col(Unit.id), col(Unit.name)),
    ("grid", col(Grid.id), col(Grid.name)),
    ("area", col(Grid.code), col(Grid.name)),
    ("building", col(Building.id), col(Building.name)),
    ("record", col(Premises.uid), col(Premises.name)),
    ("point", col(PatrolPoint.uid), col(PatrolPoint.name)),
    ("verification", col(Verification.uid), col(Verification.name)),
)


def _at(label: str) -> Callable[..., str]:
    return lambda name, where: f"{label} {name}（{where}）"


# The first word of a subject -> how it is named; several ways where it may be one of several.
_BY_KIND: Final[Mapping[str, tuple[_Names, ...]]] = {
    "person": (_plain("人员", col(Person.id), col(Person.name)),),
    "unit": (_plain("部门", col(Unit.id), col(Unit.name)),),
    "grid": (_plain("网格", col(Grid.id), col(Grid.name)),),
    "area": (_plain("网格", col(Grid.code), col(Grid.name)),),
    "building": (_plain("楼栋", col(Building.id), col(Building.name)),),
    "line": (_plain("业务线", col(BusinessLine.id), col(BusinessLine.name)),),
    "notice": (_plain("通知", col(Notice.id), col(Notice.title)),),
    "import": (_plain("导入文件", col(ImportFile.uid), col(ImportFile.name)),),
    "verification": (_plain("人户核查", col(Verification.uid), col(Verification.name)),),
    "category": (_plain("事项", col(Category.code), col(Category.name)),),
    "visit_kind": (_plain("走访类别", col(VisitKind.code), col(VisitKind.name)),),
    "roster": (_plain("夜巡", col(PatrolRoster.uid), col(PatrolRoster.theme)),),
    "duty": (_plain("夜巡", col(PatrolDuty.uid), col(PatrolDuty.name)),),
    "point": (_Names(col(PatrolPoint.uid), _POINT, _at("巡查点")),),
    "night": (_Names(col(PatrolNight.uid), _NIGHT, _at("夜巡")),),
    "household": (
        _Names(
            col(ContactHousehold.uid),
            _CONTACT,
            lambda building, name: f"联系户 {building} {mask_name(name)}",
        ),
    ),
    "record": (
        _Names(
            col(Household.uid),
            _HOME,
            lambda building, unit, door: f"户室 {building} {door_words(unit, door)}",
        ),
        _Names(col(Premises.uid), _SHOP, _at("商铺企业场所")),
    ),
}


def subject_names(act: Act, subjects: Iterable[str]) -> dict[str, str]:
    """Say who or what each subject is: a query a kind, whatever their number."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _, key = subject.partition(":")
        if kind in _BY_KIND and key:
            by_kind[kind].add(key)
    names: dict[str, str] = {}
    for kind, keys in by_kind.items():
        for one in _BY_KIND[kind]:
            names |= _named(act, kind, keys, one)
    return names


def subjects_called(act: Act, words: str) -> list[str]:
    """List the subjects that have these words in their name: shops, grids, points."""
    found = []
    for kind, key, name in _CALLED:
        query = select(key).where(name.contains(words, autoescape=True)).limit(_FOUND_MAX_COUNT)
        found += [f"{kind}:{one}" for one in act.session.execute(query).scalars()]
    return found


def _named(act: Act, kind: str, keys: set[str], one: _Names) -> dict[str, str]:
    by_key = {key: text for text in keys if (key := _key_of(one.key, text)) is not None}
    if not by_key:
        return {}
    found = act.session.execute(one.rows.where(one.key.in_(by_key)))
    return {f"{kind}:{by_key[row[0]]}": one.words(*row[1:]) for row in found}


def _key_of(column: Any, text: str) -> Any:
    """Read a subject's key as its column holds it; None where it can be none."""
    kind = column.type.python_type
    if kind is int:
        is_id = text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS
        return int(text) if is_id else None
    if kind is UUID:
        try:
            return UUID(text)
        except ValueError:
            return None
    return text
