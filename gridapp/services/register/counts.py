"""Keeps the number of households of a building right; those of grids are added up from it.

A number told by a table stands until there are more records than that; a household that goes takes
one off. So a street may begin with numbers alone and enter its households over months. What is
told for a grid counts where its buildings tell nothing, see ``areas.counting``: no deed on a
building changes it, so that no two writers of it can disagree.
"""

from collections.abc import Collection

from sqlalchemy import case, func, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import Building, Household


def hold_building(act: Act, building_id: int) -> Building:
    """Hold a building until the deed is done, so that of two who enter one door one is first."""
    row: Building = act.session.execute(
        select(Building)
        .where(col(Building.id) == building_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    return row


def count_records(act: Act, building_id: int) -> int:
    """Count the households on record in a building."""
    count: int = act.session.execute(
        select(func.count()).where(
            col(Household.building_id) == building_id, col(Household.retired_at).is_(None)
        )
    ).scalar_one()
    return count


def entered(act: Act, buildings: Collection[int]) -> None:
    """Raise the numbers of buildings to those of their records where there are now more of them."""
    act.session.flush()
    on_record = (
        select(func.count())
        .where(col(Household.building_id) == col(Building.id), col(Household.retired_at).is_(None))
        .scalar_subquery()
    )
    act.session.execute(
        update(Building)
        .where(col(Building.id).in_(buildings), col(Building.household_count) < on_record)
        .values(household_count=on_record)
        .execution_options(synchronize_session=False)
    )


def struck(act: Act, building: Building) -> None:
    """Take one off."""
    if building.household_count > 0:
        shift_count(act, building, -1)


def shift_count(act: Act, building: Building, by: int) -> None:
    """Change the number on the building by so many, never below nothing."""
    if not by:
        return
    new = col(Building.household_count) + by
    act.session.execute(
        update(Building)
        .where(col(Building.id) == building.id)
        .values(household_count=case((new < 0, 0), else_=new))
        .execution_options(synchronize_session=False)
    )
    act.session.refresh(building)
