"""What staff reads of boundaries: the grids below one, the way down to it, its last imports."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlmodel import col

from gridapp.domain.bounding import BOUNDARY_SOURCE
from gridapp.domain.clockwords import moment_words
from gridapp.domain.labels import GRID_LEVEL
from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.ledger import SCHEMATIC
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Boundary, BoundaryBatch, Grid, Person

PAGE_COUNT: Final = 20
_BATCHES_MAX_COUNT: Final = 5
_HECTARE_M2: Final = 10_000
_KM2: Final = 1_000_000


@dataclass(frozen=True)
class AreaView:
    """A grid with its boundary; version 0 is none."""

    code: str
    name: str
    level: str
    version: int
    source: str
    area_words: str
    point_count: int
    is_schematic: bool
    child_count: int
    when: str


@dataclass(frozen=True)
class AreasView:
    """A page of the grids right below one."""

    items: tuple[AreaView, ...]
    total: int
    with_count: int
    schematic_count: int


@dataclass(frozen=True)
class StepView:
    """A grid on the way down."""

    code: str
    name: str


@dataclass(frozen=True)
class BatchView:
    """Boundaries that came together."""

    id: int
    label: str
    when: str
    may_undo: bool


def area_words(area_m2: float) -> str:
    """Say an area as people do: 平方米, 公顷, 平方公里."""
    if area_m2 >= _KM2:
        return f"{area_m2 / _KM2:.2f}平方公里"
    if area_m2 >= _HECTARE_M2:
        return f"{area_m2 / _HECTARE_M2:.1f}公顷"
    return f"{area_m2:.0f}平方米"


def first_area(act: Act) -> str:
    """Give the code of the grid with which the pages begin: the highest in reach."""
    demand(act, Deed.SEE_AREA)
    found: str | None = act.session.execute(
        select(col(Grid.code))
        .where(grids_within(act.actor), col(Grid.retired_at).is_(None))
        .order_by(func.length(col(Grid.path)), col(Grid.id))
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


def way_to(act: Act, code: str) -> tuple[StepView, ...]:
    """List the grids from the top in reach down to one, itself the last.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    grid = open_grid(act, code)
    ids = [int(part) for part in grid.path.strip("/").split("/")]
    rows = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .where(col(Grid.id).in_(ids), grids_within(act.actor))
        .order_by(func.length(col(Grid.path)))
    ).all()
    return tuple(StepView(*row) for row in rows)


def list_areas(act: Act, code: str, words: str = "", page: int = 0) -> AreasView:
    """List the grids right below one, a page at a time; words look through everything below.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    top = open_grid(act, code)
    where = [col(Grid.retired_at).is_(None), grids_within(act.actor)]
    sought = words.strip()[:40]
    if sought:
        where += [
            col(Grid.path).startswith(top.path, autoescape=True),
            or_(
                col(Grid.name).contains(sought, autoescape=True),
                col(Grid.code).startswith(sought, autoescape=True),
            ),
        ]
    else:
        where.append(col(Grid.parent_id) == top.id)
    stands = (col(Boundary.grid_id) == col(Grid.id)) & col(Boundary.ended_at).is_(None)
    total, with_count, schematic = act.session.execute(
        select(
            func.count(), func.count(col(Boundary.id)),
            func.count(col(Boundary.id)).filter(col(Boundary.source).in_(SCHEMATIC)),
        )
        .select_from(Grid).outerjoin(Boundary, stands).where(*where)
    ).one()  # fmt: skip
    rows = act.session.execute(
        select(Grid, Boundary)
        .outerjoin(Boundary, stands)
        .where(*where)
        .order_by(col(Grid.code))
        .limit(PAGE_COUNT)
        .offset(max(0, page) * PAGE_COUNT)
    ).all()
    children = _child_counts(act, [grid.id for grid, _ in rows])
    items = tuple(_area(act, grid, boundary, children) for grid, boundary in rows)
    return AreasView(items, total, with_count, schematic)


def see_area(act: Act, code: str) -> AreaView:
    """Show one grid with its boundary.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    grid = open_grid(act, code)
    boundary: Boundary | None = act.session.execute(
        select(Boundary).where(col(Boundary.grid_id) == grid.id, col(Boundary.ended_at).is_(None))
    ).scalar_one_or_none()
    return _area(act, grid, boundary, _child_counts(act, [grid.id]))


