"""Shows a place to whoever stands before its code: the building, its grid, who answers for it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.vocabulary import GridLevel
from gridapp.services.cases.find import find_place
from gridapp.services.cases.matters import MatterView, open_matters
from gridapp.services.desk import Act
from gridapp.services.people.contacts import ContactView, public_contacts
from gridapp.tables import Grid


@dataclass(frozen=True)
class PlaceView:
    """A building as its poster presents it.

    Args:
        code: The code as it is written on the poster.
        grid: Name of the grid in which it lies, without the micro-grid.
        community: Name of the community above, or empty.
        contacts: Who answers for it, nearest first, with the duty phones.
        open_count: Matters here that are being worked on and may be told to everybody.
        matters: Those of them that have a category, the newest first.
    """

    code: str
    building: str
    address: str
    grid: str
    community: str
    contacts: tuple[ContactView, ...]
    open_count: int
    matters: tuple[MatterView, ...]


def see_place(act: Act, code: str) -> PlaceView:
    """Show the building that a code hangs on.

    Raises:
        UnknownPlaceError: No building has it, or it has been retired.
    """
    place = find_place(act, code)
    building = place.building
    assert building.id is not None
    matters, unsorted_count = open_matters(act, building.id)
    names = _names_above(act, place.grid_path)
    return PlaceView(
        code=normalise(code),
        building=building.name,
        address=building.address,
        grid=names.get(GridLevel.GRID) or names.get(GridLevel.MICRO, ""),
        community=names.get(GridLevel.COMMUNITY, ""),
        contacts=public_contacts(act, building.grid_id),
        open_count=len(matters) + unsorted_count,
        matters=matters,
    )


def _names_above(act: Act, path: str) -> dict[GridLevel, str]:
    ids = [int(part) for part in path.split("/") if part]
    rows = act.session.execute(
        select(col(Grid.level), col(Grid.name)).where(col(Grid.id).in_(ids))
    ).all()
    return {level: name for level, name in rows}  # noqa: C416 - dict() cannot type a Row
