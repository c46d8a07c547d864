"""Buildings that have no code yet, and the codes that hang on buildings."""

from collections import Counter

from sqlmodel import col, select

from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.register.issuing import BareView, see_bare
from gridapp.tables import Building, BuildingCode
from tests.cast import Cast


def bare_buildings(desk: Desk, grid_id: int, count: int) -> list[int]:
    """Put buildings without a code into a grid; gives their ids."""
    with desk.acting(RESIDENT) as act:
        made = [Building(grid_id=grid_id, name=f"新{n}号楼") for n in range(count)]
        act.session.add_all(made)
        act.session.flush()
        return [one.id for one in made if one.id is not None]


def hanging(desk: Desk) -> Counter[int]:
    """Count the codes in force on each building that has any."""
    with desk.looking(RESIDENT) as act:
        standing = select(BuildingCode.building_id).where(col(BuildingCode.retired_at).is_(None))
        return Counter(act.session.exec(standing))


def asked(desk: Desk, cast: Cast, who: str, grid: str = "") -> BareView:
    """Ask what would be confirmed."""
    with desk.looking(cast.actor(who)) as act:
        return see_bare(act, grid)
