"""Finds what a report or a deed names by its code: a place, a category."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.errors import FactsError, UnknownPlaceError
from gridapp.services.desk import Act
from gridapp.tables import Building, BuildingCode, Category, Grid


@dataclass(frozen=True)
class Place:
    """A building row and the path of its grid."""

    building: Building
    grid_path: str


def find_place(act: Act, code: str) -> Place:
    """Find the building that a code hangs on.

    Raises:
        UnknownPlaceError: No building has it, or it has been retired.
    """
    found = act.session.execute(
        select(Building, col(Grid.path))
        .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(
            col(BuildingCode.code) == normalise(code),
            col(BuildingCode.retired_at).is_(None),
            col(Building.retired_at).is_(None),
        )
    ).first()
    if found is None:
        raise UnknownPlaceError
    return Place(found[0], found[1])


def find_category(act: Act, code: str | None) -> Category | None:
    """Find a category by its code; none given is none found.

    Raises:
        FactsError: There is no such category.
    """
    if not code:
        return None
    category: Category | None = act.session.execute(
        select(Category).where(col(Category.code) == code, col(Category.retired_at).is_(None))
    ).scalar_one_or_none()
    if category is None:
        raise no_category()
    return category


def no_category() -> FactsError:
    """Make the refusal of a category that does not exist."""
    return FactsError("没有这个分类，请重新选择。", fields={"category": "没有这个分类"})
