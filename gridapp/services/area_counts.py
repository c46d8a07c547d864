"""Counts what a grid holds with all that is below it, and names what stands above."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.services.people.contacts import batched_ids
from gridapp.tables import Building, Grid

_AND: Final = " › "


def households() -> tuple[Any, ColumnElement[int]]:
    """Give the households of each grid's own buildings as a subquery, and how many a grid has.

    What its buildings add up to counts; where they tell nothing, what is written for the grid.
    """
    total = func.sum(col(Building.household_count)).label("total")
    sums = (
        select(col(Building.grid_id).label("grid_id"), total)
        .where(col(Building.retired_at).is_(None))
        .group_by(col(Building.grid_id))
        .subquery()
    )
    counted: ColumnElement[int] = case(
        (sums.c.total > 0, sums.c.total), else_=col(Grid.household_count)
    )
    return sums, counted


def households_below(act: Act) -> dict[int, int]:
    """Add up the households of all buildings below each grid that has any; one query."""
    sums = act.session.execute(
        select(col(Grid.path), func.sum(col(Building.household_count)))
        .join(Building, col(Building.grid_id) == col(Grid.id))
        .where(col(Building.retired_at).is_(None))
        .group_by(col(Grid.path))
    )
    found: Counter[int] = Counter()
    for path, count in sums:
        for part in path.strip("/").split("/"):
            found[int(part)] += int(count or 0)
    return {grid_id: count for grid_id, count in found.items() if count}


def totals_of(act: Act, grids: Sequence[Grid]) -> dict[int, tuple[int, int]]:
    """Count the buildings and households of grids with all that is below them."""
    return totals_within(act, {grid.id or 0: grid.household_count for grid in grids})


def totals_within(act: Act, written: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Count likewise by the grids' ids, each with the households that are written for it.

    What is written counts only where the buildings tell nothing: no deed on a building changes it.
    """
    # Down the tree by the index of parents: a path would have to be compared with every grid.
    tree = (
        select(col(Grid.id).label("root"), col(Grid.id).label("id"))
        .where(col(Grid.id).in_(written))
        .cte("tree", recursive=True)
    )
    tree = tree.union_all(
        select(tree.c.root, col(Grid.id)).join(tree, col(Grid.parent_id) == tree.c.id)
    )
    rows = act.session.execute(
        select(tree.c.root, func.count(), func.sum(col(Building.household_count)))
        .join(Building, col(Building.grid_id) == tree.c.id)
        .where(col(Building.retired_at).is_(None))
        .group_by(tree.c.root)
    )
    counted = {root: (buildings, int(count or 0)) for root, buildings, count in rows}
    found = {}
    for grid_id, own in written.items():
        building_count, household_count = counted.get(grid_id, (0, 0))
        found[grid_id] = building_count, household_count or own
    return found


def names_above(act: Act, paths: Sequence[str]) -> dict[str, str]:
    """Name what stands above each path, from the top down."""
    ids = {int(part) for path in paths for part in path.strip("/").split("/")[:-1]}
    names: dict[int, str] = {}
    for some in batched_ids(ids):
        rows = act.session.execute(
            select(col(Grid.id), col(Grid.name)).where(col(Grid.id).in_(some))
        )
        names.update((grid_id, name) for grid_id, name in rows)
    return {
        path: _AND.join(names[int(part)] for part in path.strip("/").split("/")[:-1])
        for path in paths
    }
