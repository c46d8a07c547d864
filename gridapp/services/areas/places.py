"""Shows a place to whoever stands before its code: the building, its grid, who answers for it."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.vocabulary import GridLevel
from gridapp.domain.workflow import OPEN
from gridapp.services.cases.find import find_place
from gridapp.services.desk import Act
from gridapp.services.people.contacts import ContactView, public_contacts
from gridapp.tables import Case, Category, Grid


@dataclass(frozen=True)
class PlaceView:
    """A building as its poster presents it.

    Args:
        code: The code as it is written on the poster.
        grid: Name of the grid in which it lies, without the micro-grid.
        community: Name of the community above, or empty.
        contacts: Who answers for it, nearest first, with the duty phones.
        open_count: Matters here that are being worked on and may be told to everybody.
    """

    code: str
    building: str
    address: str
    grid: str
    community: str
    contacts: tuple[ContactView, ...]
    open_count: int


def see_place(act: Act, code: str) -> PlaceView:
    """Show the building that a code hangs on.

    Raises:
        UnknownPlaceError: No building has it, or it has been retired.
    """
    place = find_place(act, code)
    building = place.building
    assert building.id is not None
    names = _names_above(act, place.grid_path)
    return PlaceView(
        code=normalise(code),
        building=building.name,
        address=building.address,
        grid=names.get(GridLevel.GRID) or names.get(GridLevel.MICRO, ""),
        community=names.get(GridLevel.COMMUNITY, ""),
        contacts=public_contacts(act, building.grid_id),
        open_count=_count_open(act, building.id),
    )


def _names_above(act: Act, path: str) -> dict[GridLevel, str]:
    ids = [int(part) for part in path.split("/") if part]
    rows = act.session.execute(
        select(col(Grid.level), col(Grid.name)).where(col(Grid.id).in_(ids))
    ).all()
    return {level: name for level, name in rows}  # noqa: C416 - dict() cannot type a Row


def _count_open(act: Act, building_id: int) -> int:
    """Count what is open here; a category that is not shown publicly is not counted."""
    count: int = act.session.execute(
        select(func.count())
        .select_from(Case)
        .outerjoin(Category, col(Category.id) == col(Case.category_id))
        .where(
            col(Case.building_id) == building_id,
            col(Case.status).in_(OPEN),
            or_(col(Category.is_public), col(Case.category_id).is_(None)),
            col(Case.is_held).is_(False),
        )
    ).scalar_one()
    return count
