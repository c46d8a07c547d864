"""Counts how far a verification is, grid by grid; it counts records, never people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlmodel import col

from gridapp.domain.registering import SETTLED, Verified
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.desk import Act
from gridapp.services.permit import grids_within
from gridapp.tables import Building, Grid, Verification, VerificationItem


@dataclass(frozen=True)
class ProgressView:
    """How far a grid is, or all of them: ``settled_count`` of ``due_count``.

    Args:
        not_found_count: Nobody was met there yet; they are among those left.
        new_count: Found and not on record before; beside what was to be gone through.
    """

    code: str
    name: str
    due_count: int
    settled_count: int
    not_found_count: int
    conflict_count: int
    new_count: int


def within_reach(act: Act, row: Verification) -> list[ColumnElement[bool]]:
    """Tell in SQL which records of a verification lie in the actor's reach."""
    within = grids_within(act.actor, Deed.SEE_REGISTER)
    return [col(VerificationItem.verification_id) == row.id, within]


def count_by_grid(act: Act, row: Verification) -> dict[int, ProgressView]:
    """Count by the lowest grid, in one question."""
    status = col(VerificationItem.status)

    def count(*which: ColumnElement[bool]) -> Any:
        return func.coalesce(func.sum(case((and_(*which), 1), else_=0)), 0)

    due = ~col(VerificationItem.is_new)
    found = act.session.execute(
        select(
            col(Building.grid_id),
            count(due),
            count(due, status.in_(SETTLED)),
            count(due, status == Verified.NOT_FOUND),
            count(status == Verified.CONFLICT),
            count(~due),
        )
        .select_from(VerificationItem)
        .join(Building, col(Building.id) == col(VerificationItem.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(*within_reach(act, row))
        .group_by(col(Building.grid_id))
    )
    return {grid_id: ProgressView("", "", *counts) for grid_id, *counts in found}


def walked_grids(act: Act, counts: dict[int, ProgressView]) -> tuple[ProgressView, ...]:
    """Add up what lies below the same walked grid, in the order of the grids' codes."""
    rows = _grids(act, list(counts))
    above = {int(part) for row in rows.values() for part in row.path.split("/") if part}
    walked = {
        grid.id: grid
        for grid in _grids(act, list(above)).values()
        if grid.level is GridLevel.GRID
    }  # fmt: skip
    found: dict[int | None, tuple[Grid, list[ProgressView]]] = {}
    for grid_id, progress in counts.items():
        line = [int(part) for part in rows[grid_id].path.split("/") if part]
        grid = next((walked[part] for part in line if part in walked), rows[grid_id])
        found.setdefault(grid.id, (grid, []))[1].append(progress)
    ordered = sorted(found.values(), key=lambda one: one[0].code)
    return tuple(sum_of(grid.code, grid.name, parts) for grid, parts in ordered)


def _grids(act: Act, ids: list[int]) -> dict[int, Grid]:
    found: dict[int, Grid] = {}
    for first in range(0, len(ids), 500):
        some = select(Grid).where(col(Grid.id).in_(ids[first : first + 500]))
        found |= {row.id: row for row in act.session.execute(some).scalars() if row.id}
    return found


def sum_of(code: str, name: str, parts: Sequence[ProgressView]) -> ProgressView:
    """Add up the numbers of several grids."""
    return ProgressView(
        code, name,
        sum(part.due_count for part in parts),
        sum(part.settled_count for part in parts),
        sum(part.not_found_count for part in parts),
        sum(part.conflict_count for part in parts),
        sum(part.new_count for part in parts),
    )  # fmt: skip
