"""When each patrol point was in use, and the points that are so no longer: who, when, why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.patrolling import Spell
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Grid, PatrolPoint, PatrolRetirement, Person

_POINTS_MAX_COUNT: Final = 60
_NO_WHY: Final = "没有写原因"


@dataclass(frozen=True)
class RetiredPointView:
    """A point out of use: who took it out of use, when and why, and what stood open by then.

    ``missed_words`` is empty where nothing was overdue.
    """

    point: UUID
    version: int
    name: str
    grid: str
    when: str
    by: str
    why: str
    missed_words: str


def list_spells(act: Act, points: Sequence[PatrolPoint]) -> dict[int | None, tuple[Spell, ...]]:
    """List for each point the stretches in which it was in use, oldest first: one query."""
    breaks: dict[int | None, list[PatrolRetirement]] = defaultdict(list)
    grids = {point.grid_id for point in points}
    rows = act.session.execute(
        select(PatrolRetirement)
        .join(PatrolPoint, col(PatrolPoint.id) == col(PatrolRetirement.point_id))
        .where(col(PatrolPoint.grid_id).in_(grids))
        .order_by(col(PatrolRetirement.id))
    ).scalars()
    for row in rows:
        breaks[row.point_id].append(row)
    return {point.id: _spells(point, breaks[point.id]) for point in points}


def _spells(point: PatrolPoint, breaks: Sequence[PatrolRetirement]) -> tuple[Spell, ...]:
    spells, begun = [], beijing_date(point.made_at)
    for row in breaks:
        spells.append(Spell(begun, beijing_date(row.retired_at), row.missed_on))
        if row.restored_at is None:
            return tuple(spells)
        begun = beijing_date(row.restored_at)
    return (*spells, Spell(begun))


def list_retired(act: Act, grid: str = "") -> tuple[RetiredPointView, ...]:
    """List the points out of use in reach, or in one grid's tree of it, the latest first.

    Raises:
        NotAllowedError: No role of the actor leads patrols.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_COVERAGE)
    tree: ColumnElement[bool] = true()
    if grid:
        path = open_grid(act, grid, Deed.SEE_COVERAGE).path
        tree = col(Grid.path).startswith(path, autoescape=True)
    found = act.session.execute(
        select(PatrolPoint, PatrolRetirement, col(Grid.name), col(Person.name))
        .join(PatrolRetirement, col(PatrolRetirement.point_id) == col(PatrolPoint.id))
        .join(Grid, col(Grid.id) == col(PatrolPoint.grid_id))
        .outerjoin(Person, col(Person.id) == col(PatrolRetirement.retired_by_id))
        .where(
            tree,
            grids_within(act.actor, Deed.SEE_COVERAGE),
            col(PatrolPoint.retired_at).is_not(None),
            col(PatrolRetirement.restored_at).is_(None),
        )
        .order_by(col(PatrolRetirement.retired_at).desc(), col(PatrolRetirement.id).desc())
        .limit(_POINTS_MAX_COUNT)
    )
    return tuple(_view(act, *row) for row in found)


def _view(
    act: Act, point: PatrolPoint, row: PatrolRetirement, grid: str, by: str | None
) -> RetiredPointView:
    missed = row.missed_on
    return RetiredPointView(
        point=point.uid, version=point.version, name=point.name, grid=grid,
        when=moment_words(act.now, row.retired_at), by=by or "", why=row.why or _NO_WHY,
        missed_words=f"停用时{missed.month}月{missed.day}日该看的还没看" if missed else "",
    )  # fmt: skip
