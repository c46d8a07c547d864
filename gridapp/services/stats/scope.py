"""Which grids the figures are about, and which of them are set side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.case_access import is_let_in
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Case, Grid


@dataclass(frozen=True)
class Area:
    """A grid as the figures need it."""

    id: int
    code: str
    name: str
    path: str
    parent_id: int | None


@dataclass(frozen=True)
class Scope:
    """The trees asked about (``roots``), their grids, and the rows of the comparison."""

    roots: tuple[Area, ...]
    above: Area | None
    rows: tuple[Area, ...]
    row_of: dict[int, int]

    @property
    def code(self) -> str:
        """The code of the one tree asked about, empty when there are several."""
        return self.roots[0].code if len(self.roots) == 1 else ""

    @property
    def name(self) -> str:
        """What the figures are about, as people call it."""
        return "、".join(root.name for root in self.roots)

    def cases(self) -> ColumnElement[bool]:
        """Tell in SQL which cases lie in the trees asked about; those set aside count nowhere."""
        below = [col(Grid.path).startswith(root.path, autoescape=True) for root in self.roots]
        # The sum hides the column from SQLite's planner, which would else fetch the rows grid by
        # grid, in random order, instead of by the period's index or in one pass.
        inside = (col(Case.grid_id) + 0).in_(select(col(Grid.id)).where(or_(*below)))
        return and_(inside, is_let_in())


def open_scope(act: Act, grid: str = "") -> Scope:
    """Open the trees an actor may see figures of, or the one grid asked for.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may see figures.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_STATS)
    areas = _areas_within(act)
    by_id = {area.id: area for area in areas}
    if grid:
        roots = [area for area in areas if area.code == grid]
    else:
        roots = [area for area in areas if area.parent_id not in by_id]
    if not roots:
        raise NotThereError
    above = by_id.get(roots[0].parent_id or 0) if grid else None
    rows = _rows(roots, areas)
    return Scope(tuple(roots), above, tuple(rows), _row_of(rows, areas))


def _areas_within(act: Act) -> list[Area]:
    found = act.session.execute(
        select(col(Grid.id), col(Grid.code), col(Grid.name), col(Grid.path), col(Grid.parent_id))
        .where(grids_within(act.actor, Deed.SEE_STATS))
        .order_by(col(Grid.code))
    )
    return [Area(*row) for row in found]


def _rows(roots: Sequence[Area], areas: Sequence[Area]) -> list[Area]:
    """Compare the children of one tree, or several trees with each other."""
    if len(roots) > 1:
        return list(roots)
    return [area for area in areas if area.parent_id == roots[0].id]


def _row_of(rows: Sequence[Area], areas: Sequence[Area]) -> dict[int, int]:
    """Tell for every grid in which row of the comparison its cases count."""
    row_ids = {row.id for row in rows}
    found = {}
    for area in areas:
        ancestors = [int(part) for part in area.path.strip("/").split("/")]
        row = next((one for one in ancestors if one in row_ids), None)
        if row is not None:
            found[area.id] = row
    return found
