"""Finds the grid of a position in well under a millisecond: an index kept in each process."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import shapely
from sqlalchemy import and_, bindparam, select
from sqlmodel import SQLModel, col

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.vocabulary import GridLevel
from gridapp.services.boundaries.ledger import read_edition
from gridapp.services.desk import Act
from gridapp.tables import Boundary, Grid

_KEPT: Final = "boundary.index"
_HEIGHT: Final = list(GridLevel)
_building = Lock()

# One question to the database for both: is the index still true, and does the grid still exist?
# A Core statement, made once: an ORM query would cost more than the search itself.
_EDITION: Final = SQLModel.metadata.tables["boundary_edition"]
_GRID: Final = SQLModel.metadata.tables["grid"]
_ASK: Final = (
    select(_EDITION.c.number, _GRID.c.code, _GRID.c.name, _GRID.c.level, _GRID.c.path)
    .select_from(
        _EDITION.outerjoin(
            _GRID, and_(_GRID.c.id == bindparam("grid_id"), _GRID.c.retired_at.is_(None))
        )
    )
    .where(_EDITION.c.id == 1)
)


@dataclass(frozen=True)
class Located:
    """The lowest grid in whose boundary a position lies.

    Args:
        is_schematic: The boundary only shows how grids lie (示意图): ask rather than believe.
    """

    grid_id: int
    code: str
    name: str
    level: GridLevel
    path: str
    is_schematic: bool


@dataclass(frozen=True)
class _Entry:
    """A grid in the index; the lowest comes first, of one level the smallest."""

    grid_id: int
    is_schematic: bool
    order: tuple[int, float]


@dataclass(frozen=True)
class _Index:
    edition: int
    tree: Any
    entries: tuple[_Entry, ...]

    def at(self, lng: float, lat: float) -> Iterator[_Entry]:
        hits = self.tree.query(shapely.Point(lng, lat), predicate="intersects").tolist()
        return iter(sorted((self.entries[hit] for hit in hits), key=lambda one: one.order))


def locate(act: Act, lng: float, lat: float) -> Located | None:
    """Find the lowest grid at a position (WGS-84 degrees); anybody's position may be asked."""
    connection = act.session.connection()
    index = _index(act)
    entries = index.at(lng, lat)
    while True:
        entry = next(entries, None)
        asked = {"grid_id": entry.grid_id if entry else 0}
        row = connection.execute(_ASK, asked).first()
        if row is None:
            return None  # nobody has ever drawn a boundary
        if row[0] != index.edition:
            index = _index(act, newer_than=index)
            entries = index.at(lng, lat)
        elif entry is None:
            return None
        elif row[1] is not None:  # else the grid is retired: the next one
            return Located(entry.grid_id, *row[1:], is_schematic=entry.is_schematic)


def _index(act: Act, newer_than: _Index | None = None) -> _Index:
    """Give the process's index; it is built anew when it is not newer than the one given."""
    index: _Index | None = act.kept.get(_KEPT)
    if index is None or index is newer_than:
        with _building:
            index = act.kept.get(_KEPT)
            if index is None or index is newer_than:
                index = act.kept[_KEPT] = _build(act)
    return index


def _build(act: Act) -> _Index:
    """Read the standing boundaries; a figure has no position on the ground and stays out."""
    edition = read_edition(act)
    rows = act.session.execute(
        select(
            col(Boundary.grid_id), col(Boundary.source), col(Boundary.area_m2), col(Boundary.wkb),
            col(Grid.level),
        )
        .join(Grid, col(Grid.id) == col(Boundary.grid_id))
        .where(col(Boundary.ended_at).is_(None), col(Boundary.source) != BoundarySource.FIGURE)
        .order_by(col(Boundary.grid_id))
    ).all()  # fmt: skip
    shapes = shapely.from_wkb([row[3] for row in rows])
    shapely.prepare(shapes)
    entries = tuple(
        _Entry(row[0], row[1] is BoundarySource.SKETCH, (-_HEIGHT.index(row[4]), row[2]))
        for row in rows
    )
    return _Index(edition, shapely.STRtree(shapes), entries)
