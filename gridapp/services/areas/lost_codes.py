"""Tells what became of a code that opens nothing: hung up anew, from elsewhere, or misread."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import is_building_code, normalise
from gridapp.services.desk import Act
from gridapp.tables import Building, BuildingCode


@dataclass(frozen=True)
class LostCode:
    """A code that no poster of today has.

    Args:
        is_retired: It hung here once.
        is_whole: It could stand on a poster, so it was not misread: perhaps of another street.
        building: The name of the building on which it hung, while that stands.
        code: That building's code of today, or empty.
    """

    is_retired: bool
    is_whole: bool
    building: str = ""
    code: str = ""


def see_lost_code(act: Act, code: str) -> LostCode:
    """Tell what can be known of a code; anybody may ask, for it hangs on a wall."""
    written = normalise(code)
    hung = (
        select(BuildingCode, Building)
        .join(Building, col(Building.id) == col(BuildingCode.building_id))
        .where(col(BuildingCode.code) == written)
    )
    found = act.session.execute(hung).first()
    if found is None:
        return LostCode(is_retired=False, is_whole=is_building_code(written))
    building: Building = found[1]
    if building.retired_at is not None:
        return LostCode(is_retired=True, is_whole=True)
    now = (
        select(col(BuildingCode.code))
        .where(col(BuildingCode.building_id) == building.id, col(BuildingCode.retired_at).is_(None))
        .order_by(col(BuildingCode.issued_at).desc())
        .limit(1)
    )
    today: str = act.session.execute(now).scalar_one_or_none() or ""
    return LostCode(is_retired=True, is_whole=True, building=building.name, code=today)
