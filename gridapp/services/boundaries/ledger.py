"""Reads the boundaries that stand, and appends new versions: nothing is ever edited or lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, CursorResult, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col

from gridapp.domain.bounding import BoundarySource, Datum
from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import GridKind, GridLevel
from gridapp.services.boundaries.metres import area_m2
from gridapp.services.desk import Act
from gridapp.tables import Boundary, BoundaryEdition, Grid

SCHEMATIC: Final = frozenset({BoundarySource.SKETCH, BoundarySource.FIGURE})
CHANGED: Final = "边界刚刚有人改过，请刷新后再做。"


@dataclass(frozen=True)
class Standing:
    """A grid's boundary as it stands."""

    grid_id: int
    version: int
    shape: BaseGeometry
    area_m2: float
    point_count: int
    source: BoundarySource
    batch_id: int | None
    at: datetime
    code: str
    name: str
    level: GridLevel
    kind: GridKind
    path: str
    parent_id: int | None

    @property
    def is_schematic(self) -> bool:
        """Whether it only shows how grids lie to each other (示意图)."""
        return self.source in SCHEMATIC


@dataclass(frozen=True)
class Drawn:
    """A boundary to be written; no shape removes the one that stands."""

    grid_id: int
    shape: BaseGeometry | None
    source: BoundarySource
    datum: Datum = Datum.WGS84
    batch_id: int | None = None


def read_edition(act: Act) -> int:
    """Tell how often boundaries have changed: equal numbers, equal boundaries."""
    number: int | None = act.session.execute(
        select(col(BoundaryEdition.number)).where(col(BoundaryEdition.id) == 1)
    ).scalar_one_or_none()
    return number or 0


def next_edition(act: Act, looked_at: int | None = None) -> int:
    """Begin a change of boundaries; the next one waits until this act is over.

    Raises:
        ConflictError: There was another change since the edition that was looked at.
    """
    sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert_one = (sqlite_insert if sqlite else postgres_insert)(BoundaryEdition)
    number: int = act.session.execute(
        insert_one.values(id=1, number=1)
        .on_conflict_do_update(
            index_elements=["id"], set_={"number": col(BoundaryEdition.number) + 1}
        )
        .returning(col(BoundaryEdition.number))
    ).scalar_one()
    if looked_at is not None and number != looked_at + 1:
        raise ConflictError(CHANGED)
    return number


_FACTS: Final = (
    col(Boundary.grid_id), col(Boundary.version), col(Boundary.wkb), col(Boundary.area_m2),
    col(Boundary.point_count), col(Boundary.source), col(Boundary.batch_id), col(Boundary.at),
    col(Grid.code), col(Grid.name), col(Grid.level), col(Grid.kind), col(Grid.path),
    col(Grid.parent_id),
)  # fmt: skip


def standing(act: Act, *where: ColumnElement[bool]) -> list[Standing]:
    """Read the boundaries that stand, of grids that are not retired, by their codes."""
    rows = act.session.execute(
        select(*_FACTS)
        .join(Grid, col(Grid.id) == col(Boundary.grid_id))
        .where(
            col(Boundary.ended_at).is_(None), col(Boundary.wkb).is_not(None),
            col(Grid.retired_at).is_(None), *where,
        )
        .order_by(col(Grid.code))
    ).all()  # fmt: skip
    shapes: Sequence[Any] = shapely.from_wkb([row[2] for row in rows])
    return [
        Standing(row[0], row[1], shape, *row[3:]) for row, shape in zip(rows, shapes, strict=True)
    ]


def standing_of(act: Act, grid_id: int) -> Standing | None:
    """Read one grid's boundary."""
    return next(iter(standing(act, col(Boundary.grid_id) == grid_id)), None)


def write(act: Act, drawn: Sequence[Drawn]) -> None:
    """Append new versions and end the ones before; ``next_edition`` comes first, always."""
    if not drawn:
        return
    ids = [one.grid_id for one in drawn]
    versions = _last_versions(act, ids)
    act.session.flush()
    _end(act, ids)
    act.session.execute(insert(Boundary), [_row(act, one, versions) for one in drawn])


def _last_versions(act: Act, ids: Collection[int]) -> dict[int, int]:
    rows = act.session.execute(
        select(col(Boundary.grid_id), func.max(col(Boundary.version)))
        .where(col(Boundary.grid_id).in_(ids))
        .group_by(col(Boundary.grid_id))
    ).all()
    return {grid_id: version for grid_id, version in rows}  # noqa: C416 - dict() cannot type a Row


def _end(act: Act, ids: Collection[int]) -> None:
    done = act.session.execute(
        update(Boundary)
        .where(col(Boundary.grid_id).in_(ids), col(Boundary.ended_at).is_(None))
        .values(ended_at=act.now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)


def _row(act: Act, one: Drawn, versions: dict[int, int]) -> dict[str, Any]:
    shape = one.shape
    return {
        "grid_id": one.grid_id,
        "version": versions.get(one.grid_id, 0) + 1,
        "wkb": shapely.to_wkb(shape) if shape is not None else None,
        "area_m2": round(area_m2(shape), 1) if shape is not None else 0,
        "point_count": int(shapely.get_num_coordinates(shape)) if shape is not None else 0,
        "source": one.source,
        "datum": one.datum,
        "batch_id": one.batch_id,
        "at": act.now,
        "actor_id": act.actor.person_id,
        "ended_at": None if shape is not None else act.now,
    }
