"""Keeps the numbers of households right, on the building and on every grid above it.

A number told by a table stands until there are more records than that; a household that goes takes
one off. So a street may begin with numbers alone and enter its households over months.
"""

from sqlalchemy import case, func, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import Building, Grid, Household


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


def entered(act: Act, building: Building) -> None:
    """Raise the number to that of the records when there are now more of them."""
    assert building.id is not None
    act.session.flush()
    more = count_records(act, building.id) - building.household_count
    if more > 0:
        shift_count(act, building, more)


def struck(act: Act, building: Building) -> None:
    """Take one off."""
    if building.household_count > 0:
        shift_count(act, building, -1)


def shift_count(act: Act, building: Building, by: int) -> None:
    """Change the number on the building and on the grids above it by so many."""
    if not by:
        return
    path: str = act.session.execute(
        select(col(Grid.path)).where(col(Grid.id) == building.grid_id)
    ).scalar_one()
    above = [int(part) for part in path.strip("/").split("/") if part]
    for table, ids in ((Building, [building.id]), (Grid, above)):
        count = col(table.household_count)
        # A grid that was never counted does not fall below nothing.
        new = case((count + by < 0, 0), else_=count + by)
        act.session.execute(
            update(table)
            .where(col(table.id).in_(ids))
            .values(household_count=new)
            .execution_options(synchronize_session=False)
        )
    act.session.refresh(building)
