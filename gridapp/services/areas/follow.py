"""Lets open cases follow a building that came to another grid without them."""

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.workflow import OPEN
from gridapp.services.areas.hold import hold_tree
from gridapp.services.desk import Act
from gridapp.tables import Building, Case

_AT_ONCE = 500


def follow_buildings(act: Act) -> int:
    """Put open cases into the grid of their building; gives how many were not there.

    A report that is being written while its building is reassigned still names the former grid,
    and an import may move a building. What is closed stays where it was.
    """
    hold_tree(act)
    strayed = act.session.execute(
        select(Case, col(Building.grid_id))
        .join(Building, col(Building.id) == col(Case.building_id))
        .where(col(Case.status).in_(OPEN), col(Case.grid_id) != col(Building.grid_id))
        .limit(_AT_ONCE)
        .with_for_update(of=Case)
    ).all()
    for row, grid_id in strayed:
        row.grid_id = grid_id
    return len(strayed)