def _child_counts(act: Act, ids: list[int | None]) -> dict[int | None, int]:
    rows = act.session.execute(
        select(col(Grid.parent_id), func.count())
        .where(col(Grid.parent_id).in_(ids), col(Grid.retired_at).is_(None))
        .group_by(col(Grid.parent_id))
    ).all()
    return {parent: count for parent, count in rows}  # noqa: C416 - dict() cannot type a Row


def _area(
    act: Act, grid: Grid, boundary: Boundary | None, children: dict[int | None, int]
) -> AreaView:
    return AreaView(
        code=grid.code,
        name=grid.name,
        level=GRID_LEVEL[grid.level],
        version=boundary.version if boundary else 0,
        source=BOUNDARY_SOURCE[boundary.source] if boundary else "",
        area_words=area_words(boundary.area_m2) if boundary else "",
        point_count=boundary.point_count if boundary else 0,
        is_schematic=boundary is not None and boundary.source in SCHEMATIC,
        child_count=children.get(grid.id, 0),
        when=moment_words(act.now, boundary.at) if boundary else "",
    )


def list_batches(act: Act, code: str) -> tuple[BatchView, ...]:
    """List the last imports and sketches at or below a grid; only the last may be undone.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    top = open_grid(act, code, Deed.UNDO_BOUNDARIES)
    rows = act.session.execute(
        select(BoundaryBatch, col(Grid.name), col(Person.name))
        .join(Grid, col(Grid.id) == col(BoundaryBatch.top_id))
        .outerjoin(Person, col(Person.id) == col(BoundaryBatch.actor_id))
        .where(col(Grid.path).startswith(top.path, autoescape=True))
        .order_by(col(BoundaryBatch.id).desc())
        .limit(_BATCHES_MAX_COUNT)
    ).all()
    last = next((batch.id for batch, _, _ in rows if batch.undone_at is None), None)
    return tuple(_batch(act, *row, last=last) for row in rows)


def _batch(
    act: Act, batch: BoundaryBatch, grid: str, by: str | None, *, last: int | None
) -> BatchView:
    what = "示意图" if batch.source in SCHEMATIC else batch.file_name or "导入"
    undone = "，已撤销" if batch.undone_at else ""
    assert batch.id is not None
    return BatchView(
        id=batch.id,
        label=f"{what}：{grid}，{batch.grid_count}个网格{undone}",
        when=f"{by or '系统'} {moment_words(act.now, batch.at)}",
        may_undo=batch.id == last,
    )


@dataclass(frozen=True)
class DrawView:
    """What a page for drawing needs beside the map, which it fetches by itself."""

    area: AreaView
    parent: str
    beside: tuple[StepView, ...]


def see_drawing(act: Act, code: str) -> DrawView:
    """Show a grid for drawing, and the neighbours to which a part of it may go.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    grid = open_grid(act, code, Deed.DRAW_BOUNDARY)
    above = act.session.get(Grid, grid.parent_id) if grid.parent_id else None
    return DrawView(see_area(act, code), above.code if above else "", _beside(act, grid))


def _beside(act: Act, grid: Grid) -> tuple[StepView, ...]:
    rows = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .where(col(Grid.parent_id) == grid.parent_id, col(Grid.id) != grid.id)
        .where(col(Grid.retired_at).is_(None), grids_within(act.actor, Deed.SPLIT_BOUNDARY))
        .order_by(col(Grid.code))
        .limit(200)
    ).all()
    return tuple(StepView(*row) for row in rows)
