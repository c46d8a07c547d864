"""Sketches a schematic map for a street without boundaries (示意图); never over a real boundary."""

from collections.abc import Sequence
from typing import Any, Final

import shapely
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed
from gridapp.services.area_counts import households_below
from gridapp.services.audit import write_audit
from gridapp.services.boundaries.ledger import Drawn, Standing, next_edition, standing, write
from gridapp.services.boundaries.partition import Leaf, Sketched, sketch
from gridapp.services.boundaries.shapes import areas_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import open_grid
from gridapp.services.verbs import verb
from gridapp.tables import BoundaryBatch, Building, Grid

# The middle of the country: where a figure lies that nothing ties to the ground.
_NOWHERE: Final = (108.95, 34.27)


class SketchFacts(Facts):
    """Nothing but the will to sketch."""


@verb(Deed.SKETCH_BOUNDARIES, SketchFacts)
def sketch_boundaries(act: Act, order: Order, _facts: SketchFacts) -> dict[str, Any]:
    """Sketch boundaries for a grid and everything below it that has no real one.

    Raises:
        NotThereError: No such grid, or out of reach.
        ConflictError: Every grid there has a real boundary.
    """
    top = open_grid(act, order.subject, Deed.SKETCH_BOUNDARIES)
    next_edition(act)
    count = sketch_under(act, top)
    if not count:
        raise ConflictError("这里的网格都已有正式边界，不需要示意图。")
    write_audit(act, Deed.SKETCH_BOUNDARIES, f"grid:{top.id}", grid=top.code, count=count)
    return {"receipt": str(order.uid), "grid": top.code, "count": count}


def sketch_under(act: Act, top: Grid) -> int:
    """Write a sketch under a grid as one batch; tells of how many grids. See ``next_edition``."""
    assert top.id is not None
    real = {one.grid_id: one for one in _real(act, top)}
    frame = real[top.id].shape if top.id in real else None
    drawn = sketch(_grids(act, top), _buildings(act, top), _centre(act, top), frame)
    wanted = _without_real(drawn, real)
    if not wanted:
        return 0
    batch = BoundaryBatch(
        source=BoundarySource.SKETCH, top_id=top.id, grid_count=len(wanted), at=act.now,
        actor_id=act.actor.person_id,
    )  # fmt: skip
    act.session.add(batch)
    act.session.flush()
    write(act, [Drawn(one.grid_id, one.shape, one.source, batch_id=batch.id) for one in wanted])
    return len(wanted)


def _real(act: Act, top: Grid) -> list[Standing]:
    under = standing(act, col(Grid.path).startswith(top.path, autoescape=True))
    return [one for one in under if not one.is_schematic]


def _without_real(drawn: Sequence[Sketched], real: dict[int, Standing]) -> list[Sketched]:
    """Leave out grids that have a real boundary, and the ground that real neighbours hold."""
    wanted = [one for one in drawn if one.grid_id not in real]
    if not real:
        return wanted
    kept = []
    for one in wanted:
        takers = [other.shape for other in real.values() if _is_beside(one, other)]
        shape = areas_of(shapely.difference(one.shape, shapely.union_all(takers)))
        if not shape.is_empty:
            kept.append(Sketched(one.grid_id, shape, one.source, one.path))
    return kept


def _is_beside(one: Sketched, other: Standing) -> bool:
    """Tell whether two grids are neither above nor below each other."""
    return not (other.path.startswith(one.path) or one.path.startswith(other.path))


def _grids(act: Act, top: Grid) -> list[Leaf]:
    rows = act.session.execute(
        select(col(Grid.id), col(Grid.path), col(Grid.parent_id), col(Grid.household_count))
        .where(col(Grid.path).startswith(top.path, autoescape=True), col(Grid.retired_at).is_(None))
        .order_by(col(Grid.path))
    ).all()
    counted = households_below(act)
    leaves = [
        Leaf(row[0], row[1], row[2], max(1.0, float(counted.get(row[0], row[3])))) for row in rows
    ]
    return sorted(leaves, key=lambda leaf: (leaf.path.count("/"), leaf.grid_id))


def _buildings(act: Act, top: Grid) -> list[tuple[int, float, float]]:
    rows = act.session.execute(
        select(col(Building.grid_id), col(Building.lng_wgs84), col(Building.lat_wgs84))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(Grid.path).startswith(top.path, autoescape=True), col(Grid.retired_at).is_(None))
        .where(col(Building.retired_at).is_(None), col(Building.lng_wgs84).is_not(None))
        .where(col(Building.lat_wgs84).is_not(None))
        .order_by(col(Building.id))
    ).all()
    return [(grid_id, lng or 0.0, lat or 0.0) for grid_id, lng, lat in rows]


def _centre(act: Act, top: Grid) -> tuple[float, float]:
    """Give the position of the nearest grid above that has one."""
    ids = [int(part) for part in top.path.strip("/").split("/")]
    found = act.session.execute(
        select(col(Grid.lng_wgs84), col(Grid.lat_wgs84))
        .where(col(Grid.id).in_(ids), col(Grid.lng_wgs84).is_not(None))
        .where(col(Grid.lat_wgs84).is_not(None))
        .order_by(col(Grid.path).desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else _NOWHERE
